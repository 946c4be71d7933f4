"""A rendition's sound as engines that understand speech want it."""

from collections.abc import Callable
from pathlib import Path

import ffmpeg

from media_pipeline import sandbox
from media_pipeline.encoding.running import run

RATE = 16_000
LIMITS = sandbox.Limits(memory=2 * 2**30, cpu_seconds=60, wall_seconds=120, file_size=50 * 2**20)


def extract(
    rendition: Path, folder: Path, sound_format: str, *, on_progress: Callable[[float], None]
) -> Path:
    """A file in the folder: one channel of 16 bits, 16,000 times a second, in ffmpeg's format of
    that name. In step with the rendition. Raises EncodingFailedError."""
    path = folder / f"sound.{sound_format}"
    opened = ffmpeg.input(f"file:{rendition}", f="mov", protocol_whitelist="file,pipe")
    output = opened.audio.output(path.name, f=sound_format, acodec="pcm_s16le", ac=1, ar=RATE)
    run(output, folder=folder, limits=LIMITS, on_progress=on_progress, reads=[rendition])
    return path
