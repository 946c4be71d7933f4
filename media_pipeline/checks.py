"""What makes a file impossible to accept. Facts only; whether it is any good is for people."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from media_pipeline import limits
from media_pipeline.probing import Probe, VideoFacts

INCOMPLETE_BELOW = 0.9  # of the seconds that the file says it has


def refusal_of(probe: Probe) -> str | None:
    """The sentence for the merchant: what is wrong with the file and what to do; or None."""
    return next(_reasons(probe), None)


def _reasons(probe: Probe) -> Iterator[str]:
    """All that is wrong, the most telling first."""
    if not probe.container:
        yield _of_another_kind(probe.kind)
    elif not probe.readable:
        yield _(
            "This file is damaged or incomplete: it can't be opened. Upload it again from the "
            "original, or export it as MP4 (H.264)."
        )
    elif probe.streams > limits.max_streams():
        yield _("This file has too many tracks. Export it with one picture and one sound track.")
    elif probe.video is None:
        yield _("This file has no picture, only sound. Choose the video itself.")
    else:
        yield from _wrong_picture(probe.video)
        yield from _wrong_length(probe)


def _of_another_kind(kind: str) -> str:
    return {
        "picture": _("This is a picture, not a video. Choose the video itself."),
        "sound": _("This file has no picture, only sound. Choose the video itself."),
        "archive": _("This is an archive. Unpack it and upload the video that is in it."),
        "playlist": _(
            "This is a list of other files, not a video. Choose the video itself, or export it "
            "as MP4 (H.264)."
        ),
        "document": _("This is a document, not a video. Choose the video itself."),
    }.get(
        kind, _("This is not a video file that we know. Export it as MP4 (H.264) and upload that.")
    )


def _wrong_picture(video: VideoFacts) -> Iterator[str]:
    size = (video.width, video.height)
    shown = (video.display_width, video.display_height)
    if video.width * video.height > limits.max_pixels() or max(*size, *shown) > (
        limits.max_long_edge()
    ):
        yield _("The picture is larger than 8K. Export it at 1920 × 1080 and upload that.")
    if video.protected:
        yield _(
            "This file is protected against copying, so we can't play it. Upload your own "
            "original without protection."
        )
    if not video.has_base:
        yield _(
            "The colours of this file can only be shown by Dolby Vision devices (profile "
            "%(profile)s). Export it as HDR10, HLG or SDR and upload that."
        ) % {"profile": video.dolby_vision}
    if not video.decoded:
        yield _(
            "We can't decode this file's picture (%(codec)s): it is damaged, or in a format that "
            "browsers and we don't know. Export it as MP4 (H.264) and upload that."
        ) % {"codec": video.codec}
    elif min(shown) < settings.VIDEO_MIN_SHORT_EDGE:
        yield _(
            "The picture is %(width)s × %(height)s pixels; its shorter side must have "
            "%(least)s or more. Export it larger, or upload the original."
        ) % {
            "width": video.display_width,
            "height": video.display_height,
            "least": settings.VIDEO_MIN_SHORT_EDGE,
        }


def _wrong_length(probe: Probe) -> Iterator[str]:
    is_cut_short = probe.video is not None and probe.video.frames > limits.max_frames()
    seconds = max(probe.seconds, probe.declared_seconds) if is_cut_short else probe.seconds
    if seconds > settings.VIDEO_MAX_SECONDS:
        yield _(
            "This video is %(minutes)d min %(seconds)02d s long; a product video may have 3 "
            "minutes. Cut it and upload it again."
        ) % {"minutes": seconds // 60, "seconds": seconds % 60}
    if is_cut_short:
        yield _(
            "This file has more than %(most)d pictures, which three minutes can't need. Export it "
            "at 60 pictures a second or fewer."
        ) % {"most": limits.max_frames()}
    if seconds < probe.declared_seconds * INCOMPLETE_BELOW - 1:
        yield _(
            "This file is incomplete: it says that it has %(declared)d seconds, but only "
            "%(there)d are there. Upload it again from the original."
        ) % {"declared": probe.declared_seconds, "there": seconds}
