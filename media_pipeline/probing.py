"""What a file is: measured, not believed. PyAV reads it in a process of its own, under limits,
because files come from strangers and demuxers are large; the answer comes back as JSON."""

import json
import signal
import subprocess
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from media_pipeline import limits, sandbox
from media_pipeline.containers import HEAD, container_of, kind_of

UNKNOWN = 2  # as ITU-T H.273 counts, of primaries, transfer and matrix alike


@dataclass(frozen=True, slots=True)
class VideoFacts:
    index: int
    """Which stream of the file it is."""
    codec: str
    width: int
    """Pixels as stored."""
    height: int
    display_width: int
    """Pixels as it should be seen: upright, with square pixels."""
    display_height: int
    rotation: int
    """Degrees, as a telephone notes it; the encoder turns the picture upright."""
    frame_rate: float
    """Frames a second, counted; where the rate varies, those of the busiest second."""
    frames: int
    pixel_format: str
    interlaced: bool
    matrix: int
    """How colours were made numbers, as ITU-T H.273 counts; 2 is unknown."""
    transfer: str
    """'pq' or 'hlg' where the picture is HDR, else 'sdr'."""
    decoded: int
    """How many of the frames that were tried could be decoded."""
    variable_rate: bool = False
    bit_depth: int = 8
    alpha: bool = False
    """Whether one can see through it."""
    full_range: bool = False
    """Whether all numbers are used: 0 is black and 255 white (in 8 bits)."""
    primaries: int = UNKNOWN
    """Which red, green and blue the numbers mean, as ITU-T H.273 counts."""
    curve: int = UNKNOWN
    """How light was made numbers, as ITU-T H.273 counts."""
    start: float = 0.0
    """Seconds from where the file begins to its first picture."""
    decoder: str = ""
    """ffmpeg's name of the decoder that must be used, where it isn't the usual one."""
    dolby_vision: int | None = None
    """Its profile."""
    has_base: bool = True
    """Whether a Dolby Vision picture has a layer that others can show."""
    protected: bool = False
    """Encrypted; whoever sold it has the key."""


@dataclass(frozen=True, slots=True)
class AudioFacts:
    index: int
    codec: str
    channels: int
    sample_rate: int
    seconds: float
    start: float = 0.0
    """Seconds from the first picture to the first sound; negative where sound comes first."""


@dataclass(frozen=True, slots=True)
class Track:
    """One of the sound tracks that the file has."""

    index: int
    codec: str
    channels: int
    language: str
    """As the file says it, mostly three letters; empty where it doesn't."""
    default: bool


@dataclass(frozen=True, slots=True)
class Subtitles:
    index: int
    codec: str
    language: str
    title: str


# How a process ends that the file itself brought down: too much work, or a broken demuxer.
ITS_FAULT = {
    signal.SIGXCPU,
    signal.SIGSEGV,
    signal.SIGABRT,
    signal.SIGBUS,
    signal.SIGFPE,
    signal.SIGILL,
}


@dataclass(frozen=True, slots=True)
class Chapter:
    start: float
    """Seconds, of what is shown."""
    end: float
    title: str


@dataclass(frozen=True, slots=True)
class Probe:
    container: str
    """ffmpeg's name of the demuxer; empty where the file is nothing that we know."""
    readable: bool = False
    """Whether it could be opened as what it says that it is."""
    complaint: str = ""
    declared_seconds: float = 0.0
    seconds: float = 0.0
    """From the first picture to the end of the last."""
    streams: int = 0
    video: VideoFacts | None = None
    audio: AudioFacts | None = None
    tracks: list[Track] = field(default_factory=list)
    subtitles: list[Subtitles] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)
    kind: str = ""
    """What it is where it isn't a video: 'picture', 'sound', 'archive', 'playlist', 'document'."""

    def as_facts(self) -> dict[str, Any]:
        """For `Source.facts`."""
        return asdict(self)

    @classmethod
    def from_facts(cls, facts: dict[str, Any]) -> "Probe":
        """What `as_facts` kept."""
        video, audio = facts.get("video"), facts.get("audio")
        return cls(
            **facts
            | {
                "video": VideoFacts(**video) if video else None,
                "audio": AudioFacts(**audio) if audio else None,
                "tracks": [Track(**one) for one in facts.get("tracks", [])],
                "subtitles": [Subtitles(**one) for one in facts.get("subtitles", [])],
                "chapters": [Chapter(**one) for one in facts.get("chapters", [])],
            }
        )


class ProbingFailedError(Exception):
    """It wasn't the file's fault: the process was killed, or didn't get its turn."""


def probe(path: Path) -> Probe:
    """Looks into the file. Never raises for what is in it: what can't be read says so. Raises
    ProbingFailedError."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    container = container_of(head)
    if not container:
        return Probe(container="", kind=kind_of(head))
    allowed = limits.for_probing()
    with tempfile.TemporaryFile() as stderr:
        process = sandbox.start_module(
            "media_pipeline.inspection",
            *(container, str(path.resolve())),
            *map(str, (limits.max_streams(), limits.max_pixels(), limits.max_frames())),
            limits=allowed,
            stderr=stderr,
            reads=[path],
        )
        try:
            output, _ = process.communicate(timeout=allowed.wall_seconds)
        except subprocess.TimeoutExpired as error:
            raise ProbingFailedError("It took too long to read.") from error
        finally:
            sandbox.stop(process)
        if -process.returncode in ITS_FAULT:
            name = signal.Signals(-process.returncode).name
            return Probe(container=container, complaint=f"Reading it ended with {name}.")
        if process.returncode != 0:
            stderr.seek(0)
            said = stderr.read().decode(errors="replace")[-2000:]
            raise ProbingFailedError(f"Reading it ended with {process.returncode}. {said}")
    return Probe.from_facts({"container": container, "kind": kind_of(head)} | json.loads(output))
