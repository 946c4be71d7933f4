import uuid

import pytest
from django.urls import reverse

from cms.services import take_down
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import SourceFactory, VideoFactory, caption_track
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


def test_what_is_said_can_be_read_and_leads_into_the_video(client):
    video = VideoFactory(
        public=True,
        captions=[
            caption_track("Je devine.", language="fr", origin="automatic", confirmed=False),
            caption_track("Topf <füllen>.", language="de"),
            caption_track("Fill the pot.", "Close it."),
        ],
        chapters=[{"start": 0.0, "title": "Filling"}, {"start": 0.5, "title": "Waiting"}],
    )
    response = client.get(video.get_absolute_url())
    page = response.content.decode()
    plain = f"/media/videos/{video.uuid}/360p.mp4"
    assert f'<a href="{plain}#t=0.20" data-seek="0.200">Close it.</a>' in page
    assert f'<a href="{plain}#t=0.50" data-seek="0.500">' in page
    assert "Topf &lt;füllen&gt;." in page
    assert page.count("A machine wrote this down; nobody has read it yet.") == 1
    shown = response.context["page"].transcripts
    assert [one.track.language for one in shown] == ["en", "de", "fr"]
    data = data_of(page, "VideoObject")
    assert data["transcript"] == "Topf <füllen>.\n\nFill the pot. Close it."


def test_a_video_in_which_nobody_speaks_has_no_transcript(client):
    page = client.get(VideoFactory(public=True).get_absolute_url()).content.decode()
    assert "What is said" not in page
    assert "Chapters" not in page
    assert "timeline.js" not in page


def test_captions_that_wait_for_an_editor_are_not_shown(client):
    video = VideoFactory(public=True)
    video.captions = [caption_track("Not yet.")]
    video.save_revision()
    assert "Not yet." not in client.get(video.get_absolute_url()).content.decode()
