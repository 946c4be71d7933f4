import pytest
from django.urls import reverse
from django.utils import timezone

from search import engines, signals
from search.engines.base import EngineAwayError
from search.services import rebuild
from selection.models import Round
from selection.services import close_round
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.products import CategoryFactory, ProductFactory
from tests.factories.selection import EntryFactory, RoundFactory, VoteFactory

pytestmark = pytest.mark.django_db
SEARCH = reverse("storefront:search")
SELECTED = reverse("storefront:selected")


@pytest.fixture
def noted(monkeypatch):
    """The searches that were sent to be counted."""
    sent = []

    def receive(sender, **news):
        sent.append((news["text"], news["exact"]))

    signals.searched.connect(receive)
    yield sent
    signals.searched.disconnect(receive)


class Away:
    """An engine that doesn't answer."""

    name = "away"

    def search(self, query, curated=None):
        raise EngineAwayError

    def similar(self, **thing):
        raise EngineAwayError


def titles(listing) -> list[str]:
    return [hit.title for hit in listing.hits]


class TestFinding:
    def test_four_kinds_stand_together_and_apart(self, client, listing):
        ProductFactory(listed=True, title="Walnut ladle")
        GuidePageFactory(live=True, title="Choosing a ladle")
        VideoFactory(public=True, title="A ladle turns")
        RoundFactory(title="Which ladle?")
        rebuild()
        page = client.get(SEARCH, {"q": "ladle"})
        found = page.context["listing"]
        assert {hit.kind for hit in found.hits} == {"product", "guide", "video", "audition"}
        assert [(tab.label, tab.count) for tab in found.tabs] == [
            *(("All", 4), ("Products", 1), ("Guides", 1), ("Videos", 1), ("Auditions", 1))
        ]
        assert "<mark>ladle</mark>" in page.content.decode()
        guides = listing(found.tabs[2].url)
        assert titles(guides) == ["Choosing a ladle"]
        assert [tab.count for tab in guides.tabs] == [4, 1, 1, 1, 1]
        assert [tab.label for tab in guides.tabs if tab.is_on] == ["Guides"]
        assert guides.chosen == [], "the tab says it already"

    def test_what_strangers_write_stays_words(self, client):
        ProductFactory(listed=True, title="<script>alert(1)</script> pot")
        rebuild()
        page = client.get(SEARCH, {"q": "<script>pot"}).content.decode()
        assert "<script>alert" not in page
        assert "<script>pot" not in page

    def test_pages_say_which_part_of_all_they_are(self, client, listing):
        ProductFactory.create_batch(30, listed=True, title="Grey pot")
        rebuild()
        first = listing(q="pot")
        assert (first.first, first.last, first.page_count, first.previous) == (1, 24, 2, "")
        second = listing(first.next)
        assert (second.first, second.last, second.next) == (25, 30, "")
        page = client.get(SEARCH, {"q": "pot", "page": "2"}).content.decode()
        assert "25 to 30 of <strong>30 results</strong>" in page
        assert not {hit.object_id for hit in first.hits} & {hit.object_id for hit in second.hits}

    def test_orders(self, listing):
        ProductFactory(listed=True, title="Grey pot", price="30.00")
        ProductFactory(listed=True, title="Blue pot", price="10.00")
        rebuild()
        found = listing(q="pot")
        assert found.order.label == "Best match"
        [cheap] = [order for order in found.orders if order.value == "price"]
        assert titles(listing(cheap.url)) == ["Blue pot", "Grey pot"]
        assert listing().order.label == "Chosen first", "no words, no best match"

    def test_an_engine_that_is_away_is_said(self, client, monkeypatch):
        """The engine beside the database does not answer; the database does, and the page says
        that it is the weaker one."""
        ProductFactory(listed=True, title="Grey pot")
        rebuild()
        monkeypatch.setattr(engines, "current", lambda seconds=None: Away())
        page = client.get(SEARCH, {"q": "pot"})
        assert page.context["listing"].results.reduced
        assert "reduced strength" in page.content.decode()
        assert "Grey" in page.content.decode()

    def test_the_number_of_queries_does_not_grow(self, client, queries_of):
        category = CategoryFactory()

        def fill():
            product = ProductFactory(listed=True, title="Grey pot", category__parent=category)
            product.pictures.create(picture=PictureFactory())
            GuidePageFactory(
                live=True, title="Choosing a pot", picture=PictureFactory(merchant=None)
            )
            rebuild()

        fill()
        few = queries_of(client, SEARCH + "?q=pot")
        for _ in range(3):
            fill()
        assert queries_of(client, SEARCH + "?q=pot") <= few  # few results: near ones are sought too
        assert few <= 30


