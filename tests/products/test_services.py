from datetime import date
from decimal import Decimal

import pytest

from products import services
from products.choices import AttributeKind, ProductState
from products.errors import InvalidProductError, ProductActionRefusedError
from products.models import Attribute, Product
from products.signals import product_changed
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import AttributeFactory, CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed():
    """The ids that listeners were told of."""
    ids = []

    def note(product_ids, **kwargs):
        ids.extend(product_ids)

    product_changed.connect(note)
    yield ids
    product_changed.disconnect(note)


def test_a_product_is_made_with_all_that_is_said_of_it(changed):
    merchant = MerchantFactory()
    pictures = PictureFactory.create_batch(2, merchant=merchant)
    video = VideoFactory(merchant=merchant)
    product = services.create_product(
        merchant=merchant,
        category=CategoryFactory(),
        title="  Rice\tcooker ",
        brand="Kamado",
        gtin="4006381333931",
        description="Cooks.\r\nKeeps warm.",
        price=Decimal("79.9"),
        currency="gbp",
        released=date(2026, 1, 31),
        attributes={"Cup size": 5},
        pictures=[pictures[1], pictures[0]],
        videos=[video],
        listed=True,
    )
    product = Product.objects.get(pk=product.pk)
    assert (product.title, product.slug) == ("Rice cooker", "rice-cooker")
    assert product.description == "Cooks.\nKeeps warm."
    assert (str(product.price), product.currency) == ("79.90", "GBP")
    assert product.attributes == {"cup_size": 5.0}
    assert [row.picture for row in product.pictures.all()] == [pictures[1], pictures[0]]
    assert list(product.videos.all()) == [video]
    assert product.state == ProductState.LISTED
    assert product.feed_id != ""
    assert changed == [product.pk]


def test_a_draft_is_what_is_made_unless_told_otherwise():
    product = services.create_product(
        merchant=MerchantFactory(), category=CategoryFactory(), title="炊飯器"
    )
    assert (product.state, product.slug) == (ProductState.DRAFT, "product")


def test_every_field_that_cannot_be_right_is_named(changed):
    with pytest.raises(InvalidProductError) as refused:
        services.create_product(
            merchant=MerchantFactory(),
            category=CategoryFactory(),
            title=" ",
            gtin="123",
            price=Decimal("-1"),
            currency="Euros",
            pictures=[PictureFactory()],
            videos=[VideoFactory()],
        )
    assert set(refused.value.errors) == {
        "title",
        "gtin",
        "price",
        "currency",
        "pictures",
        "videos",
    }
    assert refused.value.errors["pictures"] == "Choose from your own pictures and videos."
    assert not Product.objects.exists()
    assert changed == []


def test_an_update_changes_what_is_given_and_leaves_the_rest():
    product = ProductFactory(brand="Kamado", attributes={"colour": "red"})
    picture = PictureFactory(merchant=product.merchant)
    services.update_product(product=product, pictures=[picture])
    services.update_product(product=product, title="New")
    product.refresh_from_db()
    assert (product.title, product.slug, product.brand) == ("New", "new", "Kamado")
    assert product.attributes == {"colour": "red"}
    assert [row.picture for row in product.pictures.all()] == [picture]


def test_a_refused_update_changes_nothing():
    product = ProductFactory(title="Old")
    with pytest.raises(InvalidProductError):
        services.update_product(product=product, title="New", gtin="1")
    product.refresh_from_db()
    assert product.title == "Old"


def test_a_product_number_is_used_once_by_a_merchant():
    product = ProductFactory(feed_id="a")
    other = ProductFactory(feed_id="b", merchant=product.merchant)
    with pytest.raises(InvalidProductError, match="has this number already"):
        services.update_product(product=other, feed_id="a")
    ProductFactory(feed_id="a")  # another merchant's


@pytest.mark.parametrize(
    ("kind", "written", "stored"),
    [
        (AttributeKind.NUMBER, "1.8 l", 1.8),
        (AttributeKind.NUMBER, 2, 2.0),
        (AttributeKind.YES_NO, "Yes", True),
        (AttributeKind.YES_NO, 0, False),
        (AttributeKind.CHOICE, "RED", "red"),
        (AttributeKind.TEXT, 3.0, "3"),
        (AttributeKind.TEXT, ["a", "b"], "a, b"),
    ],
)
def test_attributes_have_the_kind_that_their_category_says(kind, written, stored):
    category = CategoryFactory()
    AttributeFactory(category=category, key="it", kind=kind, unit="l", choices=["red", "blue"])
    product = services.create_product(
        merchant=MerchantFactory(), category=category, title="A", attributes={"it": written}
    )
    product.refresh_from_db()
    assert product.attributes == {"it": stored}
    assert type(product.attributes["it"]) is type(stored)


