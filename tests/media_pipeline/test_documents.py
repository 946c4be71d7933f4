import pytest

from media_pipeline.documents import all_ids, build
from search.documents import document_types
from tests.factories.media_pipeline import VideoFactory, caption_track
from tests.factories.merchants import MerchantFactory

pytestmark = pytest.mark.django_db


def test_a_public_video_can_be_found_by_its_words():
    video = VideoFactory(public=True, title="Rice in ten minutes", description="Rinse it first.")

    (document,) = document_types()["video"].build([video.pk])
    assert (document.title, document.body) == ("Rice in ten minutes", "Rinse it first.")
    assert document.merchant_slug == video.merchant.slug
    assert document.published_at == video.first_published_at
    assert document.picture_url.startswith("/media/files/images/")


def test_what_is_not_public_has_no_document():
    hidden = [
        VideoFactory(),
        VideoFactory(public=True, merchant=MerchantFactory(suspended=True)),
    ]
    taken_down = VideoFactory(public=True)
    taken_down.taken_down_at = taken_down.created_at
    taken_down.save()

    assert list(build([*(video.pk for video in hidden), taken_down.pk])) == []
    assert hidden[0].pk not in set(all_ids())


def test_a_video_is_found_by_what_is_said_in_it_and_what_its_chapters_are_called():
    video = VideoFactory(
        public=True,
        description="How it works.",
        captions=[
            caption_track("Fill the\npot.", "Close the lid."),
            caption_track("Misheard.", language="de", origin="automatic", confirmed=False),
        ],
        chapters=[{"start": 0.0, "title": "Filling"}, {"start": 0.5, "title": "Closing"}],
    )
    (document,) = build([video.pk])
    assert document.body == "How it works.\n\nFilling\nClosing\n\nFill the pot. Close the lid."
    assert document.summary == "How it works."
