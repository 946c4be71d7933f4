"""What else comes out of an encode's one decode, for the checks that follow (analysis/material.py
says what is in each file); and small things made of our own renditions afterwards."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ffmpeg

from media_pipeline import sandbox
from media_pipeline.analysis.material import (
    CHECKS,
    DETAIL_SECONDS,
    DETAIL_SIDE,
    DETAILS,
    FRAMES,
    MOTION,
    MOTION_HEIGHT,
    MOTION_WIDTH,
)
from media_pipeline.encoding.running import run

LIMITS = sandbox.Limits(memory=2 * 2**30, cpu_seconds=60, wall_seconds=120, file_size=100 * 2**20)
JPEG_QUALITY = 4  # ffmpeg's scale: 2 is best, 31 worst
EXCERPTS = 4
EXCERPT_SECONDS = 1.5


def fields(picture: Any, seconds: float) -> Any:
    """An output: what ffmpeg's detector of half pictures thinks of every frame of the source, in
    checks.txt. Only its opinion is kept."""
    judged = picture.filter("idet").filter(
        "metadata", mode="print", key="lavfi.idet.single.current_frame", file=CHECKS
    )
    return ffmpeg.output(judged, "-", f="null", t=seconds)


def details(picture: Any, seconds: float) -> Any:
    """An output: the middle of a frame now and then, grey, pixel for pixel."""
    middle = picture.filter("fps", f"1/{DETAIL_SECONDS}", round="up", eof_action="pass").filter(
        "crop", f"min(iw,{DETAIL_SIDE})", f"min(ih,{DETAIL_SIDE})"
    )
    return ffmpeg.output(
        middle.filter("format", "gray"), DETAILS, f="image2pipe", **{"c:v": "pgm"}, t=seconds
    )


def frames(picture: Any, seconds: float) -> Any:
    """An output: one JPEG for each second, of that very second; one even where there is less."""
    one_a_second = picture.filter("fps", "1", round="up", eof_action="pass")
    # JPEG uses the full range. Said by a filter of its own, or ffmpeg agrees with itself that all
    # that this picture is a copy of, rungs and all, has it too.
    one_a_second = one_a_second.filter("scale", in_range="tv", out_range="pc")
    one_a_second = one_a_second.filter("format", "yuvj420p")
    return ffmpeg.output(
        one_a_second, FRAMES, f="mjpeg", **{"c:v": "mjpeg", "q:v": JPEG_QUALITY}, t=seconds
    )


def motion(picture: Any, seconds: float) -> Any:
    """An output: every frame, tiny."""
    tiny = picture.filter("scale", MOTION_WIDTH, MOTION_HEIGHT, flags="area")
    return ffmpeg.output(tiny.filter("format", "rgb24"), MOTION, f="rawvideo", t=seconds)


def grab_frames(
    rendition: Path, seconds: Sequence[float], folder: Path, *, on_progress: Callable[[float], None]
) -> list[tuple[float, Path]]:
    """(second, PNG file in the folder) of our own rendition at those seconds; what lies behind
    its end is left out."""
    found = []
    for number, second in enumerate(seconds):
        path = folder / f"still-{number}.png"
        frame = ffmpeg.input(f"file:{rendition}", f="mov", ss=f"{second:.3f}").video
        _run(
            frame.output(path.name, vframes=1, f="image2", update=1), rendition, folder, on_progress
        )
        if path.exists():
            found.append((second, path))
        on_progress((number + 1) / len(seconds))
    return found


def make_preview(
    rendition: Path,
    seconds: float,
    folder: Path,
    *,
    on_progress: Callable[[float], None],
) -> Path:
    """Some excerpts of our own rendition in one short, small and silent MP4."""
    path = folder / "preview.mp4"
    excerpts = [
        ffmpeg.input(f"file:{rendition}", f="mov", ss=f"{start:.3f}", t=f"{length:.3f}").video
        for start, length in excerpts_of(seconds)
    ]
    joined = ffmpeg.concat(*(one.filter("setpts", "PTS-STARTPTS") for one in excerpts), v=1, a=0)
    options = {"c:v": "libx264", "preset": "veryfast", "crf": 30, "movflags": "+faststart"}
    _run(
        ffmpeg.output(joined, path.name, f="mp4", **options, map_metadata=-1),
        rendition,
        folder,
        on_progress,
    )
    return path


def excerpts_of(seconds: float) -> list[tuple[float, float]]:
    """(start, length) in seconds of what a preview shows, spread over the video."""
    if seconds <= EXCERPTS * EXCERPT_SECONDS:
        return [(0.0, seconds)]
    part = seconds / EXCERPTS
    return [((n + 0.5) * part - EXCERPT_SECONDS / 2, EXCERPT_SECONDS) for n in range(EXCERPTS)]


def _run(output: Any, rendition: Path, folder: Path, on_progress: Callable[[float], None]) -> None:
    run(output, folder=folder, limits=LIMITS, on_progress=on_progress, reads=[rendition])
