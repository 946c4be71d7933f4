import pytest
from django.urls import reverse
from django.utils import timezone

from search import engines
from search.engines.base import EngineAwayError
from search.services import rebuild
from selection.models import Round
from selection.services import close_round
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.products import ProductFactory
from tests.factories.selection import EntryFactory, VoteFactory

pytestmark = pytest.mark.django_db
SEARCH = reverse("storefront:search")
SUGGEST = reverse("storefront:suggest")
SELECTED = reverse("storefront:selected")


def labels_of(listing, name: str) -> list[str]:
    [facet] = [one for one in listing.filters if one.name == name]
    return sorted(value.label for value in facet.values)


class TestSearch:
    def test_finds_products_guides_and_videos_together(self, client):
        ProductFactory(listed=True, title="Walnut ladle")
        GuidePageFactory(live=True, title="Choosing a ladle")
        VideoFactory(public=True, title="A ladle turns")
        rebuild()
        page = client.get(SEARCH, {"q": "ladle"})
        assert {hit.kind for hit in page.context["listing"].hits} == {"product", "guide", "video"}
        assert labels_of(page.context["listing"], "kind") == ["Guides", "Products", "Videos"]
        assert "<mark>ladle</mark>" in page.content.decode()

    def test_a_filter_narrows_and_can_be_let_go(self, client):
        shoe = ProductFactory(listed=True, title="Grey shoe", category__name="Shoes")
        ProductFactory(listed=True, title="Grey pot", category__name="Pots")
        rebuild()
        everything = client.get(SEARCH, {"q": "grey"}).context["listing"]
        assert labels_of(everything, "category") == ["Pots", "Shoes"]
        page = client.get(SEARCH, {"q": "grey", "category": shoe.category.slug})
        assert [hit.title for hit in page.context["listing"].hits] == ["Grey shoe"]
        [chosen] = page.context["listing"].chosen
        assert chosen.label == "Shoes"
        assert client.get(SEARCH + chosen.url).context["listing"].results.total == 2

    def test_what_strangers_write_stays_words(self, client):
        ProductFactory(listed=True, title="<script>alert(1)</script> pot")
        rebuild()
        page = client.get(SEARCH, {"q": "<script>pot"}).content.decode()
        assert "<script>alert" not in page
        assert "<script>pot" not in page

    def test_nothing_found_says_what_to_do(self, client):
        rebuild()
        page = client.get(SEARCH, {"q": "zzzqqq"}).content.decode()
        assert "Nothing found for “zzzqqq”" in page
        assert "Try fewer or other words" in page

    def test_filters_that_leave_nothing_can_be_let_go_at_once(self, client):
        ProductFactory(listed=True, title="Grey pot", price="10.00")
        rebuild()
        page = client.get(SEARCH, {"q": "pot", "price_min": "500", "brand": "Kamado"})
        assert "Nothing passes all these filters" in page.content.decode()
        assert page.context["listing"].without_filters == "?q=pot"

    @pytest.mark.parametrize(
        "params", [{"page": "x"}, {"price_min": "-1"}, {"sort": "best"}, {"q": "a" * 201}]
    )
    def test_what_cannot_be_asked_is_refused_with_a_sentence(self, client, params):
        response = client.get(SEARCH, params)
        assert response.status_code == 400
        assert "We could not search for that" in response.content.decode()

    def test_an_engine_that_is_away_is_said(self, client, monkeypatch):
        """The engine beside the database does not answer; the database does, and the page says
        that it is the weaker one."""

        class Away:
            name = "away"

            def search(self, query):
                raise EngineAwayError

        ProductFactory(listed=True, title="Grey pot")
        rebuild()
        monkeypatch.setattr(engines, "current", Away)
        page = client.get(SEARCH, {"q": "pot"})
        assert page.context["listing"].results.reduced
        assert "reduced strength" in page.content.decode()
        assert "Grey" in page.content.decode()

    def test_the_number_of_queries_does_not_grow(self, client, queries_of):
        def fill():
            product = ProductFactory(listed=True, title="Grey pot")
            product.pictures.create(picture=PictureFactory())
            GuidePageFactory(
                live=True, title="Choosing a pot", picture=PictureFactory(merchant=None)
            )
            rebuild()

        fill()
        few = queries_of(client, SEARCH + "?q=pot")
        for _ in range(3):
            fill()
        assert queries_of(client, SEARCH + "?q=pot") == few
        assert few <= 30


class TestSuggest:
    def test_goes_on_from_what_was_typed(self, client):
        product = ProductFactory(listed=True, title="Walnut ladle")
        rebuild()
        page = client.get(SUGGEST, {"q": "waln"}).content.decode()
        assert 'role="option"' in page
        assert f'data-url="{product.get_absolute_url()}"' in page
        assert "Walnut ladle" in page

    def test_says_nothing_where_there_is_nothing(self, client):
        rebuild()
        assert 'role="option"' not in client.get(SUGGEST, {"q": "zzz"}).content.decode()
        assert client.get(SUGGEST).status_code == 200


class TestSelected:
    def test_lists_what_shoppers_chose_best_first(self, client):
        round_ = Round.objects.get(pk=EntryFactory(product__title="Liked by one").round.pk)
        Round.objects.filter(pk=round_.pk).update(seats=2)
        one = round_.entries.get()
        many = EntryFactory(round=round_, product__title="Liked by many")
        none = EntryFactory(round=round_, product__title="Liked by nobody")
        VoteFactory(entry=one)
        VoteFactory.create_batch(5, entry=many)
        VoteFactory.create_batch(3, entry=none, choice="no")
        Round.objects.filter(pk=round_.pk).update(closes_at=timezone.now())
        close_round(round=Round.objects.get(pk=round_.pk))
        rebuild()
        page = client.get(SELECTED)
        titles = [hit.title for hit in page.context["listing"].hits]
        assert titles == ["Liked by many", "Liked by one"]

    def test_is_told_apart_from_an_empty_shop(self, client):
        ProductFactory(listed=True)
        rebuild()
        assert "Nothing is selected yet" in client.get(SELECTED).content.decode()
