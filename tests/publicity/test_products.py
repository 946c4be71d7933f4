import pytest
from django.core.files.base import ContentFile

from cms.services import lift_take_down, take_down
from merchants.services import reinstate_merchant, suspend_merchant, update_merchant
from products import services
from products.choices import AttributeKind
from products.models import Category, Product
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.products import CategoryFactory
from tests.factories.selection import EntryFactory, RoundFactory
from tests.products.feeds import tsv


@pytest.fixture
def draft(merchant):
    return services.create_product(
        merchant=merchant,
        category=CategoryFactory(name="Kettles", slug="kettles"),
        title="Copper kettle",
        feed_id="k-1",
    )


@pytest.fixture
def product(draft):
    """Public."""
    services.list_product(product=draft)
    return draft


def take_in(merchant, *rows):
    """An import as `manage.py import_products` runs it."""
    feed = services.start_import(
        merchant=merchant,
        user=None,
        file=ContentFile(tsv(*rows), name="feed"),
        filename="feed.tsv",
        in_background=False,
    )
    assert services.run_import(import_id=feed.pk, lease_token=feed.lease_token)


def test_listed_withdrawn_and_listed_again(draft, is_found):
    assert not is_found(draft)
    services.list_product(product=draft)
    assert is_found(draft)
    services.withdraw_product(product=draft)
    assert not is_found(draft)
    services.list_product(product=draft)
    assert is_found(draft)


def test_taken_down_and_allowed_again(product, editor, is_found):
    decision = take_down(subject=product, editor=editor, reason="Burns.")
    assert not is_found(product)
    lift_take_down(take_down=decision, editor=editor)
    assert is_found(product)


def test_deleted(product, is_found):
    assert is_found(product)
    gone = Product.objects.get(pk=product.pk)
    product.delete()
    assert not is_found(gone)


def test_many_deleted_at_once(product, is_found):
    assert is_found(product)
    Product.objects.all().delete()
    assert not is_found(product)


def test_as_it_is_after_each_change(product, hits):
    services.update_product(product=product, title="Steel kettle", price=50, brand="Acme")
    [hit] = hits("product", "steel kettle", brands=("Acme",))
    assert (hit.title, hit.price) == ("Steel kettle", 50.0)
    assert "copper" not in [word for hit in hits("product") for word in hit.title.lower().split()]


def test_by_a_feed(merchant, product, hits):
    new = ("k-2", "Tin kettle", "9.90 EUR", "Pots > Kettles for camping", "", "")
    changed = ("k-1", "Brass kettle", "19.90 EUR", "", "", "")
    take_in(merchant, new, changed)
    assert sorted(hit.title for hit in hits("product", "kettle")) == ["Brass kettle", "Tin kettle"]


def test_its_picture_is_the_one_it_has(merchant, product, hits):
    first, second = PictureFactory.create_batch(2, merchant=merchant)
    services.update_product(product=product, pictures=[first, second])
    [with_first] = hits("product", product.title)
    first.delete()
    [with_second] = hits("product", product.title)
    second.delete()
    [without] = hits("product", product.title)
    assert len({with_first.picture_url, with_second.picture_url, without.picture_url}) == 3
    assert without.picture_url == ""


def test_narrowed_by_what_its_category_defines(product, hits):
    services.update_product(product=product, attributes={"cups": 5})
    assert hits("product", attributes={"cups": ("5",)}) == ()
    attribute = services.define_attribute(
        category=product.category, key="cups", label="Cups", kind=AttributeKind.NUMBER
    )
    assert [hit.object_id for hit in hits("product", attributes={"cups": ("5",)})] == [product.pk]
    services.remove_attribute(attribute=attribute)
    assert hits("product", attributes={"cups": ("5",)}) == ()