class TestNeverADeadEnd:
    def test_the_nearest_is_shown_and_said(self, client):
        ProductFactory(listed=True, title="Red kettle")
        rebuild()
        page = client.get(SEARCH, {"q": "purple kettle"})
        assert titles(page.context["listing"]) == ["Red kettle"]
        assert "Nothing has all of these words" in page.content.decode()

    def test_few_are_followed_by_what_comes_near(self, client, listing):
        ProductFactory(listed=True, title="Red kettle")
        ProductFactory(listed=True, title="Blue kettle")
        rebuild()
        page = client.get(SEARCH, {"q": "red kettle"})
        found = page.context["listing"]
        assert titles(found) == ["Red kettle"]
        assert [hit.title for hit in found.near] == ["Blue kettle"]
        assert "These come near" in page.content.decode()
        assert found.results.total == 1, "what comes near is not counted"

    def test_mistyped_words_are_read_as_meant_and_can_be_insisted_on(self, client):
        ProductFactory.create_batch(3, listed=True, title="Red kettle")
        rebuild()
        page = client.get(SEARCH, {"q": "ketle"})
        found = page.context["listing"]
        assert titles(found) == ["Red kettle"] * 3
        text = page.content.decode()
        assert "These are the results for <strong>“kettle”</strong>" in text
        assert found.as_typed == "?q=ketle&as_typed=1"
        assert 'href="?q=ketle&amp;as_typed=1"' in text
        insisted = client.get(SEARCH + found.as_typed)
        assert not insisted.context["listing"].results.corrected
        assert "These are the results for" not in insisted.content.decode()

    def test_nothing_like_it_shows_what_there_is_and_auditions(self, client):
        ProductFactory(listed=True, title="Red kettle")
        rebuild()
        page = client.get(SEARCH, {"q": "zzzqqq"})
        text = page.content.decode()
        assert "There is nothing like “zzzqqq” here" in text
        assert titles(page.context["listing"]) == ["Red kettle"]
        assert f'href="{reverse("storefront:auditions")}"' in text

    def test_nothing_like_it_behind_filters_leads_out_of_them(self, client):
        ProductFactory(listed=True, title="Red kettle", brand="Acme")
        rebuild()
        page = client.get(SEARCH, {"q": "zzzqqq", "brand": "Acme"})
        text = page.content.decode()
        assert "Nothing like “zzzqqq” passes these filters" in text
        assert 'href="?q=zzzqqq"' in text

    def test_an_empty_shop_says_what_to_do(self, client):
        rebuild()
        page = client.get(SEARCH, {"q": "zzzqqq"}).content.decode()
        assert "Nothing found for “zzzqqq”" in page
        assert "Try fewer or other words" in page


class TestNoting:
    """What was searched is counted, so that editors see what is missing."""

    def test_a_search_and_whether_it_found_what_was_asked(self, client, noted):
        ProductFactory(listed=True, title="Red kettle")
        rebuild()
        client.get(SEARCH, {"q": "kettle"})
        client.get(SEARCH, {"q": "purple kettle"})
        client.get(SEARCH, {"q": "zzzqqq"})
        assert noted == [("kettle", True), ("purple kettle", False), ("zzzqqq", False)]

    def test_turning_pages_and_filtering_is_no_search(self, client, noted):
        ProductFactory(listed=True, title="Red kettle")
        rebuild()
        for more in ({"page": "2"}, {"brand": "Acme"}, {"kind": "product"}, {"q": ""}):
            client.get(SEARCH, {"q": "kettle", **more})
        client.get(SEARCH, {"q": "kettle", "page": "x"})
        assert noted == []

    def test_what_the_weaker_engine_misses_is_not_missing(self, client, noted, monkeypatch):
        rebuild()
        monkeypatch.setattr(engines, "current", lambda seconds=None: Away())
        client.get(SEARCH, {"q": "kettle"})
        assert noted == [("kettle", True)]

    def test_from_nowhere_it_is_answered_all_the_same(self, client, noted):
        assert client.get(SEARCH, {"q": "kettle"}, REMOTE_ADDR="").status_code == 200
        assert len(noted) == 1


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
        assert titles(page.context["listing"]) == ["Liked by many", "Liked by one"]

    def test_is_told_apart_from_an_empty_shop(self, client):
        ProductFactory(listed=True)
        rebuild()
        assert "Nothing is selected yet" in client.get(SELECTED).content.decode()
