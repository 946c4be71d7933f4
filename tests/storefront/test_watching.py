import uuid

import pytest
from django.urls import reverse

from cms.services import take_down
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import SourceFactory, VideoFactory
from tests.factories.products import ProductFactory
from tests.factories.selection import EntryFactory
from tests.storefront.test_catalogue import data_of

pytestmark = pytest.mark.django_db


def test_it_plays_without_a_script_and_offers_hls_to_one(client):
    video = VideoFactory(public=True, title="Kama in use")
    page = client.get(video.get_absolute_url()).content.decode()
    assert f'<source src="/media/videos/{video.uuid}/360p.mp4" type="video/mp4">' in page
    assert f'data-hls="/media/videos/{video.uuid}/master.m3u8"' in page
    assert 'width="640" height="360"' in page
    assert 'preload="none"' in page
    assert "autoplay" not in page


def test_the_product_and_its_audition_stand_beside_it(client):
    entry = EntryFactory(product__title="Kama 1.0", round__title="Autumn cookers")
    entry.product.videos.add(entry.video)
    page = client.get(entry.video.get_absolute_url()).content.decode()
    assert entry.product.get_absolute_url() in page
    assert entry.get_absolute_url() in page


def test_related_videos_come_next(client):
    product = ProductFactory(listed=True)
    video = VideoFactory(public=True, merchant=product.merchant)
    product.videos.add(video)
    stranger = VideoFactory(public=True)
    related = VideoFactory(public=True, merchant=product.merchant)
    hidden = VideoFactory(merchant=product.merchant)
    page = client.get(video.get_absolute_url()).context["page"]
    assert [one.pk for one in page.next_videos] == [related.pk, stranger.pk]
    assert hidden not in page.next_videos


def test_one_that_is_not_ready_says_so(client):
    video = VideoFactory(public=True, source=SourceFactory())
    assert "is being made ready" in client.get(video.get_absolute_url()).content.decode()


def test_machines_read_it_too(client):
    video = VideoFactory(public=True, title="Kama in use")
    data = data_of(client.get(video.get_absolute_url()).content.decode(), "VideoObject")
    assert data["name"] == "Kama in use"
    assert data["contentUrl"].endswith(f"/media/videos/{video.uuid}/360p.mp4")
    assert data["thumbnailUrl"][0].startswith("http")


def test_what_is_not_public_is_not_found(client):
    assert client.get(VideoFactory().get_absolute_url()).status_code == 404
    assert client.get(reverse("storefront:watch", args=[uuid.uuid4()])).status_code == 404


def test_a_take_down_works_at_once(client):
    video = VideoFactory(public=True)
    assert client.get(video.get_absolute_url()).status_code == 200
    take_down(subject=video, editor=UserFactory(editor=True), reason="Not theirs to show.")
    assert client.get(video.get_absolute_url()).status_code == 404


def test_the_number_of_queries_does_not_grow(client, queries_of):
    product = ProductFactory(listed=True)
    video = VideoFactory(public=True, merchant=product.merchant)
    product.videos.add(video)
    VideoFactory(public=True, merchant=product.merchant)
    VideoFactory.create_batch(8, public=True)
    few = queries_of(client, video.get_absolute_url())
    for _ in range(4):
        other = ProductFactory(listed=True, category=product.category)
        other.videos.add(video, VideoFactory(public=True, merchant=product.merchant))
    assert queries_of(client, video.get_absolute_url()) == few
    assert few <= 25
