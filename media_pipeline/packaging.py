"""How renditions are offered to players: HLS playlists over single CMAF files, by byte range.

One file holds a rung: its header, an index (`sidx`) and its segments. The same file is played as
it is by a plain <video>, segment by segment by HLS, and could be by DASH; nothing is stored
twice. Playlists are written from the database, so they can't disagree with it.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

MASTER = "master.m3u8"


class BrokenFileError(Exception):
    """What the encoder left isn't a whole indexed CMAF file."""


@dataclass(frozen=True, slots=True)
class Segment:
    offset: int
    """First byte in the file."""
    size: int
    """Bytes."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Index:
    init_size: int
    """Bytes of the header (ftyp and moov), which a player needs before any segment."""
    segments: tuple[Segment, ...]
    size: int
    """Bytes of the whole file."""
    codecs: str
    """As players want to know them (RFC 6381)."""

    @property
    def seconds(self) -> float:
        return sum(segment.seconds for segment in self.segments)

    @property
    def bandwidth(self) -> int:
        """Bits a second of the most expensive segment."""
        return round(max(8 * segment.size / segment.seconds for segment in self.segments))

    @property
    def average_bandwidth(self) -> int:
        return round(8 * sum(segment.size for segment in self.segments) / self.seconds)


class Playable(Protocol):
    """What a playlist needs to know of a rendition: a `Rendition`, as models.py has it."""

    name: str
    width: int
    height: int
    bandwidth: int
    average_bandwidth: int
    codecs: str
    init_size: int
    segments: Sequence[Sequence[float]]


def read_index(path: Path) -> Index:
    """Reads a fragmented MP4's index and holds it against the file: every segment is where the
    index says, and the last ends where the file does. Raises BrokenFileError."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        boxes = list(_boxes(stream, size))
        kinds = [box[0] for box in boxes]
        if kinds[:3] != [b"ftyp", b"moov", b"sidx"] or kinds[-1] != b"mdat":
            raise BrokenFileError(f"Unexpected structure: {kinds[:4]} … {kinds[-1:]}")
        index = _index_of(stream, boxes)
    starts = {offset for kind, offset, _ in boxes if kind == b"moof"}
    if {segment.offset for segment in index.segments} != starts:
        raise BrokenFileError("The index does not point at the segments.")
    last = index.segments[-1]
    if last.offset + last.size != size:
        raise BrokenFileError("The file does not end where its last segment does.")
    return index


def master_playlist(renditions: Sequence[Playable], frame_rate: float) -> str:
    """HLS's list of rungs. The first is what a player begins with while it can't know better:
    the one nearest to 2 Mbit/s."""
    ordered = sorted(renditions, key=lambda one: abs(one.bandwidth - 2_000_000))
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for one in ordered:
        lines.append(
            f"#EXT-X-STREAM-INF:BANDWIDTH={one.bandwidth},"
            f"AVERAGE-BANDWIDTH={one.average_bandwidth},"
            f'CODECS="{one.codecs}",RESOLUTION={one.width}x{one.height},'
            f"FRAME-RATE={frame_rate:.3f}"
        )
        lines.append(f"{one.name}.m3u8")
    return "\n".join(lines) + "\n"


def media_playlist(rendition: Playable) -> str:
    """HLS's list of one rung's segments: all in one file, by byte range."""
    longest = max(seconds for _, _, seconds in rendition.segments)
    file = f"{rendition.name}.mp4"
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{max(1, round(longest))}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f'#EXT-X-MAP:URI="{file}",BYTERANGE="{rendition.init_size}@0"',
    ]
    for offset, size, seconds in rendition.segments:
        lines += [f"#EXTINF:{seconds:.5f},", f"#EXT-X-BYTERANGE:{size}@{offset}", file]
    return "\n".join([*lines, "#EXT-X-ENDLIST"]) + "\n"


def _boxes(stream: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int]]:
    """(kind, offset, bytes) of each box at the top level."""
    offset = 0
    while offset < size:
        stream.seek(offset)
        header = stream.read(16)
        if len(header) < 8:
            raise BrokenFileError("The file ends within a box.")
        length, kind = struct.unpack(">I4s", header[:8])
        if length == 1 and len(header) == 16:
            (length,) = struct.unpack(">Q", header[8:])
        if length < 8 or offset + length > size:
            raise BrokenFileError("A box is longer than the file.")
        yield kind, offset, length
        offset += length


def _index_of(stream: BinaryIO, boxes: list[tuple[bytes, int, int]]) -> Index:
    """From the first `sidx`, which is the picture's (ISO/IEC 14496-12, 8.16.3)."""
    _, start, length = next(box for box in boxes if box[0] == b"sidx")
    _, moov_start, moov_length = boxes[1]
    stream.seek(moov_start)
    codecs = _codecs(stream.read(moov_length))
    stream.seek(start)
    data = stream.read(length)
    wide = data[8] == 1
    (timescale,) = struct.unpack_from(">I", data, 16)
    (first_offset,) = struct.unpack_from(">Q" if wide else ">I", data, 28 if wide else 24)
    at = 36 if wide else 28
    (count,) = struct.unpack_from(">H", data, at + 2)
    segments = []
    offset = start + length + first_offset
    for entry in range(count):
        size, ticks = struct.unpack_from(">II", data, at + 4 + 12 * entry)
        segments.append(Segment(offset=offset, size=size, seconds=ticks / timescale))
        offset += size
    if not segments or not all(segment.seconds > 0 for segment in segments):
        raise BrokenFileError("The index is empty.")
    return Index(
        init_size=moov_start + moov_length,
        segments=tuple(segments),
        size=boxes[-1][1] + boxes[-1][2],
        codecs=codecs,
    )


def _codecs(moov: bytes) -> str:
    """Profile, constraints and level stand in the decoder's configuration (avcC)."""
    at = moov.find(b"avcC")
    if at < 0:
        raise BrokenFileError("There is no H.264 in it.")
    picture = f"avc1.{moov[at + 5 : at + 8].hex()}"
    return f"{picture},mp4a.40.2" if b"mp4a" in moov else picture
