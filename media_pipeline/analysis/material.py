"""What the encoder leaves for the checks, made in the same decode as the rungs.

In one folder:
frames.mjpeg  JPEG pictures one after another, one a second, the short edge 540 pixels or less;
              number n shows second n
motion.rgb    every frame at the rungs' constant rate, as 32 × 18 pixels of three bytes
checks.txt    for every frame of the source, what ffmpeg's detector of half pictures (idet) thinks
              of it, as its filter `metadata` prints that
details.pgm   grey pictures one after another, one every three seconds: the middle of the best
              rung, pixel for pixel
job.json      duration (seconds), frame_rate, facts (`Probe.as_facts`), loudness (sound.py)
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

MOTION_WIDTH, MOTION_HEIGHT = 32, 18
DETAIL_SECONDS, DETAIL_SIDE = 3, 480
FRAMES, MOTION, CHECKS, DETAILS = "frames.mjpeg", "motion.rgb", "checks.txt", "details.pgm"
JOB = "job.json"
FILES = (FRAMES, MOTION, CHECKS, DETAILS, JOB)
_JPEG_START = b"\xff\xd8\xff"
_JPEG_END = b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding; becomes a row of `Finding`."""

    kind: str
    """A value of choices.FindingKind."""
    start: float
    end: float
    """Seconds."""
    detail: str = ""
    """What was read or measured, for people: '−31 LUFS', 'example.com'."""
    shown_at: float | None = None
    """The second whose frame shows it best; None for what can't be seen."""


@dataclass(frozen=True, slots=True)
class Frame:
    second: float
    image: Image.Image
    """RGB."""


class FrameCheck(Protocol):
    """A check that looks at one frame after another: memory stays flat."""

    def see(self, frame: Frame) -> None: ...

    def found(self) -> list[Found]: ...


class FactGatherer(Protocol):
    """Learns something from one frame after another that is no finding."""

    def see(self, frame: Frame) -> None: ...

    def fact(self) -> Any:
        """Something that JSON can hold."""


@dataclass(frozen=True)
class Material:
    folder: Path

    @cached_property
    def job(self) -> dict[str, Any]:
        job: dict[str, Any] = json.loads((self.folder / JOB).read_text())
        return job

    @property
    def duration(self) -> float:
        """Seconds."""
        return float(self.job["duration"])

    @property
    def frame_rate(self) -> float:
        """Frames a second in motion.rgb."""
        return float(self.job["frame_rate"])

    @property
    def motion(self) -> Path:
        return self.folder / MOTION

    def frames(self) -> Iterator[Frame]:
        """One a second, decoded one at a time."""
        for number, data in enumerate(jpegs_in((self.folder / FRAMES).read_bytes())):
            with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
                yield Frame(second=float(number), image=image.convert("RGB"))


def jpegs_in(data: bytes) -> Iterator[bytes]:
    """The pictures of a stream of JPEGs. An end marker can't stand inside of a picture's data
    (ITU-T T.81, B.1.1.5: a 0xFF there is followed by 0x00 or a restart marker)."""
    start = data.find(_JPEG_START)
    while start >= 0:
        end = data.find(_JPEG_END, start)
        if end < 0:
            return
        yield data[start : end + 2]
        start = data.find(_JPEG_START, end)
