"""The record in which a file says that its picture is Dolby Vision. PyAV doesn't show it, and
without it a picture whose colours only Dolby's own decoders understand looks like any other."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

LONGEST_INDEX = 64 * 2**20  # bytes of an MP4's 'moov'
MATROSKA_HEAD = 2**20
MOST_BOXES = 100_000
# A box of 32 bytes named dvcC, dvvC or dvwC; in Matroska an addition to a track of that type.
IN_MP4 = re.compile(rb"\x00\x00\x00\x20dv[cvw]C(.{5})", re.DOTALL)
IN_MATROSKA = re.compile(
    rb"\x41\xe7\x84dv[cvw]C.{0,64}?\x41\xed(?:[\x85-\xfe]|\x40.)(.{5})", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Configuration:
    profile: int
    has_base: bool
    """Whether the picture is also one that others can show (HDR10, HLG or SDR)."""


def configuration_in(path: str, container: str) -> Configuration | None:
    """What the file says of its first Dolby Vision picture, if it has one."""
    with Path(path).open("rb") as stream:
        if container == "mov":
            found = IN_MP4.search(_index_of(stream))
        elif container == "matroska":
            found = IN_MATROSKA.search(stream.read(MATROSKA_HEAD))
        else:
            found = None
    if found is None:
        return None
    record = found.group(1)  # version (2 bytes), profile (7 bits), level (6), flags (3), id (4)
    return Configuration(profile=record[2] >> 1, has_base=record[4] >> 4 != 0)


def _index_of(stream: BinaryIO) -> bytes:
    """The 'moov' box, wherever it stands among the outermost ones."""
    place = 0
    for _number in range(MOST_BOXES):
        stream.seek(place)
        header = stream.read(16)
        if len(header) < 8:
            return b""
        size = int.from_bytes(header[:4], "big")
        if size == 1:
            size = int.from_bytes(header[8:16], "big")
        if header[4:8] == b"moov":
            stream.seek(place)
            return stream.read(min(size or LONGEST_INDEX, LONGEST_INDEX))
        if size < 8:
            return b""
        place += size
    return b""
