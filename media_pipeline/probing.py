"""What a file is: measured, not believed. PyAV reads it in a process of its own, under limits,
because files come from strangers and demuxers are large; the answer comes back as JSON."""

import json
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from media_pipeline import sandbox

LIMITS = sandbox.Limits(memory=3 * 2**30, cpu_seconds=60, wall_seconds=120, file_size=2**20)
MAX_STREAMS = 64
MAX_PIXELS = 8192 * 4320
FRAMES_TRIED = 12  # at the beginning, and again in the middle
CONTAINERS = {
    "mov": "MP4 or QuickTime",
    "matroska": "Matroska or WebM",
    "avi": "AVI",
    "mpegts": "MPEG transport stream",
    "mpeg": "MPEG",
    "asf": "Windows Media",
    "flv": "Flash video",
    "ogg": "Ogg",
}


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
    """Frames a second, counted."""
    frames: int
    pixel_format: str
    interlaced: bool
    matrix: int
    """How colours were made numbers, as ITU-T H.273 counts; 2 is unknown."""
    transfer: str
    """'pq' or 'hlg' where the picture is HDR, else 'sdr'."""
    decoded: int
    """How many of the frames that were tried could be decoded."""


@dataclass(frozen=True, slots=True)
class AudioFacts:
    index: int
    codec: str
    channels: int
    sample_rate: int
    seconds: float


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
            }
        )


def container_of(head: bytes) -> str:
    """The demuxer for a file that begins so, or '' for anything that isn't a video. Playlists,
    lists of files and scripts have no entry here, so they are never opened."""
    if head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}:
        return "mov"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "matroska"
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "avi"
    if head[:4] == b"\x00\x00\x01\xba":
        return "mpeg"
    if head[:3] == b"FLV":
        return "flv"
    if head[:4] == b"OggS":
        return "ogg"
    if head[:4] == b"0&\xb2u":
        return "asf"
    if head[:1] == b"G" and head[188:189] == b"G" and head[376:377] == b"G":
        return "mpegts"
    if head[4:5] == b"G" and head[196:197] == b"G":  # with time codes, as cameras write it
        return "mpegts"
    return ""


def container_family(container: str) -> str:
    """All the names under which ffmpeg lists that demuxer."""
    return {"mov": "mov,mp4,m4a,3gp,3g2,mj2", "matroska": "matroska,webm"}.get(container, container)


def probe(path: Path) -> Probe:
    """Looks into the file. Never raises for what is in it: what can't be read says so."""
    with path.open("rb") as stream:
        container = container_of(stream.read(512))
    if not container:
        return Probe(container="")
    with tempfile.TemporaryFile() as stderr:
        process = sandbox.start_module(
            "media_pipeline.probing",
            container,
            str(path.resolve()),
            limits=LIMITS,
            stderr=stderr,
            reads=[path],
        )
        try:
            output, _ = process.communicate(timeout=LIMITS.wall_seconds)
        except subprocess.TimeoutExpired:
            return Probe(container=container, complaint="It took too long to read.")
        finally:
            sandbox.stop(process)
    if process.returncode != 0:
        return Probe(container=container, complaint=_end_of(process.returncode))
    return Probe.from_facts({"container": container} | json.loads(output))


def _end_of(code: int) -> str:
    return f"Reading it ended with {signal.Signals(-code).name if code < 0 else code}."


if __name__ == "__main__":
    from media_pipeline.inspection import inspect

    print(json.dumps(inspect(sys.argv[2], container=sys.argv[1])))
