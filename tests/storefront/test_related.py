"""What is like the thing on a page."""

import pytest
from django.urls import reverse

from search import engines
from search.engines.base import EngineAwayError
from search.services import rebuild
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import VideoFactory
from tests.factories.products import CategoryFactory, ProductFactory
from tests.factories.selection import EntryFactory

pytestmark = pytest.mark.django_db
WORDS = "induction rice cooker with a stainless bowl"


class Away:
    """An engine that doesn't answer."""

    name = "away"

    def similar(self, **thing):
        raise EngineAwayError


@pytest.fixture
def cookers(db):
    """Three that are alike, in categories of their own, and something else."""
    products = [
        ProductFactory(listed=True, title=f"{name} {WORDS}", description=WORDS)
        for name in ("Kama", "Nagano", "Osaka")
    ]
    ProductFactory(listed=True, title="Leather boot", description="For long walks.")
    return products


def related(client, address) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [hit.title for hit in response.context["related"]]


def test_a_product_page_shows_products_and_guides(client, cookers):
    GuidePageFactory(live=True, title=f"Choosing an {WORDS}", summary=WORDS)
    rebuild()
    found = related(client, cookers[0].get_absolute_url())
    assert set(found) == {f"Nagano {WORDS}", f"Osaka {WORDS}", f"Choosing an {WORDS}"}
    page = client.get(cookers[0].get_absolute_url()).content.decode()
    assert "More like this" in page
    assert cookers[1].get_absolute_url() in page


def test_a_guide_that_the_page_names_anyway_is_not_said_twice(client, cookers):
    title = f"Choosing an {WORDS}"
    GuidePageFactory(live=True, title=title, summary=WORDS, category=cookers[0].category)
    rebuild()
    assert title not in related(client, cookers[0].get_absolute_url())
    assert client.get(cookers[0].get_absolute_url()).content.decode().count(title) == 1


def test_a_guide_page_shows_goods_and_guides(client, cookers):
    guide = GuidePageFactory(live=True, title=f"Choosing an {WORDS}", summary=WORDS)
    GuidePageFactory(live=True, title=f"Washing an {WORDS}", summary=WORDS)
    rebuild()
    page = client.get(guide.url).content.decode()
    for title in (f"Kama {WORDS}", f"Osaka {WORDS}", f"Washing an {WORDS}"):
        assert title in page
    assert "Leather boot" not in page


def test_a_video_page_leaves_out_what_it_shows_anyway(client, cookers):
    video = VideoFactory(public=True, title=f"Kama {WORDS}", merchant=cookers[0].merchant)
    cookers[0].videos.add(video)
    rebuild()
    found = related(client, video.get_absolute_url())
    assert set(found) == {f"Nagano {WORDS}", f"Osaka {WORDS}"}


def test_an_audition_page_shows_what_is_like_it_in_its_category(client, cookers):
    kitchen = cookers[0].category
    type(cookers[1]).objects.filter(pk=cookers[1].pk).update(category=kitchen)
    entry = EntryFactory(
        round__title=f"Which {WORDS}?",
        round__category=kitchen,
        product__title=f"Fuji {WORDS}",
    )
    rebuild()
    found = related(client, entry.round.get_absolute_url())
    assert set(found) == {f"{name} {WORDS}" for name in ("Kama", "Nagano")}


def test_an_entry_leads_to_guides_and_to_nothing_else_for_sale(client, cookers):
    entry = EntryFactory(product__title=f"Fuji {WORDS}", product__description=WORDS)
    kitchen = entry.round.category
    entry.guide = GuidePageFactory(live=True, title=f"Fuji, our own {WORDS}", category=kitchen)
    entry.save()
    GuidePageFactory(live=True, title=f"Choosing an {WORDS}", summary=WORDS, category=kitchen)
    GuidePageFactory(live=True, title=f"Elsewhere an {WORDS}", summary=WORDS)
    ProductFactory(listed=True, title=f"Rival {WORDS}", category=kitchen)
    rebuild()
    assert related(client, entry.get_absolute_url()) == [f"Choosing an {WORDS}"]


def test_what_is_not_public_is_not_shown(client, cookers):
    ProductFactory(title=f"Hidden {WORDS}", description=WORDS)
    rebuild()
    assert f"Hidden {WORDS}" not in related(client, cookers[0].get_absolute_url())


def test_where_nothing_is_alike_the_category_goes_on(client):
    category = CategoryFactory(name="Oddities")
    product, other = ProductFactory.create_batch(2, listed=True, category=category)
    page = client.get(product.get_absolute_url())
    assert page.context["related"] == []
    assert "More in Oddities" in page.content.decode()
    assert other.get_absolute_url() in page.content.decode()


def test_pages_stand_without_search(client, cookers, monkeypatch):
    guide = GuidePageFactory(live=True, title=f"Choosing an {WORDS}")
    entry = EntryFactory()
    rebuild()
    monkeypatch.setattr(engines, "current", Away)
    for address in (
        cookers[0].get_absolute_url(),
        guide.url,
        entry.video.get_absolute_url(),
        entry.round.get_absolute_url(),
        entry.get_absolute_url(),
        reverse("storefront:auditions"),
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert "More like this" not in response.content.decode()