def test_nothing_of_a_suspended_merchant(merchant, product, editor, opened, is_found, hits):
    guide = GuidePageFactory(merchant=merchant, live=True)
    video = VideoFactory(merchant=merchant, public=True)
    services.update_product(product=product, videos=[video])
    entry = EntryFactory(product=product, video=video, round__title="Which of these?")
    advice = GuidePageFactory(
        merchant=None, live=True, body=[("video", {"video": video, "caption": ""})]
    )
    opened()
    things = (guide, video, product)

    suspend_merchant(merchant=merchant, editor=editor, reason="Did not deliver.")
    assert [is_found(thing) for thing in things] == [False, False, False]
    assert is_found(entry.round)
    assert is_found(advice)
    assert "Copper" not in hits("audition", entry.round.title)[0].snippet_html

    reinstate_merchant(merchant=merchant, editor=editor)
    assert [is_found(thing) for thing in things] == [True, True, True]


def test_under_the_name_that_its_merchant_has(merchant, product, opened, hits):
    GuidePageFactory(merchant=merchant, live=True)
    VideoFactory(merchant=merchant, public=True)
    opened()
    update_merchant(merchant=merchant, name="New name", about="", contact_email="a@example.org")
    for kind in ("product", "guide", "video"):
        assert [hit.merchant for hit in hits(kind)] == ["New name"]


class TestCategories:
    def test_suggested_while_something_in_it_is_public(self, draft, suggested):
        kettles = draft.category.get_absolute_url()
        assert suggested("kettl", "category") == []
        services.list_product(product=draft)
        assert suggested("kettl", "category") == [kettles]
        services.withdraw_product(product=draft)
        assert suggested("kettl", "category") == []

    def test_left_by_its_last_product(self, product, suggested):
        before = product.category
        pots = services.create_category(name="Pots")
        assert suggested("kettl", "category") == [before.get_absolute_url()]
        services.update_product(product=product, category=pots)
        assert suggested("kettl", "category") == []
        assert suggested("pots", "category") == [pots.get_absolute_url()]
        product.delete()
        assert suggested("pots", "category") == []

    def test_left_by_its_last_product_in_a_feed(self, merchant, product, suggested):
        assert suggested("kettl", "category")
        take_in(merchant, ("k-1", "Copper kettle", "9.90 EUR", "Pots", "", ""))
        assert suggested("kettl", "category") == []
        assert suggested("pots", "category")

    def test_suggested_for_a_guide_and_for_an_audition(self, merchant, opened, suggested):
        kettles, pots = (services.create_category(name=name) for name in ("Kettles", "Pots"))
        guide = GuidePageFactory(merchant=merchant, category=kettles, live=True)
        round_ = RoundFactory(category=pots)
        opened()
        assert suggested("kettl", "category") == [kettles.get_absolute_url()]
        assert suggested("pots", "category") == [pots.get_absolute_url()]
        guide.unpublish()
        round_.delete()
        assert suggested("kettl", "category") == suggested("pots", "category") == []

    def test_all_that_is_below_goes_where_it_goes(self, merchant, product, opened, hits, suggested):
        video = VideoFactory(merchant=merchant, public=True)
        services.update_product(product=product, videos=[video])
        GuidePageFactory(merchant=merchant, category=product.category, live=True)
        RoundFactory(category=product.category)
        kitchen = services.create_category(name="Kitchen", slug="kitchen")
        opened()
        assert suggested("kitch", "category") == []

        services.update_category(category=product.category, name="Kettles", parent=kitchen)
        for kind in ("product", "guide", "video", "audition"):
            assert [hit.category_path for hit in hits(kind)] == [("kitchen", "kettles")]
        assert suggested("kitch", "category") == [kitchen.get_absolute_url()]

        moved = Category.objects.get(slug="kettles")
        services.update_category(category=moved, name="Water kettles", slug="water", parent=None)
        for kind in ("product", "guide", "video", "audition"):
            assert [hit.category_path for hit in hits(kind)] == [("water",)]
        assert suggested("kitch", "category") == []
        assert suggested("water", "category") == ["/c/water/"]

    def test_deleted(self, product, opened, suggested):
        opened()
        category = product.category
        product.delete()
        Category.objects.get(pk=category.pk).delete()
        assert suggested("kettl", "category") == []

    def test_never_among_the_results(self, product, hits, opened):
        opened()
        assert hits("category", "kettles") == ()
