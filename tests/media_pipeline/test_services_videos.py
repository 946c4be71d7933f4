import pytest

from core.errors import ActionRefusedError
from media_pipeline import services
from media_pipeline.models import Video
from media_pipeline.selectors import public_videos, videos_of
from media_pipeline.services.videos import title_from
from media_pipeline.signals import video_changed
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import SourceFactory, VideoFactory
from tests.factories.merchants import MerchantFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("filename", "title"),
    [
        ("IMG_0042.MOV", "IMG 0042"),
        ("C:\\Videos\\rice-cooker  final.mp4", "rice cooker final"),
        ("../../etc/passwd", "passwd"),
        ("", "Untitled video"),
        ("___.mp4", "Untitled video"),
        ("x" * 400 + ".mp4", "x" * 150),
    ],
)
def test_a_first_title_comes_from_the_files_name(filename, title):
    assert title_from(filename) == title


def test_words_of_a_video_that_is_not_public_change_at_once():
    video = VideoFactory()
    services.update_video(video=video, user=UserFactory(), title=" New ", description="Words.")

    video = Video.objects.get()
    assert (video.title, video.description) == ("New", "Words.")


def test_words_of_a_public_video_change_when_the_revision_is_published():
    video = VideoFactory(public=True, title="Old")
    services.update_video(video=video, user=UserFactory(), title="New", description="")
    assert Video.objects.get().title == "Old"

    Video.objects.get().latest_revision.publish()
    assert Video.objects.get().title == "New"


def test_a_video_needs_a_title():
    video = VideoFactory(title="Old")
    with pytest.raises(ActionRefusedError, match="Give the video a title"):
        services.update_video(video=video, user=UserFactory(), title="  ", description="")
    assert Video.objects.get().title == "Old"


def test_an_earlier_version_brings_back_the_words_and_nothing_else():
    video = VideoFactory(public=True, title="First")
    merchant, first_source = video.merchant, video.source
    revision = video.save_revision()
    other = SourceFactory(ready=True)
    Video.objects.update(source=other, title="Second", taken_down_at=video.created_at)
    first_source.delete()

    brought_back = Video.objects.get().revisions.get(pk=revision.pk).as_object()
    assert brought_back.title == "First"
    assert (brought_back.source, brought_back.merchant) == (other, merchant)
    assert brought_back.uuid == video.uuid
    assert brought_back.taken_down_at == video.created_at


def test_changes_are_told():
    told = []

    def note(video_ids, **kwargs):
        told.append(video_ids)

    video_changed.connect(note)
    video = VideoFactory()
    pk = video.pk
    services.update_video(video=video, user=UserFactory(), title="New", description="")
    services.delete_video(video=video)
    video_changed.disconnect(note)
    assert told == [[pk], [pk]]


def test_lists_cost_the_same_whatever_their_length(django_assert_num_queries):
    merchant = MerchantFactory()
    for _ in range(3):
        VideoFactory(merchant=merchant, public=True)
    VideoFactory(public=False)

    for videos in (videos_of(merchant), public_videos()):
        with django_assert_num_queries(4):
            shown = [
                (video.merchant.name, video.source.state, video.source.poster.title)
                for video in videos
            ]
        assert len(shown) == 3
