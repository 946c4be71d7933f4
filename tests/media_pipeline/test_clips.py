"""Real files, from telephones, cameras and broken disks: each ends ready or refused, with the
sentence that its owner can do something with."""

import av
import pytest
from django.core.files.base import File

from media_pipeline import blobs, checks, probing, services
from media_pipeline.choices import SourceState
from media_pipeline.selectors import progress_of, video_by_uuid
from tests.factories.merchants import MerchantFactory
from tests.media_pipeline.odd_table import smallest_rung

INCOMPLETE = (
    "This file is incomplete: it says that it has 4 seconds, but only 2 are there. Upload it "
    "again from the original."
)
UNREADABLE = (
    "This file is damaged or incomplete: it can't be opened. Upload it again from the original, "
    "or export it as MP4 (H.264)."
)
FATES = {
    "bbb_1080p24_43s_noaudio.mp4": None,
    "bbb_480p24_30s_aac.mp4": None,
    "live_768x432_10fps_139s_noaudio.mp4": None,
    "phone_portrait_rot90_hevc10_hlg_1080p.mp4": None,
    "product_bottles_360p30_40s_noaudio.mp4": None,
    "odd/chapters.mp4": None,
    "odd/corrupt_invalid_nalu.mp4": None,
    "odd/corrupt_malformed_box.mp4": UNREADABLE,
    "odd/corrupt_truncated_2MB.mp4": UNREADABLE,
    "odd/corrupt_truncated_head.mp4": INCOMPLETE,
    "odd/hdr10_pq_av1_720x1280.mp4": None,
    "odd/live_720p_aac_5s.mp4": None,
    "odd/live_720p_rot180.mp4": None,
    "odd/nasa_multi_stream_movtext.mp4": (
        "The picture is 480 × 270 pixels; its shorter side must have 360 or more. Export it "
        "larger, or upload the original."
    ),
    "odd/night_1080p50_pcm.mov": None,
    "odd/phone_portrait_4k60_rot90.mp4": None,
    "odd/phone_slowmo_vfr.mp4": None,
    "odd/subtitles_srt.mkv": None,
    "odd/too_long_363s_1080p.mp4": (
        "This video is 6 min 02 s long; a product video may have 3 minutes. Cut it and upload it "
        "again."
    ),
    "odd/undecodable_dolby_dav1.mp4": (
        "The colours of this file can only be shown by Dolby Vision devices (profile 10). Export "
        "it as HDR10, HLG or SDR and upload that."
    ),
}
# Those that are short enough to be encoded in each run, and different from each other.
ENCODED = {
    "odd/chapters.mp4": (1080, 720, 1.0),
    "odd/corrupt_invalid_nalu.mp4": (1080, 720, 1.0),
    "odd/hdr10_pq_av1_720x1280.mp4": (720, 1280, 4.2),
    "odd/phone_portrait_4k60_rot90.mp4": (2160, 3840, 0.3),
    "odd/phone_slowmo_vfr.mp4": (1280, 720, 0.5),
    "odd/subtitles_srt.mkv": (1080, 720, 1.0),
}


def test_every_clip_is_known_here(clips):
    there = {
        str(path.relative_to(clips))
        for path in clips.rglob("*")
        if path.suffix in {".mp4", ".mov", ".mkv"}
    }
    assert there == set(FATES)


@pytest.mark.parametrize("name", sorted(FATES))
def test_each_clip_is_taken_or_refused_with_the_right_sentence(clips, name):
    assert checks.refusal_of(probing.probe(clips / name)) == FATES[name]


@pytest.mark.parametrize("name", sorted(ENCODED))
@pytest.mark.django_db
def test_odd_clips_become_whole_upright_renditions(clips, name):
    with (clips / name).open("rb") as stream:
        video = services.add_video(
            merchant=MerchantFactory(), user=None, title=name, file=File(stream)
        )
    services.work()

    video = video_by_uuid(video.uuid)
    assert progress_of(video).state == SourceState.READY
    width, height, seconds = ENCODED[name]
    assert (video.source.width, video.source.height) == (width, height)
    assert video.source.duration == pytest.approx(seconds, abs=0.06)
    for rendition in video.source.renditions.all():
        with blobs.local_copy(rendition.path) as path:
            made = probing.probe(path)
        assert (made.video.display_width, made.video.display_height) == (
            rendition.width,
            rendition.height,
        )
        assert (made.video.rotation, made.video.transfer, made.video.pixel_format) == (
            0,
            "sdr",
            "yuv420p",
        )
        assert made.seconds == pytest.approx(seconds, abs=0.1)


def test_what_a_telephone_writes_is_understood(clips):
    found = probing.probe(clips / "phone_portrait_rot90_hevc10_hlg_1080p.mp4")

    video = found.video
    assert (video.display_width, video.display_height, video.rotation) == (1080, 1920, -90)
    assert (video.transfer, video.bit_depth, video.dolby_vision, video.has_base) == (
        ("hlg", 10, 8, True)
    )
    assert (found.audio.channels, found.tracks[0].default) == (2, True)


def test_slow_motion_of_a_telephone_varies_in_rate_and_uses_the_full_range(clips):
    video = probing.probe(clips / "odd/phone_slowmo_vfr.mp4").video

    assert (video.variable_rate, video.full_range) == (True, True)
    assert video.frame_rate == pytest.approx(30, abs=0.5)


def test_chapters_are_told(clips):
    chapters = probing.probe(clips / "odd/chapters.mp4").chapters

    assert [(one.start, one.end, one.title) for one in chapters] == [
        (0.0, 0.201, "Chapter 1"),
        (0.201, 0.8, "Chapter 2"),
        (0.8, 0.85, "Chapter 3"),
    ]


def test_subtitles_are_told(clips):
    subtitles = probing.probe(clips / "odd/subtitles_srt.mkv").subtitles

    assert [(one.index, one.codec, one.language, one.title) for one in subtitles] == [
        (2, "srt", "eng", "Subs Label")
    ]


def test_hdr_is_neither_grey_nor_burnt_out(clips, tmp_path):
    """A telephone's HLG clip: after tone mapping its levels are those of a picture on a screen."""
    source = clips / "phone_portrait_rot90_hevc10_hlg_1080p.mp4"
    rung = smallest_rung(source, probing.probe(source), tmp_path)
    with av.open(str(rung)) as opened:
        opened.seek(1_000_000)
        histogram = next(opened.decode(video=0)).to_image().convert("L").histogram()
    pixels = sum(histogram)
    assert sum(histogram[:8]) / pixels < 0.2
    assert sum(histogram[248:]) / pixels < 0.05
    assert sum(histogram[60:200]) / pixels > 0.3
