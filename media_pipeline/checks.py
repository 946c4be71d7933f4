"""What makes a file impossible to accept. Facts only; whether it is any good is for people."""

from django.conf import settings
from django.utils.translation import gettext as _

from media_pipeline.probing import MAX_PIXELS, MAX_STREAMS, Probe

INCOMPLETE_BELOW = 0.9  # of the seconds that the file says it has


def refusal_of(probe: Probe) -> str | None:
    """The sentence for the merchant: what is wrong with the file and what to do; or None."""
    return _not_a_video(probe) or _wrong_picture(probe) or _wrong_length(probe)


def _not_a_video(probe: Probe) -> str | None:
    if not probe.container:
        return _("This is not a video file that we know. Export it as MP4 (H.264) and upload that.")
    if not probe.readable:
        return _(
            "This file is damaged or incomplete: it can't be opened. Upload it again from the "
            "original, or export it as MP4 (H.264)."
        )
    if probe.streams > MAX_STREAMS:
        return _("This file has too many tracks. Export it with one picture and one sound track.")
    if probe.video is None:
        return _("This file has no picture, only sound. Choose the video itself.")
    return None


def _wrong_picture(probe: Probe) -> str | None:
    video = probe.video
    if video is None:
        return None
    if video.width * video.height > MAX_PIXELS:
        return _("The picture is larger than 8K. Export it at 1920 × 1080 and upload that.")
    if not video.decoded:
        return _(
            "We can't decode this file's picture (%(codec)s): it is damaged, or in a format that "
            "browsers and we don't know. Export it as MP4 (H.264) and upload that."
        ) % {"codec": video.codec}
    short = min(video.display_width, video.display_height)
    if short < settings.VIDEO_MIN_SHORT_EDGE:
        return _(
            "The picture is %(width)s × %(height)s pixels; its shorter side must have "
            "%(least)s or more. Export it larger, or upload the original."
        ) % {
            "width": video.display_width,
            "height": video.display_height,
            "least": settings.VIDEO_MIN_SHORT_EDGE,
        }
    return None


def _wrong_length(probe: Probe) -> str | None:
    if probe.seconds > settings.VIDEO_MAX_SECONDS:
        return _(
            "This video is %(minutes)d min %(seconds)02d s long; a product video may have 3 "
            "minutes. Cut it and upload it again."
        ) % {"minutes": probe.seconds // 60, "seconds": probe.seconds % 60}
    if probe.seconds < probe.declared_seconds * INCOMPLETE_BELOW - 1:
        return _(
            "This file is incomplete: it says that it has %(declared)d seconds, but only "
            "%(there)d are there. Upload it again from the original."
        ) % {"declared": probe.declared_seconds, "there": probe.seconds}
    return None
