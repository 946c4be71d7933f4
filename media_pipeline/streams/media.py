"""Reading segments as a player does: a header, and then each by itself."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from media_pipeline.packaging.boxes import (
    PICTURE,
    BrokenFileError,
    Run,
    Track,
    box_at,
    boxes_of,
    content_of,
    runs_of,
    tracks_of,
)

INSTANT = 5  # the NAL unit of a picture that needs no other (ITU-T H.264, table 7-1)
PICTURES = range(1, 6)


@dataclass(frozen=True, slots=True)
class Header:
    tracks: dict[int, Track]

    @property
    def picture(self) -> Track:
        return next(track for track in self.tracks.values() if track.kind == PICTURE)

    @property
    def codecs(self) -> set[str]:
        return {track.codec for track in self.tracks.values()}


@dataclass(frozen=True, slots=True)
class Contents:
    """What a segment has inside."""

    start: float
    """Seconds, of its picture."""
    seconds: float
    frames: int
    key_frames: list[tuple[float, int, int]]
    """For each: second, first byte of its fragment in the segment, bytes to its end."""
    clocks: dict[int, tuple[int, int]]
    """For each track: the first tick, and the one behind the last."""


def read_bytes(path: Path, first: int, size: int) -> bytes:
    """Raises BrokenFileError where not all of them are there."""
    with path.open("rb") as stream:
        stream.seek(first)
        data = stream.read(size or -1)
    if size and len(data) != size:
        raise BrokenFileError(f"Bytes {first} to {first + size} aren't all there.")
    return data


def read_header(data: bytes) -> Header:
    """Raises BrokenFileError."""
    stream = BytesIO(data)
    boxes = list(boxes_of(stream, 0, len(data)))
    if [box.kind for box in boxes] != [b"ftyp", b"moov"]:
        raise BrokenFileError("The header isn't ftyp and moov.")
    tracks = {track.number: track for track in tracks_of(content_of(stream, boxes[1]))}
    if not any(track.kind == PICTURE for track in tracks.values()):
        raise BrokenFileError("There is no picture.")
    return Header(tracks)


def read_segment(data: bytes, header: Header) -> Contents:
    """Raises BrokenFileError, also where it doesn't begin with a key frame that needs no other."""
    stream = BytesIO(data)
    boxes = [box for box in boxes_of(stream, 0, len(data)) if box.kind != b"styp"]
    if not boxes or [box.kind for box in boxes] != [b"moof", b"mdat"] * (len(boxes) // 2):
        raise BrokenFileError("A segment isn't fragments, each a moof and its mdat.")
    picture = header.picture
    key_frames: list[tuple[float, int, int]] = []
    clocks: dict[int, tuple[int, int]] = {}
    frames, seconds = 0, 0.0
    for moof in boxes[::2]:
        runs = {run.track: run for run in runs_of(content_of(stream, moof))}
        for run in runs.values():
            clocks[run.track] = _continued(clocks.get(run.track), run)
        if picture.number not in runs:
            raise BrokenFileError("A fragment has no picture.")
        shown = runs[picture.number]
        _check_instant(data[moof.offset :], shown, picture)
        second = shown.start / picture.timescale
        key_frames.append((second, moof.offset, shown.data_offset + shown.sizes[0]))
        frames += len(shown.sizes)
        seconds += shown.duration / picture.timescale
    return Contents(key_frames[0][0], seconds, frames, key_frames, clocks)


def check_key_frame(data: bytes, header: Header) -> None:
    """Whether these bytes are a fragment's header and its key frame, and not one more. Raises
    BrokenFileError."""
    stream = BytesIO(data)
    moof = box_at(stream, 0)
    if moof is None or moof.kind != b"moof" or moof.size > len(data):
        raise BrokenFileError("A key frame's bytes don't begin with a moof.")
    runs = {run.track: run for run in runs_of(content_of(stream, moof))}
    if header.picture.number not in runs:
        raise BrokenFileError("A key frame's fragment has no picture.")
    shown = runs[header.picture.number]
    if len(data) != shown.data_offset + shown.sizes[0]:
        raise BrokenFileError("A key frame's bytes aren't exactly it.")
    _check_instant(data, shown, header.picture)


def _continued(clock: tuple[int, int] | None, run: Run) -> tuple[int, int]:
    first, expected = clock or (run.start, run.start)
    if run.start != expected:
        raise BrokenFileError("Time jumps within a segment.")
    return first, run.start + run.duration


def _check_instant(fragment: bytes, run: Run, picture: Track) -> None:
    """Of H.264 every slice says it; of other codecs only the flag does."""
    if not run.starts_with_key_frame or not run.sizes:
        raise BrokenFileError("A fragment doesn't begin with a key frame.")
    if not picture.codec.startswith("avc1"):
        return
    sample = fragment[run.data_offset : run.data_offset + run.sizes[0]]
    kinds, at = [], 0
    while at + 5 <= len(sample):
        kinds.append(sample[at + 4] & 0x1F)
        at += 4 + int.from_bytes(sample[at : at + 4], "big")
    slices = [kind for kind in kinds if kind in PICTURES]
    if at != len(sample) or not slices or set(slices) != {INSTANT}:
        raise BrokenFileError("A fragment's first picture isn't an instant refresh (IDR).")
