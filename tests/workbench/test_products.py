from decimal import Decimal

import pytest

from products.choices import AttributeKind, ProductState
from products.models import Product
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.products import AttributeFactory, CategoryFactory, ProductFactory


@pytest.fixture
def category(db):
    category = CategoryFactory(name="Rice cookers")
    AttributeFactory(
        category=category, key="capacity", label="Capacity", kind=AttributeKind.NUMBER, unit="l"
    )
    AttributeFactory(
        category=category,
        key="pot",
        label="Pot",
        kind=AttributeKind.CHOICE,
        choices=["Steel", "Clay"],
        required=True,
    )
    AttributeFactory(
        category=category, key="keeps_warm", label="Keeps warm", kind=AttributeKind.YES_NO
    )
    return category


@pytest.fixture
def words(category):
    return {
        "title": "Kamado 1.8",
        "category": category.pk,
        "brand": "Kamado",
        "price": "79.90",
        "currency": "EUR",
        "attribute-capacity": "1.8",
        "attribute-pot": "Clay",
        "attribute-keeps_warm": "yes",
    }


def chosen(name, *things):
    """What a list of choosers posts."""
    ids = [f"i{number}" for number, _ in enumerate(things)]
    return {name: ids} | {
        f"{name}-{item_id}-value": thing.pk for item_id, thing in zip(ids, things, strict=True)
    }


def test_a_merchant_without_products_reads_how_to_begin(browser, address):
    response = browser.get(address("products/"))

    assert "No products yet" in response.text
    assert address("imports/") in response.text


def test_the_list_is_the_merchants_own_in_a_fixed_number_of_queries(
    browser, address, merchant, category, django_assert_num_queries
):
    ProductFactory(title="Someone else's")
    for number in range(4):
        ProductFactory(merchant=merchant, category=category, title=f"Mine {number}")
    browser.get(address("products/"))
    with django_assert_num_queries(7):
        response = browser.get(address("products/"))

    assert [product.title for product in response.context["page"]] == [
        "Mine 3",
        "Mine 2",
        "Mine 1",
        "Mine 0",
    ]


def test_the_list_is_searched_and_filtered(browser, address, merchant):
    ProductFactory(merchant=merchant, title="A kettle", gtin="4006381333931", listed=True)
    ProductFactory(merchant=merchant, title="A pan")

    def titles(**query):
        page = browser.get(address("products/"), query).context["page"]
        return [product.title for product in page]

    assert titles(q="KETT") == ["A kettle"]
    assert titles(q="4006381333931") == ["A kettle"]
    assert titles(state="draft") == ["A pan"]
    assert titles(q="kett", state="draft") == []


def test_a_product_is_made_by_form_and_listed(browser, address, merchant, words):
    picture, other = PictureFactory(merchant=merchant), PictureFactory(merchant=merchant)
    video = VideoFactory(merchant=merchant)
    posted = words | chosen("pictures", other, picture) | chosen("videos", video) | {"op": "list"}
    response = browser.post(address("products/new/"), posted)

    product = Product.objects.get(merchant=merchant)
    assert response.headers["Location"] == address(f"products/{product.pk}/")
    assert product.state == ProductState.LISTED
    assert product.price == Decimal("79.90")
    assert product.attributes == {"capacity": 1.8, "pot": "Clay", "keeps_warm": True}
    assert [one.picture for one in product.pictures.all()] == [other, picture]
    assert list(product.videos.all()) == [video]


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_saved(browser, address, words):
    bad = {
        "title": "",
        "gtin": "123",
        "price": "cheap",
        "attribute-pot": "",
        "attribute-capacity": "much",
    }
    response = browser.post(address("products/new/"), words | bad)

    editor = response.context["editor"]
    assert response.status_code == 422
    assert set(editor.fields.errors) == {"title", "price"}
    assert set(editor.attributes.errors) == {"pot", "capacity"}
    assert not Product.objects.exists()

    response = browser.post(address("products/new/"), words | {"gtin": "123"})
    assert set(response.context["editor"].fields.errors) == {"gtin"}
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("name", "factory"), [("pictures", PictureFactory), ("videos", VideoFactory)]
)
def test_other_merchants_things_are_refused(browser, address, words, name, factory):
    foreign = factory()
    response = browser.post(address("products/new/"), words | chosen(name, foreign))

    assert response.status_code == 422
    assert "Choose another" in response.text
    assert not Product.objects.exists()