@pytest.mark.parametrize(
    ("kind", "written", "sentence"),
    [
        (AttributeKind.NUMBER, "much", "It must be a number, not “much”."),
        (AttributeKind.NUMBER, "inf", "It must be a number, not “inf”."),
        (AttributeKind.YES_NO, "maybe", "It must be yes or no, not “maybe”."),
        (AttributeKind.CHOICE, "green", "It must be one of red, blue, not “green”."),
        (AttributeKind.TEXT, {"a": 1}, "it must be text, a number, yes or no, or a list of those."),
        (AttributeKind.TEXT, float("inf"), "it is not a number we can store."),
        (AttributeKind.TEXT, "x" * 10_001, "it has 10001 characters; at most 10000 fit."),
        (AttributeKind.TEXT, "", "It is missing."),
    ],
)
def test_what_an_attribute_cannot_be_is_refused(kind, written, sentence):
    category = CategoryFactory()
    AttributeFactory(category=category, key="it", kind=kind, choices=["red", "blue"], required=True)
    with pytest.raises(InvalidProductError) as refused:
        services.create_product(
            merchant=MerchantFactory(), category=category, title="A", attributes={"it": written}
        )
    assert refused.value.errors == {"attributes": sentence}


def test_attributes_of_categories_above_hold_below():
    above = CategoryFactory()
    AttributeFactory(category=above, key="watts", kind=AttributeKind.NUMBER)
    below = CategoryFactory(parent=above)
    with pytest.raises(InvalidProductError, match="Watts must be a number"):
        services.create_product(
            merchant=MerchantFactory(), category=below, title="A", attributes={"watts": "?"}
        )


def test_listing_and_withdrawing(changed):
    product = ProductFactory()
    services.list_product(product=product)
    assert Product.objects.public().get() == product
    services.withdraw_product(product=product)
    assert not Product.objects.public().exists()
    services.list_product(product=product)
    assert product.state == ProductState.LISTED
    assert changed == [product.pk] * 3
    services.list_product(product=product)  # already: nothing to tell
    assert changed == [product.pk] * 3


def test_a_draft_cannot_be_withdrawn_and_a_suspended_merchant_lists_nothing():
    with pytest.raises(ProductActionRefusedError, match="Only a listed product"):
        services.withdraw_product(product=ProductFactory())
    with pytest.raises(ProductActionRefusedError, match="suspended"):
        services.list_product(product=ProductFactory(merchant__suspended=True))


@pytest.mark.parametrize("before", [ProductState.LISTED, ProductState.WITHDRAWN])
def test_a_take_down_holds_against_the_merchant_and_is_lifted_to_what_was(before):
    product = ProductFactory(state=before)
    services.take_down_product(product=product)
    services.take_down_product(product=product)
    assert not Product.objects.public().exists()
    with pytest.raises(ProductActionRefusedError, match="An editor took this product down"):
        services.list_product(product=product)
    with pytest.raises(ProductActionRefusedError):
        services.withdraw_product(product=product)
    services.restore_product(product=product)
    product.refresh_from_db()
    assert product.state == before
    services.restore_product(product=product)
    product.refresh_from_db()
    assert product.state == before


def test_a_stale_copy_cannot_undo_a_take_down():
    product = ProductFactory(listed=True)
    stale = Product.objects.get(pk=product.pk)
    services.take_down_product(product=product)
    services.update_product(product=stale, title="New title")
    product.refresh_from_db()
    assert (product.title, product.state) == ("New title", ProductState.TAKEN_DOWN)


def test_categories_get_addresses_of_their_own():
    kitchen = services.create_category(name="Kitchen")
    pans = services.create_category(name="Pans", parent=kitchen)
    others = services.create_category(name="Pans")
    assert (pans.slug, others.slug) == ("pans", "pans-2")
    assert pans.get_parent() == kitchen


def test_an_attribute_that_is_defined_again_is_replaced():
    category = CategoryFactory()
    services.define_attribute(category=category, key="cups", label="Cups")
    services.define_attribute(
        category=category, key="cups", label="Cups", kind=AttributeKind.NUMBER
    )
    assert Attribute.objects.get().kind == AttributeKind.NUMBER
