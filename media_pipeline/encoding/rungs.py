"""One ffmpeg process decodes a source once and makes every rung of it.

Each rung is scaled from the one above it; the sound is encoded once and goes into all of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg
from django.conf import settings
from django.utils.translation import gettext as _

from media_pipeline import ladder, limits
from media_pipeline.encoding import extracts, pictures, sound
from media_pipeline.encoding.running import EncodingFailedError, opened, run
from media_pipeline.errors import MediaRefusedError
from media_pipeline.ladder import Rung, even_frame_rate
from media_pipeline.probing import Probe

KEY_FRAME_SECONDS = 2
TOO_DAMAGED = "exceeds maximum"  # ffmpeg's words where two of three packets can't be decoded
H264 = {
    "c:v": "libx264",
    "preset": "veryfast",
    "crf": 23,
    "profile:v": "high",
    "sc_threshold": 0,
}
AV1 = {"c:v": "libsvtav1", "preset": 8, "crf": 38, "svtav1-params": "enable-force-key-frames=1"}


@dataclass(frozen=True, slots=True)
class Job:
    source: Path
    probe: Probe
    loudness: sound.Loudness | None
    """None where there is no sound."""
    rungs: Sequence[Rung]
    folder: Path
    """Where the files go: '<rung's name>.mp4' each, and what extracts.py makes."""
    with_extracts: bool = True
    codec: str = "h264"
    """Or 'av1': smaller at the same quality, and slow to make."""


def encode(job: Job, *, on_progress: Callable[[float], None]) -> None:
    """Makes all rungs. `on_progress` is called about every second with how much is done (0 to
    1); whatever it raises stops ffmpeg and comes out here. Raises EncodingFailedError, or
    MediaRefusedError where it's the file that is to blame."""
    seconds = job.probe.seconds
    try:
        run(
            *_outputs(job),
            folder=job.folder,
            limits=limits.for_encoding(seconds),
            on_progress=on_progress,
            seconds=seconds,
            reads=[job.source],
        )
    except EncodingFailedError as error:
        if TOO_DAMAGED not in error.log:
            raise
        raise MediaRefusedError(
            _(
                "This file is damaged: most of its pictures can't be decoded. Upload it again from "
                "the original."
            )
        ) from error


def frame_rate_of(probe: Probe) -> float:
    """Frames a second that the rungs have."""
    numerator, denominator = even_frame_rate(probe.video.frame_rate if probe.video else 0)
    return numerator / denominator


def _outputs(job: Job) -> list[Any]:
    """All that one decode makes. Raises EncodingFailedError where there is no picture."""
    video = job.probe.video
    if video is None:
        raise EncodingFailedError("There is no picture to encode.")
    streams_in = opened(
        job.source,
        job.probe.container,
        max_pixels=limits.max_pixels(),
        **pictures.input_options(video),
    )
    source, others = streams_in[str(video.index)], []
    if job.with_extracts:
        source, judged = _copies(source, 2)
        others.append(extracts.fields(judged, job.probe.seconds))
    best = pictures.evened(source, video, job.rungs[0])
    streams, extracted = _down_the_ladder(best, job)
    if job.probe.audio:
        streams.append(_sound(streams_in[str(job.probe.audio.index)], job))
    rungs = ffmpeg.output(
        *streams,
        _files(job.rungs, has_sound=job.probe.audio is not None),
        f="tee",
        t=f"{job.probe.seconds:.3f}",
        **_codec_options(job),
    )
    return [rungs, *others, *extracted]


def _down_the_ladder(picture: Any, job: Job) -> tuple[list[Any], list[Any]]:
    """A stream for each rung's encoder, best first, and the other outputs: pictures to look at
    from the rung that pages play, and what needs every frame from the smallest."""
    streams: list[Any] = []
    others: list[Any] = []
    looked_at = ladder.progressive_of(job.rungs)
    for number, rung in enumerate(job.rungs):
        if number:
            picture = picture.filter(
                "scale", rung.width, rung.height, flags="bicubic", out_range="tv"
            )
        is_last = rung is job.rungs[-1]
        takers: list[Callable[[Any, float], Any]] = []
        if job.with_extracts and not number:
            takers.append(extracts.details)
        if job.with_extracts and rung is looked_at:
            takers.append(extracts.frames)
        if job.with_extracts and is_last:
            takers.append(extracts.motion)
        copies = _copies(picture, 1 + len(takers) + (not is_last))
        streams.append(copies[0])
        others += [
            take(copy, job.probe.seconds)
            for take, copy in zip(takers, copies[1 : 1 + len(takers)], strict=True)
        ]
        picture = copies[-1]
    return streams, others


def _copies(picture: Any, count: int) -> list[Any]:
    if count == 1:
        return [picture]
    parts = picture.filter_multi_output("split", count)
    return [parts[number] for number in range(count)]


def _sound(stream: Any, job: Job) -> Any:
    """As loud as the others, in two channels."""
    stream = sound.evened(stream, job.probe)
    if job.loudness:
        for name, options in sound.filters(job.loudness):
            stream = stream.filter(name, **options)
    # Silence where the sound ends before the picture, so that every segment has both.
    return stream.filter("apad", whole_dur=f"{job.probe.seconds:.3f}")


def _codec_options(job: Job) -> dict[str, Any]:
    """Constant quality below a cap for each rung; key frames at the same instants in all."""
    options: dict[str, Any] = {
        "force_key_frames": f"expr:gte(t,n_forced*{KEY_FRAME_SECONDS})",
        "flags": "+global_header",  # the tee can't ask the encoders for it
        "map_metadata": -1,
        "map_chapters": -1,
        "threads": settings.FFMPEG_THREADS,
    }
    frames = round(frame_rate_of(job.probe) * KEY_FRAME_SECONDS)
    if job.codec == "av1":
        options |= AV1 | {"g": frames}
    else:
        options |= H264 | {"g": frames * 2}
        for number, rung in enumerate(job.rungs):
            options[f"maxrate:v:{number}"] = rung.peak_rate
            options[f"bufsize:v:{number}"] = rung.peak_rate * 2
    if job.probe.audio:
        options |= {"c:a": "aac", "b:a": sound.AUDIO_RATE, "ac": 2}
    return options


def _files(rungs: Sequence[Rung], *, has_sound: bool) -> str:
    """The tee's list of files: each one rung's picture and the sound, a fragment for each key
    frame, indexed at the front."""
    flags = "+cmaf+frag_keyframe+global_sidx+delay_moov+skip_trailer"
    sound_too = ",a:0" if has_sound else ""
    return "|".join(
        rf"[f=mp4:movflags={flags}:select=\'v:{number}{sound_too}\']{rung.name}.mp4"
        for number, rung in enumerate(rungs)
    )
