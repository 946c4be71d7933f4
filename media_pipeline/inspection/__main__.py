"""Says what `Probe` holds, but the container, in one line of JSON."""

import json
import sys
from dataclasses import dataclass
from typing import Any

import av
from av import logging
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from media_pipeline.containers import container_family
from media_pipeline.inspection import dolby, pictures, sounds, words
from media_pipeline.inspection.timing import Taster, Times, times_of

TOO_MANY_STREAMS = "max_streams"  # in ffmpeg's own words
STARTS_WITH_WHAT_IS_USED = 0x0200  # AVFMT_TS_DISCONT: ffmpeg counts from the streams it reads


@dataclass(frozen=True, slots=True)
class Most:
    """What a file may have; beyond that it isn't looked at any further."""

    streams: int
    pixels: int
    pictures: int


def inspect(path: str, *, container: str, most: Most) -> dict[str, Any]:
    """The facts as plain values."""
    facts: dict[str, Any] = {"readable": False, "video": None, "audio": None}
    logging.set_level(logging.ERROR)
    try:
        with logging.Capture() as said:
            opened = _open(path, container, most.streams)
        logging.set_level(None)
        with opened:
            facts |= _facts_of(opened, most)
    except (av.FFmpegError, ValueError, MemoryError) as error:
        facts["complaint"] = getattr(error, "strerror", None) or type(error).__name__
        if any(TOO_MANY_STREAMS in line for _level, _name, line in said):
            facts |= {"readable": True, "streams": most.streams + 1}
    if facts["video"] and (found := dolby.configuration_in(path, container)):
        facts["video"] |= {"dolby_vision": found.profile, "has_base": found.has_base}
    return facts


def _open(path: str, container: str, max_streams: int) -> InputContainer:
    return av.open(
        f"file:{path}",
        format=container,
        metadata_errors="replace",
        options={
            "protocol_whitelist": "file",
            "format_whitelist": container_family(container),
            "max_streams": str(max_streams + 1),
            "analyzeduration": "10000000",
            "probesize": "20000000",
        },
    )


def _facts_of(opened: InputContainer, most: Most) -> dict[str, Any]:
    facts: dict[str, Any] = {"readable": True, "streams": len(opened.streams)}
    video = _main_picture(opened)
    if video is None or len(opened.streams) > most.streams:
        return facts
    facts["declared_seconds"] = _declared_seconds(opened, video)
    if video.codec_context is None or video.width * video.height > most.pixels:
        return facts | {"video": pictures.facts_of(video, [], Times())}
    video.codec_context.options = {"max_pixels": str(most.pixels)}
    seen = Taster(pictures.FRAMES_TRIED)
    heard = {one.index: Taster(1) for one in opened.streams.audio if one.codec_context}
    times = times_of(opened, video.index, {video.index: seen} | heard, max_pictures=most.pictures)
    shown = times.get(video.index, Times())
    # What comes before the first frame that can be decoded will not be seen.
    first = min([one.time for one in seen.frames if one.time is not None], default=shown.first)
    first = first if abs(first - shown.first) < shown.seconds else shown.first
    frames = [*seen.frames, *pictures.from_middle(opened, video, shown)]
    can_be_heard = {index for index, taster in heard.items() if taster.frames}
    sound = sounds.main_of(opened, times, can_be_heard, first_picture=first, end=shown.end)
    begin = _beginning(opened, [video.index, *([sound["index"]] if sound else [])])
    return facts | {
        "seconds": shown.end - first,
        "video": pictures.facts_of(video, frames, shown) | {"start": round(first - begin, 6)},
        "audio": sound,
        "tracks": sounds.tracks_of(opened),
        "subtitles": words.subtitles_of(opened),
        "chapters": words.chapters_of(opened, first, shown.end),
    }


def _declared_seconds(opened: InputContainer, video: VideoStream) -> float:
    """The picture's own where it has one: sound may go on for longer."""
    if video.duration and video.time_base:
        return float(video.duration * video.time_base)
    return (opened.duration or 0) / av.time_base


def _main_picture(opened: InputContainer) -> VideoStream | None:
    """The largest moving picture; cover art is none. Of those of one size the one that the file
    itself prefers."""
    moving = [one for one in opened.streams.video if not one.disposition & Disposition.attached_pic]
    return max(moving, key=_prominence, default=None)


def _prominence(video: VideoStream) -> tuple[int, bool]:
    pixels = video.width * video.height if video.codec_context is not None else 0
    return pixels, bool(video.disposition & Disposition.default)


def _beginning(opened: InputContainer, used: list[int]) -> float:
    """What ffmpeg takes for the file's second 0 when it reads these streams of it."""
    if opened.format.flags & STARTS_WITH_WHAT_IS_USED:
        starts = [
            float(stream.start_time * stream.time_base)
            for stream in opened.streams
            if stream.index in used and stream.start_time is not None and stream.time_base
        ]
        return min(starts, default=0.0)
    return (opened.start_time or 0) / av.time_base


if __name__ == "__main__":
    container, path, *limits = sys.argv[1:]
    print(json.dumps(inspect(path, container=container, most=Most(*map(int, limits)))))
