"""The fragments of a CMAF file, one for each key frame: while the encoder still writes it, and
when it is whole."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from media_pipeline.packaging.boxes import (
    PICTURE,
    SOUND,
    Box,
    BrokenFileError,
    Run,
    Track,
    box_at,
    content_of,
    runs_of,
    sequence_of,
    size_of,
    tracks_of,
)

PROBED = 16  # bytes of the box behind a fragment's header that tell whether it is still in place


@dataclass(frozen=True, slots=True)
class Fragment:
    """A moof and its mdat: what is decoded from one key frame to the next."""

    offset: int
    """First byte in the file."""
    size: int
    """Bytes."""
    seconds: float
    """Of its picture."""
    start: float
    """Seconds: when its picture begins."""
    key_frame_size: int
    """Bytes from the first to the end of the key frame, which stands at the front."""
    header_size: int
    """Bytes of the moof."""
    number: int
    """As the encoder counts, from 1."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a player needs before any fragment: ftyp and moov."""

    size: int
    """Bytes."""
    tracks: Sequence[Track]

    @property
    def picture(self) -> Track:
        return self._of_kind(PICTURE)[0]

    @property
    def sound(self) -> Track | None:
        return next(iter(self._of_kind(SOUND)), None)

    @property
    def codecs(self) -> str:
        """As players want to know them, the picture's first."""
        return ",".join(track.codec for track in (self.picture, self.sound) if track)

    def _of_kind(self, kind: bytes) -> list[Track]:
        return [track for track in self.tracks if track.kind == kind]


def fragments_of(path: Path, start: int) -> tuple[int, list[Fragment], int]:
    """(init_size, fragments, next_start) of a file that may still grow: the bytes of its header
    (0 as long as that isn't there), the fragments that are complete from byte `start` on (0 at
    first), and where to go on the next time. At the very end the encoder makes room for an index
    at the front and moves everything; whatever is met then doesn't look like a fragment, and
    ends the list. Raises BrokenFileError for a header that we don't understand."""
    with path.open("rb") as stream:
        header = header_of(stream)
        if header is None:
            return 0, [], 0
        found = []
        offset = start or _after_indexes(stream, header)
        while (fragment := _complete_fragment(stream, header, offset)) is not None:
            found.append(fragment)
            offset = fragment.offset + fragment.size
    return header.size, found, offset


def read_fragment(path: Path, fragment: Fragment) -> bytes:
    """Its bytes. Raises BrokenFileError where the encoder, ending, has begun to move them: the
    move goes from front to back, so a front that is in place after reading says that all was."""
    with path.open("rb") as stream:
        stream.seek(fragment.offset)
        data = stream.read(fragment.size)
        stream.seek(fragment.offset)
        front = stream.read(fragment.header_size + PROBED)
    moof = data[8 : fragment.header_size]
    if len(data) != fragment.size or data[4:8] != b"moof" or not data.startswith(front):
        raise BrokenFileError("The fragment is not where it was.")
    if sequence_of(moof) != fragment.number or data[fragment.header_size + 4 :][:4] != b"mdat":
        raise BrokenFileError("The fragment is not where it was.")
    return data


def codecs_of(path: Path) -> str:
    """As players want to know them, of a file that has a header already. Raises
    BrokenFileError."""
    with path.open("rb") as stream:
        header = header_of(stream)
    if header is None:
        raise BrokenFileError("The file has no header yet.")
    return header.codecs


def header_of(stream: BinaryIO) -> Header | None:
    """The header at the front of the file; None while it isn't complete."""
    size = size_of(stream)
    offset, kinds, tracks = 0, [], []
    for _ in range(2):
        box = box_at(stream, offset)
        if box is None or box.end > size:
            return None
        kinds.append(box.kind)
        if box.kind == b"moov":
            tracks = tracks_of(content_of(stream, box))
        offset = box.end
    if kinds != [b"ftyp", b"moov"]:
        raise BrokenFileError(f"The file begins with {kinds}.")
    if [track.kind for track in tracks] not in ([PICTURE], [PICTURE, SOUND]):
        raise BrokenFileError("The file isn't one picture and at most one sound.")
    if not all(track.codec for track in tracks):
        raise BrokenFileError("The file has a codec that we don't serve.")
    return Header(size=offset, tracks=tuple(tracks))


def whole_fragments(
    stream: BinaryIO, header: Header, boxes: Sequence[Box]
) -> Iterator[tuple[Fragment, list[Run]]]:
    """Each fragment of the boxes given (moof, mdat, moof, mdat…), with its tracks' samples."""
    if [box.kind for box in boxes] != [b"moof", b"mdat"] * (len(boxes) // 2):
        raise BrokenFileError("Fragments aren't all a header and its data.")
    for moof, mdat in zip(boxes[::2], boxes[1::2], strict=True):
        yield _fragment(header, moof, mdat, content_of(stream, moof))


def _after_indexes(stream: BinaryIO, header: Header) -> int:
    """The first byte behind the header and the indexes, which only a finished file has."""
    offset = header.size
    while (box := box_at(stream, offset)) is not None and box.kind == b"sidx":
        offset = box.end
    return offset


def _complete_fragment(stream: BinaryIO, header: Header, offset: int) -> Fragment | None:
    """The one that begins there, or None where none does, or not all of it is there."""
    size = size_of(stream)
    try:
        moof = box_at(stream, offset)
        if moof is None or moof.kind != b"moof" or moof.end > size:
            return None
        mdat = box_at(stream, moof.end)
        if mdat is None or mdat.kind != b"mdat" or mdat.end > size:
            return None
        return _fragment(header, moof, mdat, content_of(stream, moof))[0]
    except (BrokenFileError, struct.error):
        return None


def _fragment(header: Header, moof: Box, mdat: Box, content: bytes) -> tuple[Fragment, list[Run]]:
    runs = runs_of(content)
    if [run.track for run in runs] not in (
        [header.picture.number],
        [track.number for track in header.tracks],
    ):
        raise BrokenFileError("A fragment has other tracks than the header.")
    picture = runs[0]
    if not picture.starts_with_key_frame or picture.key_frames != 1 or picture.duration <= 0:
        raise BrokenFileError("A fragment isn't one key frame and what follows on it.")
    _check_places(runs, moof, mdat)
    timescale = header.picture.timescale
    return Fragment(
        offset=moof.offset,
        size=moof.size + mdat.size,
        seconds=picture.duration / timescale,
        start=picture.start / timescale,
        key_frame_size=picture.data_offset + picture.sizes[0],
        header_size=moof.size,
        number=sequence_of(content),
    ), runs


def _check_places(runs: Sequence[Run], moof: Box, mdat: Box) -> None:
    """The samples must fill the data exactly, one track behind the other."""
    expected = moof.size + mdat.header
    for run in runs:
        if run.data_offset != expected:
            raise BrokenFileError("A fragment's samples aren't where it says.")
        expected += run.size
    if expected != moof.size + mdat.size:
        raise BrokenFileError("A fragment's samples don't fill it.")
