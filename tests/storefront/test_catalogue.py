import json
import re

import pytest
from django.urls import reverse

from cms.services import take_down
from merchants.choices import MerchantState
from products.choices import AttributeKind, ProductState
from search.services import rebuild
from tests.factories.accounts import UserFactory
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import AttributeFactory, CategoryFactory, ProductFactory
from tests.factories.selection import EntryFactory

pytestmark = pytest.mark.django_db


def structured_data(page: str) -> list[dict]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(block) for block in blocks]


def data_of(page: str, kind: str) -> dict:
    [data] = [block for block in structured_data(page) if block["@type"] == kind]
    return data


def merchant_url(merchant) -> str:
    return reverse("storefront:merchant", args=[merchant.slug])


class TestCategory:
    def test_shows_products_guides_audition_and_promise(self, client):
        kitchen = CategoryFactory(name="Kitchen", service_promise="Spare parts for seven years.")
        cookers = CategoryFactory(parent=kitchen, name="Rice cookers")
        ProductFactory(listed=True, category=cookers, title="Kama 1.0")
        ProductFactory(listed=True, title="A shoe")
        GuidePageFactory(live=True, category=cookers, title="Choosing a cooker")
        EntryFactory(round__category=cookers, round__title="Autumn cookers")
        rebuild()
        page = client.get(kitchen.get_absolute_url()).content.decode()
        for words in (
            "Rice cookers",
            "Kama 1.0",
            "Choosing a cooker",
            "Autumn cookers",
            "Spare parts",
        ):
            assert words in page
        assert "A shoe" not in page

    def test_attributes_are_filters_with_names_and_units(self, client):
        category = CategoryFactory()
        AttributeFactory(
            category=category, key="capacity", label="Capacity", kind=AttributeKind.NUMBER, unit="l"
        )
        for title, capacity in (("Small pot", 1), ("Large pot", 5)):
            ProductFactory(
                listed=True, category=category, title=title, attributes={"capacity": capacity}
            )
        rebuild()
        page = client.get(category.get_absolute_url())
        [facet] = [one for one in page.context["listing"].filters if one.label == "Capacity"]
        assert sorted(value.label for value in facet.values) == ["1 l", "5 l"]
        [small] = [value for value in facet.values if value.label == "1 l"]
        narrowed = client.get(category.get_absolute_url() + small.url)
        assert [hit.title for hit in narrowed.context["listing"].hits] == ["Small pot"]
        [chosen] = narrowed.context["listing"].chosen
        everything = client.get(category.get_absolute_url() + chosen.url)
        assert everything.context["listing"].results.total == 2

    def test_links_leave_out_what_the_page_itself_says(self, client):
        category = CategoryFactory()
        ProductFactory(listed=True, category=category, brand="Kamado")
        ProductFactory(listed=True, category=category, brand="Ricelle")
        rebuild()
        listing = client.get(category.get_absolute_url()).context["listing"]
        urls = [value.url for one in listing.filters for value in one.values]
        assert "?brand=Kamado" in urls
        assert not any("category=" in url or "kind=" in url for url in urls)

    def test_nothing_in_it_is_said_plainly(self, client):
        page = client.get(CategoryFactory().get_absolute_url()).content.decode()
        assert "Nothing is sold here yet" in page

    def test_an_impossible_page_is_refused_with_a_sentence(self, client):
        response = client.get(CategoryFactory().get_absolute_url() + "?page=0")
        assert response.status_code == 400
        assert "Pages go from 1 to 50" in response.content.decode()

    def test_unknown_is_not_found(self, client):
        assert client.get("/c/nowhere/").status_code == 404

    def test_the_number_of_queries_does_not_grow(self, client, queries_of):
        category = CategoryFactory()

        def fill():
            entry = EntryFactory(round__category=category)
            entry.product.videos.add(entry.video)
            entry.product.pictures.create(picture=PictureFactory())
            GuidePageFactory(live=True, category=category, picture=PictureFactory(merchant=None))
            rebuild()

        fill()
        few = queries_of(client, category.get_absolute_url())
        for _ in range(3):
            fill()
        assert queries_of(client, category.get_absolute_url()) == few
        assert few <= 40


