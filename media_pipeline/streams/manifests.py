"""Reading a DASH manifest (ISO/IEC 23009-1) as a player does, down to the files' own indexes."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, fromstring

from media_pipeline.packaging import BrokenFileError
from media_pipeline.packaging.boxes import box_at
from media_pipeline.packaging.sidx import references_of
from media_pipeline.streams.media import read_bytes, read_header, read_segment

MANIFEST = "manifest.mpd"
NAMES = {"": "urn:mpeg:dash:schema:mpd:2011"}
ON_DEMAND = "urn:mpeg:dash:profile:isoff-on-demand:2011"
CLOCK = 0.05  # seconds by which the announced length may be wrong
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?")


class _Reader(Protocol):
    def text(self, address: str) -> str: ...

    def file(self, address: str) -> AbstractContextManager[Path]: ...


def check_manifest(reader: _Reader) -> Iterator[str]:
    """What is wrong with it, in sentences."""
    try:
        root = fromstring(reader.text(MANIFEST))
    except ParseError as error:
        yield f"It can't be read: {error}"
        return
    if root.tag != f"{{{NAMES['']}}}MPD" or root.get("type") != "static":
        yield "It isn't the manifest of a finished video."
    if ON_DEMAND not in root.get("profiles", ""):
        yield "It doesn't say that it is of the on-demand profile."
    length = _seconds(root.get("mediaPresentationDuration", ""))
    if not length or not _seconds(root.get("minBufferTime", "")):
        yield "It doesn't say how long it is, or how much to buffer."
    groups = root.findall("Period/AdaptationSet", NAMES)
    if not groups:
        yield "There is nothing in it."
    for group in groups:
        yield from _check_group(reader, group, length)


def _check_group(reader: _Reader, group: Element, length: float) -> Iterator[str]:
    starts = set()
    for entry in group.findall("Representation", NAMES):
        name = entry.get("id", "")
        try:
            codecs, size, seconds = _read(reader, entry)
        except (BrokenFileError, ValueError, OSError) as error:
            yield f"{name}: {error}"
            continue
        if codecs != set(entry.get("codecs", "").split(",")):
            yield f"{name}: codecs are {sorted(codecs)}."
        if size != (int(entry.get("width", 0)), int(entry.get("height", 0))):
            yield f"{name}: the picture has {size[0]}x{size[1]} pixels."
        if not int(entry.get("bandwidth", 0)):
            yield f"{name}: there is no bandwidth."
        if abs(seconds[-1] - length) > CLOCK:
            yield f"{name}: it lasts {seconds[-1]:.3f} s and not {length:.3f}."
        starts.add(tuple(seconds))
    if len(starts) > 1 and group.get("subsegmentAlignment") == "true":
        yield "Fragments aren't aligned, although it says so."


def _read(reader: _Reader, entry: Element) -> tuple[set[str], tuple[int, int], list[float]]:
    """(codecs, pixels, the seconds at which fragments begin and the last ends)."""
    address = entry.findtext("BaseURL", "", NAMES)
    base = entry.find("SegmentBase", NAMES)
    header = base.find("Initialization", NAMES) if base is not None else None
    if base is None or header is None:
        raise ValueError("There is no index.")
    first, last = _range(base.get("indexRange", ""))
    init_first, init_last = _range(header.get("range", ""))
    with reader.file(address) as path:
        start = read_header(read_bytes(path, init_first, init_last - init_first + 1))
        with path.open("rb") as stream:
            box = box_at(stream, first)
            if box is None or box.kind != b"sidx" or box.end != last + 1:
                raise BrokenFileError("indexRange isn't an index.")
            places = references_of(stream, box)
        fragments = [read_segment(read_bytes(path, *place), start) for place in places]
        if places[-1][0] + places[-1][1] != path.stat().st_size:
            raise BrokenFileError("The index ends before the file does.")
    picture = start.picture
    ends = fragments[-1].start + fragments[-1].seconds
    seconds = [round(one.start, 3) for one in fragments]
    return start.codecs, (picture.width, picture.height), [*seconds, round(ends, 3)]


def _range(value: str) -> tuple[int, int]:
    first, _, last = value.partition("-")
    return int(first), int(last)


def _seconds(value: str) -> float:
    match = _DURATION.fullmatch(value)
    if not match:
        return 0.0
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds
