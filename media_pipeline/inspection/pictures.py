"""What a film's picture is like: told by frames that were really decoded, where it can be."""

from fractions import Fraction
from typing import Any

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from media_pipeline.inspection.timing import Times

FRAMES_TRIED = 12  # at the beginning, and again in the middle
TRANSFERS = {16: "pq", 18: "hlg"}  # ITU-T H.273, table 3
FULL_RANGE = 2  # as PyAV counts
OLD_FULL_RANGE = "yuvj"  # the same, in names that ffmpeg has given up
MOST_STRETCHED = 4  # what claims more than that isn't believed
# The usual decoders of these throw the transparent part away.
DECODERS_OF_ALPHA = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
PROTECTED = {"encv", "drmi"}
UNDECODED: dict[str, Any] = {
    "display_width": 0,
    "display_height": 0,
    "rotation": 0,
    "frame_rate": 0.0,
    "pixel_format": "",
    "interlaced": False,
    "matrix": 2,
    "transfer": "sdr",
    "decoded": 0,
}


def from_middle(opened: InputContainer, video: VideoStream, times: Times) -> list[VideoFrame]:
    """Some frames of the middle, as far as they can be decoded."""
    frames: list[VideoFrame] = []
    second = (times.first + times.end) / 2
    try:
        opened.seek(int(second / (video.time_base or 1)), stream=video, backward=True)
        for packet in opened.demux(video):
            try:
                frames += packet.decode()
            except av.FFmpegError:
                continue
            if len(frames) >= FRAMES_TRIED:
                break
    except (av.FFmpegError, ValueError):
        pass
    return frames[:FRAMES_TRIED]


def facts_of(video: VideoStream, frames: list[VideoFrame], times: Times) -> dict[str, Any]:
    """Of a decoded frame, which knows more than the file's header; nearly nothing without one."""
    known = video.codec_context is not None
    facts = UNDECODED | {
        "index": video.index,
        "codec": video.codec_context.name if known else "unknown",
        "width": video.width if known else 0,
        "height": video.height if known else 0,
        "frames": times.count,
        "protected": times.is_encrypted or (known and video.codec_context.codec_tag in PROTECTED),
    }
    if not frames:
        return facts
    frame = frames[0]
    width, height = _as_shown(video, frame)
    return facts | {
        "width": frame.width,
        "height": frame.height,
        "display_width": width,
        "display_height": height,
        "rotation": int(frame.rotation),
        "frame_rate": round(times.rate, 3),
        "variable_rate": times.is_variable,
        "interlaced": any(one.interlaced_frame for one in frames),
        "decoded": len(frames),
        **_colours_of(frame),
        **_transparency_of(video, frame),
    }


def _colours_of(frame: VideoFrame) -> dict[str, Any]:
    name = frame.format.name
    return {
        "pixel_format": name,
        "bit_depth": max((one.bits for one in frame.format.components), default=8),
        "matrix": int(frame.colorspace),
        "primaries": int(frame.color_primaries),
        "curve": int(frame.color_trc),
        "transfer": TRANSFERS.get(int(frame.color_trc), "sdr"),
        "full_range": int(frame.color_range) == FULL_RANGE or name.startswith(OLD_FULL_RANGE),
    }


def _transparency_of(video: VideoStream, frame: VideoFrame) -> dict[str, Any]:
    """A WebM file says it of the track; elsewhere the pixels have a fourth component."""
    codec = video.codec_context.name
    if video.metadata.get("alpha_mode") == "1" and codec in DECODERS_OF_ALPHA:
        return {"alpha": True, "decoder": DECODERS_OF_ALPHA[codec]}
    return {"alpha": any(one.is_alpha for one in frame.format.components)}


def _as_shown(video: VideoStream, frame: VideoFrame) -> tuple[int, int]:
    """Upright and with square pixels; no pixel is thrown away."""
    aspect = Fraction(video.sample_aspect_ratio or 1)
    if not Fraction(1, MOST_STRETCHED) <= aspect <= MOST_STRETCHED:
        aspect = Fraction(1)
    width, height = frame.width, frame.height
    if aspect > 1:
        width = round(width * aspect)
    else:
        height = round(height / aspect)
    lies_on_its_side = round(frame.rotation / 90) % 2 == 1
    return (height, width) if lies_on_its_side else (width, height)
