"""What a finished rung has inside, and what it costs a player to load it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, NamedTuple

from media_pipeline.packaging.boxes import Box, BrokenFileError, Run, boxes_of, size_of
from media_pipeline.packaging.fragments import Fragment, Header, header_of, whole_fragments
from media_pipeline.packaging.sidx import references_of

FRAGMENTS_IN_A_SEGMENT = 2  # of two seconds each
DIGITS = 6  # of seconds: finer than any clock of ours


class Segment(NamedTuple):
    """As rows of `Rendition.segments` and `Rendition.key_frames` have it."""

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
    """What players load at a time."""
    key_frames: tuple[Segment, ...]
    """For each: where its fragment begins, the bytes to the end of the key frame itself, and the
    seconds to the next. A fragment goes on to where the next begins."""
    size: int
    """Bytes of the whole file."""
    codecs: str
    """As players want to know them (RFC 6381)."""
    width: int
    height: int
    """Pixels."""
    frames: int
    sound_seconds: float
    """0 without sound."""

    @property
    def seconds(self) -> float:
        return sum(segment.seconds for segment in self.segments)

    @property
    def bandwidth(self) -> int:
        """Bits a second at the most expensive place."""
        return peak_rate(self.segments)

    @property
    def average_bandwidth(self) -> int:
        """Bits a second over all."""
        return average_rate(self.segments)


def target_duration(segments: Sequence[Sequence[float]]) -> int:
    """Whole seconds, rounded from the longest (RFC 8216, 4.3.3.1)."""
    return max(1, int(max(seconds for _, _, seconds in segments) + 0.5))


def peak_rate(segments: Sequence[Sequence[float]]) -> int:
    """The largest bit rate of any run of segments that lasts between half of the target duration
    and one and a half of it (RFC 8216, 4.3.4.2); bits a second."""
    target = target_duration(segments)
    peak = 0.0
    for first in range(len(segments)):
        size = seconds = 0.0
        for _, more, longer in segments[first:]:
            size, seconds = size + more, seconds + longer
            if seconds > 1.5 * target:
                break
            if seconds >= 0.5 * target:
                peak = max(peak, 8 * size / seconds)
    # Of a video that is shorter than that, the average is all there is.
    return round(peak) or average_rate(segments)


def average_rate(segments: Sequence[Sequence[float]]) -> int:
    """Bits a second."""
    total = sum(seconds for _, _, seconds in segments)
    return round(8 * sum(size for _, size, _ in segments) / total)


def read_index(path: Path) -> Index:
    """Reads a whole CMAF file and holds everything in it against everything else: the index
    points at the fragments, each begins with a key frame and goes on where the one before it
    ended, in picture and sound; its samples fill it, and the last ends where the file does.
    Raises BrokenFileError."""
    with path.open("rb") as stream:
        size = size_of(stream)
        header = header_of(stream)
        if header is None:
            raise BrokenFileError("The file ends within its header.")
        boxes = list(boxes_of(stream, header.size, size))
        indexes = [box for box in boxes if box.kind == b"sidx"]
        media = boxes[len(indexes) :]
        if len(indexes) != len(header.tracks) or not media:
            raise BrokenFileError("The file has no index, or nothing but.")
        found = list(whole_fragments(stream, header, media))
        fragments = [fragment for fragment, _ in found]
        _check_references(stream, indexes, media[0].offset, fragments)
    _check_time(header, [runs for _, runs in found])
    return _index_of(header, found, size)


def segments_of(fragments: Sequence[Fragment]) -> tuple[Segment, ...]:
    """Two fragments each; the last takes a third where one is left over."""
    groups = [
        fragments[at : at + FRAGMENTS_IN_A_SEGMENT]
        for at in range(0, len(fragments), FRAGMENTS_IN_A_SEGMENT)
    ]
    if len(groups) > 1 and len(groups[-1]) < FRAGMENTS_IN_A_SEGMENT:
        groups[-2:] = [[*groups[-2], *groups[-1]]]
    return tuple(
        Segment(
            group[0].offset,
            sum(one.size for one in group),
            round(sum(one.seconds for one in group), DIGITS),
        )
        for group in groups
    )


def _index_of(header: Header, found: Sequence[tuple[Fragment, list[Run]]], size: int) -> Index:
    fragments = [fragment for fragment, _ in found]
    picture, sound = header.picture, header.sound
    sounds = [runs[1].duration for _, runs in found if len(runs) > 1]
    return Index(
        init_size=header.size,
        segments=segments_of(fragments),
        key_frames=tuple(
            Segment(one.offset, one.key_frame_size, round(one.seconds, DIGITS)) for one in fragments
        ),
        size=size,
        codecs=header.codecs,
        width=picture.width,
        height=picture.height,
        frames=sum(len(runs[0].sizes) for _, runs in found),
        sound_seconds=sum(sounds) / sound.timescale if sound else 0.0,
    )


def _check_references(
    stream: BinaryIO, indexes: Sequence[Box], first: int, fragments: Sequence[Fragment]
) -> None:
    places = [(fragment.offset, fragment.size) for fragment in fragments]
    for box in indexes:
        if references_of(stream, box) != places:
            raise BrokenFileError("The index does not point at the fragments.")
    if [one.number for one in fragments] != list(range(1, len(fragments) + 1)):
        raise BrokenFileError("The fragments aren't numbered one after another.")
    if any(one.offset + one.size != two.offset for one, two in pairwise(fragments)):
        raise BrokenFileError("There is something between the fragments.")


def _check_time(header: Header, found: Sequence[list[Run]]) -> None:
    """Each track goes on exactly where it stopped."""
    clocks: dict[int, int] = {}
    for runs in found:
        for run in runs:
            if clocks.get(run.track, run.start) != run.start:
                raise BrokenFileError("Time jumps between two fragments.")
            clocks[run.track] = run.start + run.duration
    if header.sound and header.sound.number not in clocks:
        raise BrokenFileError("The sound has a track and nothing in it.")