def test_the_form_shows_what_is_saved_and_saves_what_is_changed(
    browser, address, merchant, category, words
):
    product = ProductFactory(
        merchant=merchant,
        category=category,
        attributes={"capacity": 1.5, "pot": "Steel", "keeps_warm": False, "from_feed": "kept"},
    )
    picture = PictureFactory(merchant=merchant)
    product.pictures.create(picture=picture)
    url = address(f"products/{product.pk}/")
    editor = browser.get(url).context["editor"]
    assert editor.attributes.initial["keeps_warm"] == "no"
    assert list(editor.pictures.value) == [picture]

    browser.post(url, words | {"feed_id": product.feed_id})
    product.refresh_from_db()
    assert product.title == "Kamado 1.8"
    assert product.attributes == {
        "capacity": 1.8,
        "pot": "Clay",
        "keeps_warm": True,
        "from_feed": "kept",
    }
    assert not product.pictures.exists()


def test_a_number_that_another_product_has_is_refused(browser, address, merchant, words):
    ProductFactory(merchant=merchant, feed_id="A-1")
    response = browser.post(address("products/new/"), words | {"feed_id": "A-1"})

    assert list(response.context["editor"].fields.errors) == ["feed_id"]


def test_lists_change_by_button_without_javascript(browser, address, merchant, words):
    one, two = PictureFactory(merchant=merchant), PictureFactory(merchant=merchant)
    posted = words | chosen("pictures", one, two) | {"op": "up:pictures:i1"}
    response = browser.post(address("products/new/"), posted)

    assert list(response.context["editor"].pictures.value) == [two, one]
    assert not Product.objects.exists()


def test_a_categorys_fields_come_when_it_is_chosen(browser, address, category):
    url = address("products/attributes/")

    response = browser.get(url, {"category": category.pk})
    assert [field.name for field in response.context["form"]] == ["capacity", "pot", "keeps_warm"]
    assert 'name="attribute-capacity"' in response.text
    for nothing in ("", "999999", "x"):
        assert "asks for nothing more" in browser.get(url, {"category": nothing}).text


def test_a_product_is_listed_and_taken_out_of_the_shop(browser, address, merchant):
    product = ProductFactory(merchant=merchant)
    browser.post(address(f"products/{product.pk}/list/"))
    product.refresh_from_db()
    assert product.state == ProductState.LISTED

    browser.post(address(f"products/{product.pk}/withdraw/"))
    product.refresh_from_db()
    assert product.state == ProductState.WITHDRAWN


def test_what_an_editor_took_down_stays_down(browser, address, merchant):
    product = ProductFactory(merchant=merchant, state=ProductState.TAKEN_DOWN)
    response = browser.post(address(f"products/{product.pk}/list/"), follow=True)

    assert "An editor took this product down" in response.text
    product.refresh_from_db()
    assert product.state == ProductState.TAKEN_DOWN


def test_other_merchants_products_are_not_found(browser, address, words):
    foreign = ProductFactory(title="Theirs", listed=True)

    assert browser.get(address(f"products/{foreign.pk}/")).status_code == 404
    for path in ("", "list/", "withdraw/"):
        assert browser.post(address(f"products/{foreign.pk}/{path}"), words).status_code == 404
    foreign.refresh_from_db()
    assert (foreign.title, foreign.state) == ("Theirs", ProductState.LISTED)
