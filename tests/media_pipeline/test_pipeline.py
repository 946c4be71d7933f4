"""The pipeline from end to end, on real files."""

import pytest
from django.core.files.base import File

from media_pipeline import services
from media_pipeline.choices import SourceState
from media_pipeline.models import Source
from media_pipeline.selectors import playback_of, progress_of, video_by_uuid
from tests.factories.media_pipeline import tiny_video
from tests.factories.merchants import MerchantFactory

pytestmark = pytest.mark.django_db


def process(path, merchant=None):
    """Puts the file through the pipeline; returns its video."""
    with path.open("rb") as stream:
        video = services.add_video(
            merchant=merchant or MerchantFactory(), user=None, title="Clip", file=File(stream)
        )
    services.work()
    return video_by_uuid(video.uuid)


def test_a_clip_becomes_a_video_that_plays(tmp_path):
    video = process(tiny_video(tmp_path / "clip.mp4", seconds=5, size=(960, 540)))

    progress = progress_of(video)
    assert (progress.state, progress.fraction, progress.message) == (SourceState.READY, 1, "")
    source = video.source
    assert [(one.name, one.width, one.height) for one in source.renditions.all()] == [
        ("540p", 960, 540),
        ("360p", 640, 360),
    ]
    assert source.duration == pytest.approx(5, abs=0.05)
    playback = playback_of(video)
    assert playback.mp4_url.endswith("540p.mp4")
    assert (playback.poster.width, playback.poster.height) == (960, 540)


def test_the_same_bytes_twice_are_one_source(tmp_path):
    clip = tiny_video(tmp_path / "clip.mp4")
    first, second = process(clip), process(clip)

    assert first.source == second.source
    assert first.merchant != second.merchant
    assert Source.objects.count() == 1
