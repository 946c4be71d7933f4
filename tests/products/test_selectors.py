import pytest

from products import selectors
from products.choices import AttributeKind
from products.models import ProductPicture
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import AttributeFactory, CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


def test_the_tree_counts_what_is_public_in_all_that_is_below(django_assert_num_queries):
    kitchen = CategoryFactory(name="Kitchen")
    cookers = CategoryFactory(name="Cookers", parent=kitchen)
    rice = CategoryFactory(name="Rice", parent=cookers)
    CategoryFactory(name="Beds")
    ProductFactory.create_batch(2, listed=True, category=rice)
    ProductFactory(listed=True, category=kitchen)
    ProductFactory(category=rice)
    ProductFactory(listed=True, category=rice, merchant__suspended=True)
    with django_assert_num_queries(2):
        beds, found = selectors.category_tree()
    assert (beds.category.name, beds.product_count, beds.children) == ("Beds", 0, [])
    assert (found.category, found.product_count) == (kitchen, 3)
    [node] = found.children
    assert (node.category, node.product_count) == (cookers, 2)
    assert [below.category for below in node.children] == [rice]
    cookers.refresh_from_db()
    assert set(selectors.descendant_ids(cookers)) == {cookers.pk, rice.pk}


def test_a_nearer_definition_of_an_attribute_replaces_one_further_up():
    above = CategoryFactory()
    AttributeFactory(category=above, key="size", label="Size")
    AttributeFactory(category=above, key="colour", label="Colour")
    below = CategoryFactory(parent=above)
    AttributeFactory(category=below, key="size", label="Shoe size")
    AttributeFactory(category=CategoryFactory(), key="other")
    assert [a.label for a in selectors.attributes_of(below)] == ["Shoe size", "Colour"]


def test_specifications_are_written_for_people():
    category = CategoryFactory()
    AttributeFactory(category=category, key="z_watts", label="Power", unit="W")
    AttributeFactory(category=category, key="timer", label="Timer", kind=AttributeKind.YES_NO)
    AttributeFactory(category=category, key="absent")
    product = ProductFactory(
        category=category,
        attributes={"made_in": "Spain", "timer": False, "z_watts": 700.0, "cups": 5.5},
    )
    shown = [(row.label, row.value) for row in selectors.specifications_of(product)]
    assert shown == [
        ("Power", "700 W"),
        ("Timer", "no"),
        ("Cups", "5.5"),
        ("Made in", "Spain"),
    ]


def add_picture(product):
    picture = PictureFactory(merchant=product.merchant)
    return ProductPicture.objects.create(product=product, picture=picture)


def test_cards_of_many_products_take_as_many_queries_as_of_one(django_assert_num_queries):
    products = ProductFactory.create_batch(5, listed=True)
    for product in products:
        add_picture(product)
    VideoFactory(live=True, merchant=products[0].merchant).products.add(products[0])
    VideoFactory(merchant=products[1].merchant).products.add(products[1])  # not approved
    with django_assert_num_queries(3):
        cards = [
            (
                card.merchant.name,
                card.category.name,
                [list(row.picture.renditions.all()) for row in card.pictures.all()],
                card.has_video,
            )
            for card in selectors.public_products()
        ]
    assert len(cards) == 5
    assert [has_video for *_rest, has_video in cards] == [False, False, False, False, True]


def test_the_page_of_a_product_shows_only_what_is_public():
    product = ProductFactory(listed=True)
    public = VideoFactory(live=True, merchant=product.merchant)
    product.videos.set([public, VideoFactory(merchant=product.merchant)])
    assert selectors.product_for_page(product.pk).public_videos == [public]
    assert selectors.product_for_page(ProductFactory().pk) is None
    assert (
        selectors.product_for_page(ProductFactory(listed=True, merchant__suspended=True).pk) is None
    )


def test_a_merchants_products_are_its_own_in_every_state():
    mine = ProductFactory()
    other = ProductFactory(listed=True)
    assert list(selectors.products_of(mine.merchant)) == [mine]
    assert selectors.product_of(mine.merchant, mine.pk) == mine
    assert selectors.product_of(mine.merchant, other.pk) is None
    assert list(selectors.products_of(MerchantFactory())) == []
