"""Narrowing what a search found: what is offered, with which counts, and what choosing it does."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from products.choices import AttributeKind
from search.services import rebuild
from tests.factories.media_pipeline import VideoFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import AttributeFactory, CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db
SEARCH = reverse("storefront:search")


def titles(listing) -> list[str]:
    return [hit.title for hit in listing.hits]


def values_of(listing, name: str) -> dict[str, int]:
    """What a filter offers, with its counts."""
    [found] = [one for one in listing.filters if one.name == name]
    return {value.label: value.count for value in found.values}


def value(listing, name: str, label: str):
    [found] = [
        value
        for one in listing.filters
        if one.name == name
        for value in one.values
        if value.label == label
    ]
    return found


def test_one_narrows_and_can_be_let_go(client, listing):
    shoe = ProductFactory(listed=True, title="Grey shoe", category__name="Shoes")
    ProductFactory(listed=True, title="Grey pot", category__name="Pots")
    rebuild()
    assert values_of(listing(q="grey"), "category") == {"Pots": 1, "Shoes": 1}
    found = listing(q="grey", category=shoe.category.slug)
    assert titles(found) == ["Grey shoe"]
    [chosen] = found.chosen
    assert chosen.label == "Shoes"
    assert listing(chosen.url).results.total == 2


def test_several_brands_are_chosen_together(listing):
    for brand, count in (("Acme", 3), ("Bolt", 2), ("Crane", 1)):
        ProductFactory.create_batch(count, listed=True, title="Grey pot", brand=brand)
    rebuild()
    every = {"Acme": 3, "Bolt": 2, "Crane": 1}
    found = listing(q="pot")
    assert values_of(found, "brand") == every
    found = listing(value(found, "brand", "Bolt").url)
    assert found.results.total == 2
    assert values_of(found, "brand") == every, "each count is what choosing it adds"
    found = listing(value(found, "brand", "Crane").url)
    assert found.results.total == 3
    assert [chip.label for chip in found.chosen] == ["Bolt", "Crane"]
    found = listing(found.chosen[0].url)
    assert {hit.brand for hit in found.hits} == {"Crane"}


def test_what_is_chosen_is_offered_even_where_nothing_has_it(listing):
    ProductFactory(listed=True, title="Grey pot", brand="Acme", price="10.00")
    merchant = MerchantFactory(name="Empty shop")
    rebuild()
    found = listing(q="pot", brand="Crane", merchant=merchant.slug)
    assert values_of(found, "brand") == {"Crane": None}
    assert values_of(found, "merchant") == {"Empty shop": None}
    assert [chip.label for chip in found.chosen] == ["Crane", "Empty shop"]


def test_categories_lead_down_and_back_up(listing):
    home = CategoryFactory(name="Home")
    kitchen = CategoryFactory(parent=home, name="Kitchen")
    pots, pans = (CategoryFactory(parent=kitchen, name=name) for name in ("Pots", "Pans"))
    sleep = CategoryFactory(parent=home, name="Sleep")
    for category, count in ((pots, 3), (pans, 1), (sleep, 1)):
        ProductFactory.create_batch(count, listed=True, title="Grey thing", category=category)
    rebuild()
    found = listing(q="thing")
    # All is in Home: there is nothing to choose before what lies in it.
    assert values_of(found, "category") == {"Kitchen": 4, "Sleep": 1}
    found = listing(value(found, "category", "Kitchen").url)
    [shown] = [one for one in found.filters if one.name == "category"]
    assert [(one.label, one.count, one.depth) for one in shown.values] == [
        *(("Home", 5, 0), ("Kitchen", 4, 1), ("Pots", 3, 2), ("Pans", 1, 2))
    ]
    assert [one.label for one in shown.values if one.is_above] == ["Home"]
    found = listing(value(found, "category", "Pans").url)
    # Nothing lies below: what lies beside it can be taken instead.
    assert list(values_of(found, "category")) == ["Home", "Kitchen", "Pots", "Pans"]
    assert listing(value(found, "category", "Home").url).results.total == 5


def test_a_category_brings_its_attributes(listing):
    category = CategoryFactory()
    for key, kind in (("capacity", AttributeKind.NUMBER), ("story", AttributeKind.TEXT)):
        AttributeFactory(category=category, key=key, label=key.title(), kind=kind, unit="l")
    for capacity in (1, 5, 5):
        attributes = {"capacity": capacity, "story": f"It is {capacity}"}
        ProductFactory(listed=True, title="Pot", category=category, attributes=attributes)
    rebuild()
    assert "attr.capacity" not in {one.name for one in listing(q="pot").filters}
    found = listing(q="pot", category=category.slug)
    assert values_of(found, "attr.capacity") == {"5 l": 2, "1 l": 1}
    assert "attr.story" not in {one.name for one in found.filters}, "every text is another"
    found = listing(value(found, "attr.capacity", "1 l").url)
    assert found.results.total == 1
    assert "1 l" in [chip.label for chip in found.chosen]
    assert listing(value(found, "attr.capacity", "5 l").url).results.total == 3


def test_switches_stand_together(listing):
    product = ProductFactory(listed=True, title="Grey pot")
    product.videos.add(VideoFactory(public=True, merchant=product.merchant, title="Other"))
    ProductFactory(listed=True, title="Blue pot")
    rebuild()
    found = listing(q="pot")
    assert values_of(found, "only") == {"With a video": 1}
    assert titles(listing(value(found, "only", "With a video").url)) == ["Grey pot"]


def test_standing_is_the_merchants(listing):
    old = ProductFactory(listed=True, title="Grey pot").merchant
    type(old).objects.update(created_at=timezone.now() - timezone.timedelta(days=400))
    ProductFactory(listed=True, title="Blue pot")
    rebuild()
    found = listing(q="pot")
    assert values_of(found, "standing") == {"Established here": 1, "New here": 1}
    assert titles(listing(value(found, "standing", "New here").url)) == ["Blue pot"]


def test_long_lists_are_folded_but_for_what_is_on(listing):
    for number in range(9):
        ProductFactory(listed=True, title="Pot", brand=f"Brand {number}")
    rebuild()
    [brands] = [one for one in listing(q="pot", brand="Brand 8").filters if one.name == "brand"]
    assert [one.label for one in brands.first_values] == [
        *(f"Brand {number}" for number in range(6)),
        "Brand 8",
    ]
    assert [one.label for one in brands.more_values] == ["Brand 6", "Brand 7"]


def test_filters_that_leave_nothing_can_be_let_go_at_once(client, listing):
    ProductFactory(listed=True, title="Grey pot", price="10.00")
    rebuild()
    page = client.get(SEARCH, {"q": "pot", "price_min": "500", "brand": "Kamado"})
    assert "Nothing passes all these filters" in page.content.decode()
    assert page.context["listing"].without_filters == "?q=pot"


def test_an_address_can_be_shared(client, listing):
    for price in ("30.00", "300.00"):
        ProductFactory(listed=True, title="Grey pot", brand="Café & Co", price=price)
    rebuild()
    found = listing(q="pot", brand="Café & Co", price_min="25", sort="newest")
    page = client.get(SEARCH + "?" + found.query.query_string).content.decode()
    assert "Café &amp; Co" in page
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    assert {(name, unescape(kept)) for name, kept in hidden} == {
        *(("q", "pot"), ("brand", "Café & Co"), ("sort", "newest"))
    }, "the form of prices sends the rest along"


@pytest.mark.parametrize(
    ("params", "field", "without"),
    [
        ({"q": "pot", "page": "x"}, "page", "?q=pot"),
        ({"q": "pot", "price_min": "-1"}, "price_min", "?q=pot"),
        ({"q": "pot", "sort": "best"}, "sort", "?q=pot"),
        ({"q": "pot", "standing": "old"}, "standing", "?q=pot"),
        ({"q": "pot", "has_video": "yes"}, "has_video", "?q=pot"),
        ({"q": "pot", "brand": ["a", "b" * 121]}, "brand", "?q=pot"),
        ({"q": "pot", "attr.a.b": "1"}, "attr.a.b", "?q=pot"),
        ({"q": "a" * 201, "sort": "price"}, "q", "?sort=price"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_named(client, params, field, without):
    response = client.get(SEARCH, params)
    page = response.content.decode()
    assert response.status_code == 400
    assert "We could not search for that" in page
    assert f"<code>{field}</code>" in page
    assert f'href="{SEARCH}{without}"' in page
