"""The part of probing that touches the file. Runs in a process of its own (see probing.py);
knows PyAV, and neither Django nor the database."""

from collections.abc import Iterable
from typing import Any

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from media_pipeline.probing import FRAMES_TRIED, MAX_PIXELS, MAX_STREAMS, container_family

TRANSFERS = {16: "pq", 18: "hlg"}  # ITU-T H.273, table 3
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


def inspect(path: str, *, container: str) -> dict[str, Any]:
    """The facts of `Probe`, but its container, as plain values."""
    facts: dict[str, Any] = {"readable": False, "video": None, "audio": None}
    try:
        with av.open(
            f"file:{path}",
            format=container,
            options={
                "protocol_whitelist": "file",
                "format_whitelist": container_family(container),
                "max_streams": str(MAX_STREAMS + 1),
                "analyzeduration": "10000000",
                "probesize": "20000000",
            },
        ) as opened:
            facts |= _facts_of(opened)
    except (av.FFmpegError, ValueError) as error:
        facts["complaint"] = getattr(error, "strerror", None) or type(error).__name__
    return facts


def _facts_of(opened: InputContainer) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "readable": True,
        "streams": len(opened.streams),
    }
    video = _main_picture(opened.streams.video)
    if video is None or len(opened.streams) > MAX_STREAMS:
        return facts
    facts["declared_seconds"] = _declared_seconds(opened, video)
    if video.codec_context is None or video.width * video.height > MAX_PIXELS:
        return facts | {"video": _picture_facts(video, 0, [], 0.0)}
    times = _packet_times(opened)
    count, first, end = times.get(video.index, (0, 0.0, 0.0))
    frames = _tried_frames(opened, video, first, end)
    return facts | {
        "seconds": end - first,
        "video": _picture_facts(video, count, frames, end - first),
        "audio": _sound_facts(opened, times),
    }


def _declared_seconds(opened: InputContainer, video: VideoStream) -> float:
    """The picture's own where it has one: sound may go on for longer."""
    if video.duration and video.time_base:
        return float(video.duration * video.time_base)
    return (opened.duration or 0) / av.time_base


def _main_picture(streams: Iterable[VideoStream]) -> VideoStream | None:
    """The largest moving picture; cover art is none."""
    moving = [one for one in streams if not one.disposition & Disposition.attached_pic]
    return max(moving, key=_pixels, default=None)


def _pixels(video: VideoStream) -> int:
    return video.width * video.height if video.codec_context is not None else 0


def _packet_times(opened: InputContainer) -> dict[int, tuple[int, float, float]]:
    """For each stream: packets, first second, end. Reads the whole file and decodes nothing."""
    times: dict[int, tuple[int, float, float]] = {}
    for packet in opened.demux():
        if packet.pts is None or packet.is_discard:  # cut away by an edit list
            continue
        start = float(packet.pts * packet.time_base)
        end = start + float((packet.duration or 0) * packet.time_base)
        count, first, last = times.get(packet.stream.index, (0, start, end))
        times[packet.stream.index] = (count + 1, min(first, start), max(last, end))
    return times


def _tried_frames(
    opened: InputContainer, video: VideoStream, first: float, end: float
) -> list[VideoFrame]:
    """Some frames of the beginning and of the middle, as far as they can be decoded."""
    video.codec_context.options = {"max_pixels": str(MAX_PIXELS)}
    frames: list[VideoFrame] = []
    for second in (first, (first + end) / 2):
        frames += _frames_from(opened, video, second)
    return frames


def _frames_from(opened: InputContainer, video: VideoStream, second: float) -> list[VideoFrame]:
    frames: list[VideoFrame] = []
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


def _picture_facts(
    video: VideoStream, packets: int, frames: list[VideoFrame], seconds: float
) -> dict[str, Any]:
    """Of a decoded frame, which knows more than the file's header; nearly nothing without one."""
    if not frames:
        known = video.codec_context is not None
        return UNDECODED | {
            "index": video.index,
            "codec": video.codec_context.name if known else "unknown",
            "width": video.width if known else 0,
            "height": video.height if known else 0,
            "frames": packets,
        }
    frame = frames[0]
    width, height = _as_shown(video, frame)
    return {
        "index": video.index,
        "codec": video.codec_context.name,
        "width": frame.width,
        "height": frame.height,
        "display_width": width,
        "display_height": height,
        "rotation": int(frame.rotation),
        "frame_rate": round(packets / seconds, 3) if seconds > 0 else 0.0,
        "frames": packets,
        "pixel_format": frame.format.name,
        "interlaced": any(one.interlaced_frame for one in frames),
        "matrix": int(frame.colorspace),
        "transfer": TRANSFERS.get(int(frame.color_trc), "sdr"),
        "decoded": len(frames),
    }


def _as_shown(video: VideoStream, frame: VideoFrame) -> tuple[int, int]:
    """Upright and with square pixels; no pixel is thrown away."""
    aspect = float(video.sample_aspect_ratio or 1)
    width, height = frame.width, frame.height
    if aspect > 1:
        width = round(width * aspect)
    else:
        height = round(height / aspect)
    return (height, width) if int(frame.rotation) % 180 else (width, height)


def _sound_facts(
    opened: InputContainer, times: dict[int, tuple[int, float, float]]
) -> dict[str, Any] | None:
    """The first sound track that has packets and a decoder."""
    for audio in opened.streams.audio:
        _, first, end = times.get(audio.index, (0, 0.0, 0.0))
        if end > first and audio.codec_context is not None:
            return {
                "index": audio.index,
                "codec": audio.codec_context.name,
                "channels": audio.channels,
                "sample_rate": audio.sample_rate,
                "seconds": end - first,
            }
    return None
