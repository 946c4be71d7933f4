"""What the makers of odd files share: rendering with ffmpeg, and surgery on MP4 boxes."""

import struct
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import imageio_ffmpeg

TAKEN = "taken"
ANY = "taken or refused"
"""For damage that is made at random: what counts is that it ends, and how."""
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
SOUND = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000")
HOLDERS = {b"moov": 8, b"trak": 8, b"mdia": 8, b"minf": 8, b"stbl": 8, b"dinf": 8} | {
    b"stsd": 16, b"dref": 16, b"avc1": 86,
}  # fmt: skip
"""Boxes that hold others, and how many bytes of their own come first."""


@dataclass(frozen=True)
class Odd:
    name: str
    make: Callable[[Path], Path]
    """Makes it in the folder."""
    fate: str = TAKEN
    """TAKEN, ANY, or how the refusal begins."""
    size: tuple[int, int] | None = None
    """Of the picture as it should be seen, where that is not 640 × 360."""


def render(
    folder: Path,
    name: str,
    *options: str,
    size: str = "640x360",
    rate: str = "25",
    seconds: float = 0.4,
    sound: tuple[str, ...] = (),
    before: tuple[str, ...] = (),
    source: str = "testsrc2=size={size}:rate={rate}",
) -> Path:
    """A clip of a moving test picture; its name's suffix decides what it becomes."""
    picture = ("-f", "lavfi", "-i", source.format(size=size, rate=rate))
    path = folder / name
    ffmpeg(*before, *picture, *sound, "-t", str(seconds), *options, str(path))
    return path


def ffmpeg(*options: str) -> None:
    """Runs it; raises where it fails."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y"]
    subprocess.run([*command, *options], check=True, capture_output=True)


def rendered(name: str, *options: str, **how: object) -> Callable[[Path], Path]:
    """A maker that renders it so."""
    return lambda folder: render(folder, name, *options, **how)  # type: ignore[arg-type]


def written(content: bytes, name: str = "video.mp4") -> Callable[[Path], Path]:
    """A maker that writes these bytes."""
    return partial(write, content=content, name=name)


def write(folder: Path, content: bytes, name: str = "video.mp4") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def plain(folder: Path, seconds: float = 0.4, *options: str) -> bytes:
    """An ordinary MP4, as bytes; its index is at the end, so that it may grow."""
    return render(folder, "plain.mp4", *H264, *options, seconds=seconds).read_bytes()


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, int, int]]:
    """(name, first byte, end) of each box between, one after another."""
    end = len(data) if end is None else end
    while start + 8 <= end:
        size, name = struct.unpack(">I4s", data[start : start + 8])
        if size < 8:
            return
        yield name, start, start + size
        start += size


def found(data: bytes, *path: bytes) -> list[tuple[int, int]]:
    """(first byte, end) of the first box of each name, from the outermost in."""
    places: list[tuple[int, int]] = []
    start, end = 0, len(data)
    for name in path:
        place = next((one[1], one[2]) for one in boxes(data, start, end) if one[0] == name)
        places.append(place)
        start, end = place[0] + HOLDERS.get(name, 8), place[1]
    return places


def replaced(data: bytes, path: tuple[bytes, ...], content: bytes) -> bytes:
    """With the box at the path replaced by `content`, and all that hold it as long as they are."""
    places = found(data, *path)
    start, end = places[-1]
    grown = len(content) - (end - start)
    result = bytearray(data[:start] + content + data[end:])
    for holder, _ in places[:-1]:
        size = struct.unpack(">I", result[holder : holder + 4])[0]
        result[holder : holder + 4] = struct.pack(">I", size + grown)
    return bytes(result)


def appended(data: bytes, path: tuple[bytes, ...], content: bytes) -> bytes:
    """With something more at the end of the box at the path."""
    start, end = found(data, *path)[-1]
    box = bytearray(data[start:end] + content)
    box[:4] = struct.pack(">I", len(box))
    return replaced(data, path, bytes(box))


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, name) + content


TRACK = (b"moov", b"trak")
SAMPLES = (*TRACK, b"mdia", b"minf", b"stbl")