class TestProduct:
    def test_shows_facts_pictures_video_and_guides(self, client):
        category = CategoryFactory(name="Rice cookers")
        AttributeFactory(category=category, key="power", label="Power", unit="W")
        product = ProductFactory(
            listed=True, category=category, title="Kama 1.0", attributes={"power": "1100"}
        )
        product.pictures.create(picture=PictureFactory(title="From the front"))
        video = VideoFactory(public=True, merchant=product.merchant, title="Kama in use")
        product.videos.add(video)
        GuidePageFactory(live=True, category=category, title="Choosing a cooker")
        page = client.get(product.get_absolute_url()).content.decode()
        for words in (
            "Kama 1.0",
            "Power",
            "1100 W",
            "From the front",
            "Choosing a cooker",
            "€79.90",
        ):
            assert words in page
        assert f"/media/videos/{video.uuid}/master.m3u8" in page
        assert merchant_url(product.merchant) in page

    def test_a_guide_that_names_it_comes_first(self, client):
        product = ProductFactory(listed=True, title="Kama 1.0")
        GuidePageFactory(
            live=True,
            title="Names it",
            merchant=product.merchant,
            body=[{"type": "product", "value": {"product": product.pk, "note": ""}}],
        )
        GuidePageFactory.create_batch(5, live=True, category=product.category)
        page = client.get(product.get_absolute_url())
        assert page.context["page"].guides[0].title == "Names it"
        assert len(page.context["page"].guides) == 4

    def test_its_audition_is_one_press_away(self, client):
        entry = EntryFactory(round__title="Autumn cookers")
        page = client.get(entry.product.get_absolute_url()).content.decode()
        assert "Autumn cookers" in page
        assert entry.get_absolute_url() in page

    def test_another_slug_leads_to_the_right_one(self, client):
        product = ProductFactory(listed=True)
        response = client.get(reverse("storefront:product", args=[product.pk, "old-name"]))
        assert response.status_code == 301
        assert response["Location"] == product.get_absolute_url()

    @pytest.mark.parametrize(
        "state", [ProductState.DRAFT, ProductState.WITHDRAWN, ProductState.TAKEN_DOWN]
    )
    def test_what_is_not_listed_is_not_found(self, client, state):
        assert client.get(ProductFactory(state=state).get_absolute_url()).status_code == 404

    def test_a_suspended_merchants_is_not_found(self, client):
        product = ProductFactory(listed=True, merchant__state=MerchantState.SUSPENDED)
        assert client.get(product.get_absolute_url()).status_code == 404

    def test_a_video_that_was_taken_down_is_gone_at_once(self, client):
        product = ProductFactory(listed=True)
        video = VideoFactory(public=True, merchant=product.merchant)
        product.videos.add(video)
        assert str(video.uuid) in client.get(product.get_absolute_url()).content.decode()
        take_down(subject=video, editor=UserFactory(editor=True), reason="Not theirs to show.")
        assert str(video.uuid) not in client.get(product.get_absolute_url()).content.decode()

    def test_machines_read_it_too(self, client):
        product = ProductFactory(listed=True, gtin="4006381333931", title='Pot </script> & "lid"')
        product.pictures.create(picture=PictureFactory())
        product.videos.add(VideoFactory(public=True, merchant=product.merchant))
        page = client.get(product.get_absolute_url()).content.decode()
        data = data_of(page, "Product")
        assert data["name"] == 'Pot </script> & "lid"'
        assert data["gtin"] == "4006381333931"
        assert data["offers"]["price"] == "79.90"
        assert data["image"][0].startswith("http")
        assert data["subjectOf"][0]["@type"] == "VideoObject"
        assert data["subjectOf"][0]["duration"] == "PT0M1S"

    def test_the_number_of_queries_does_not_grow(self, client, queries_of):
        product = ProductFactory(listed=True)

        def fill():
            product.pictures.create(picture=PictureFactory())
            product.videos.add(VideoFactory(public=True, merchant=product.merchant))
            GuidePageFactory(
                live=True, category=product.category, picture=PictureFactory(merchant=None)
            )
            other = ProductFactory(listed=True, category=product.category)
            other.pictures.create(picture=PictureFactory())

        fill()
        few = queries_of(client, product.get_absolute_url())
        for _ in range(3):
            fill()
        assert queries_of(client, product.get_absolute_url()) == few
        assert few <= 30


class TestMerchant:
    def test_shows_what_it_sells_shows_and_writes(self, client):
        merchant = MerchantFactory(name="Hearth & Ladle", about="Tools for weekdays.")
        ProductFactory(listed=True, merchant=merchant, title="Steel ladle")
        ProductFactory(merchant=merchant, title="Secret ladle")
        VideoFactory(public=True, merchant=merchant, title="A ladle turns")
        GuidePageFactory(live=True, merchant=merchant, title="Choosing a ladle")
        page = client.get(merchant_url(merchant)).content.decode()
        for words in ("Hearth &amp; Ladle", "Tools for weekdays", "Steel ladle", "A ladle turns"):
            assert words in page
        assert "Choosing a ladle" in page
        assert "Secret ladle" not in page

    def test_products_come_in_pages(self, client):
        merchant = MerchantFactory()
        ProductFactory.create_batch(25, listed=True, merchant=merchant)
        assert len(client.get(merchant_url(merchant) + "?page=2").context["products"]) == 1

    def test_an_empty_shelf_is_said_plainly(self, client):
        page = client.get(merchant_url(MerchantFactory())).content.decode()
        assert "Nothing on the shelves yet" in page

    def test_a_suspended_one_is_not_found(self, client):
        merchant = MerchantFactory(suspended=True)
        assert client.get(merchant_url(merchant)).status_code == 404

    def test_the_number_of_queries_does_not_grow(self, client, queries_of):
        merchant = MerchantFactory()

        def fill():
            product = ProductFactory(listed=True, merchant=merchant)
            product.pictures.create(picture=PictureFactory())
            VideoFactory(public=True, merchant=merchant)
            GuidePageFactory(live=True, merchant=merchant, picture=PictureFactory(merchant=None))

        fill()
        few = queries_of(client, merchant_url(merchant))
        for _ in range(3):
            fill()
        assert queries_of(client, merchant_url(merchant)) == few
        assert few <= 20
