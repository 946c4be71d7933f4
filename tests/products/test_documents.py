import pytest

from merchants.services import reinstate_merchant, suspend_merchant, update_merchant
from products import documents, services
from products.choices import AttributeKind
from products.models import ProductPicture
from search.documents import document_types
from search.models import OutboxEntry
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.merchants import MembershipFactory
from tests.factories.products import AttributeFactory, CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


def build(*products):
    return list(documents.build_documents([product.pk for product in products]))


def noted():
    """The products that search was told of, and forgets it."""
    ids = set(OutboxEntry.objects.filter(kind="product").values_list("object_id", flat=True))
    OutboxEntry.objects.all().delete()
    return ids


@pytest.fixture
def enrichers(monkeypatch):
    """None but the test's own."""
    monkeypatch.setattr(documents, "enrichers", [])
    return documents.enrichers


def test_search_knows_products():
    assert document_types()["product"] is documents.product_documents


def test_a_document_says_what_a_product_is(enrichers):
    kitchen = CategoryFactory(slug="kitchen")
    cookers = CategoryFactory(slug="cookers", parent=kitchen)
    AttributeFactory(category=kitchen, key="timer", kind=AttributeKind.YES_NO)
    AttributeFactory(category=cookers, key="cups", kind=AttributeKind.NUMBER)
    product = ProductFactory(
        listed=True,
        category=cookers,
        gtin="4006381333931",
        mpn="RC-5",
        attributes={"cups": 5.0, "timer": True, "colour": "red", "note": "x" * 500},
    )
    picture = PictureFactory(merchant=product.merchant)
    ProductPicture.objects.create(product=product, picture=picture)
    VideoFactory(live=True, merchant=product.merchant).products.add(product)
    [document] = build(product)
    assert document.object_id == product.pk
    assert document.url == product.get_absolute_url()
    assert document.category_path == ("kitchen", "cookers")
    assert (document.brand, document.price, document.currency) == ("Kamado", 79.9, "EUR")
    assert document.merchant_slug == product.merchant.slug
    assert document.has_video
    assert document.picture_url == picture.get_rendition(documents.CARD_PICTURE).url
    assert document.attributes == {"timer": "yes", "cups": "5"}
    assert document.keywords.split() == ["Kamado", "RC-5", "4006381333931", product.feed_id, "red"]


def test_only_what_is_public_has_a_document():
    listed, draft = ProductFactory(listed=True), ProductFactory()
    suspended = ProductFactory(listed=True, merchant__suspended=True)
    assert [document.object_id for document in build(listed, draft, suspended)] == [listed.pk]
    assert list(documents.all_product_ids()) == [listed.pk]


def test_apps_above_add_what_they_know(enrichers):
    one, two = ProductFactory.create_batch(2, listed=True)
    asked = []

    def enrich(ids):
        asked.append(sorted(ids))
        return {two.pk: {"selected": True, "score": 0.9}, 0: {"selected": True}}

    documents.register_enricher(enrich)
    documents.register_enricher(enrich)
    by_id = {document.object_id: document for document in build(one, two)}
    assert (by_id[two.pk].selected, by_id[two.pk].score) == (True, 0.9)
    assert not by_id[one.pk].selected
    assert asked == [[one.pk, two.pk]]


def test_many_documents_take_as_many_queries_as_one(enrichers, django_assert_num_queries):
    category = CategoryFactory(parent=CategoryFactory())
    products = ProductFactory.create_batch(6, listed=True, category=category)
    with django_assert_num_queries(6):
        assert len(build(*products)) == 6


def test_a_picture_whose_file_is_gone_hides_nothing(enrichers):
    product = ProductFactory(listed=True)
    picture = PictureFactory(merchant=product.merchant)
    ProductPicture.objects.create(product=product, picture=picture)
    picture.file.storage.delete(picture.file.name)
    assert [document.picture_url for document in build(product)] == [""]


# --- What search is told, and by what


def test_search_is_told_of_each_change_of_a_product():
    product = ProductFactory()
    services.list_product(product=product)
    assert noted() == {product.pk}
    services.update_product(product=product, title="New")
    assert noted() == {product.pk}


def test_search_is_told_when_a_merchant_goes_comes_back_or_changes():
    merchant = MembershipFactory().merchant
    ids = {product.pk for product in ProductFactory.create_batch(2, merchant=merchant)}
    ProductFactory(listed=True)
    noted()
    suspend_merchant(merchant=merchant, editor=UserFactory(), reason="Why.")
    assert noted() == ids
    reinstate_merchant(merchant=merchant, editor=UserFactory())
    assert noted() == ids
    update_merchant(merchant=merchant, name="New", about="", contact_email="a@example.org")
    assert noted() == ids


def test_search_is_told_of_all_below_a_category_that_changes():
    above = CategoryFactory()
    below = ProductFactory(category=CategoryFactory(parent=above))
    ProductFactory()
    noted()
    above.refresh_from_db()
    above.name = "Renamed"
    above.save()
    assert noted() == {below.pk}
