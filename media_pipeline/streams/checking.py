"""The rules, one after another."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from media_pipeline import validation
from media_pipeline.packaging import BrokenFileError, average_rate, peak_rate
from media_pipeline.streams.manifests import check_manifest
from media_pipeline.streams.media import (
    Contents,
    Header,
    check_key_frame,
    read_bytes,
    read_header,
    read_segment,
)
from media_pipeline.streams.playlists import (
    BrokenPlaylistError,
    Media,
    Piece,
    Variant,
    read_master,
    read_media,
)

MASTER, MANIFEST = "master.m3u8", "manifest.mpd"
LONGEST_TARGET = 6  # seconds (Apple, 7.5)
SPARE = 0.5  # seconds by which a segment may exceed the target (Apple, 7.5)
KEY_FRAME_SECONDS = 2.0  # between two (Apple, 1.13)
RATE_TOLERANCE = 0.1  # of measured rates (Apple, 9.17 and 9.18)
PEAK_FACTOR = 2  # of the average, at most (Apple, 1.26)
FRAME_RATE_TOLERANCE = 0.02
CLOCK = 0.002  # seconds: what is the same instant
FAVOURITE_RATE = 2_000_000  # bits a second: what should come first (Apple, 1.8)
MIN_VERSION = 6  # a header for segments (RFC 8216, 7)


class Reader(Protocol):
    """Where playlists and files come from: storage, or a site."""

    def text(self, address: str) -> str: ...

    def file(self, address: str) -> AbstractContextManager[Path]: ...


@dataclass(frozen=True, slots=True)
class Problem:
    where: str
    """The playlist or file."""
    what: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {'(advice) ' if self.is_warning else ''}{self.what}"


@dataclass(frozen=True, slots=True)
class _Rung:
    name: str
    header: Header
    pieces: Sequence[Piece]
    contents: Sequence[Contents]

    @property
    def key_frame_seconds(self) -> list[float]:
        return [second for one in self.contents for second, _, _ in one.key_frames]

    @property
    def end(self) -> float:
        """Seconds."""
        return self.contents[-1].start + self.contents[-1].seconds


def check_streams(reader: Reader, *, decode: bool = True) -> list[Problem]:
    """Everything that is wrong with a video's playlists and segments. `decode` also puts every
    key frame through a decoder, which takes some seconds for a long video."""
    try:
        master = read_master(reader.text(MASTER))
    except (BrokenPlaylistError, ValueError) as error:
        return [Problem(MASTER, str(error))]
    problems = list(_check_order(master.variants))
    if master.version < MIN_VERSION:
        problems.append(Problem(MASTER, f"Version {master.version} knows no header."))
    rungs = []
    for variant in master.variants:
        rung, found = _check_rung(reader, variant)
        problems += found
        rungs += [rung] if rung else []
    problems += _check_alignment(rungs)
    if len(master.i_frames) < len(master.variants):
        problems.append(Problem(MASTER, "Not every rung has a list of its key frames."))
    for variant in master.i_frames:
        problems += _check_i_frames(reader, variant, rungs, decode=decode)
    problems += [Problem(MANIFEST, what) for what in check_manifest(reader)]
    return problems


def _check_order(variants: Sequence[Variant]) -> Iterator[Problem]:
    best = min(abs(one.number("BANDWIDTH") - FAVOURITE_RATE) for one in variants)
    if abs(variants[0].number("BANDWIDTH") - FAVOURITE_RATE) > best:
        yield Problem(MASTER, "What is nearest to 2 Mbit/s doesn't come first.", is_warning=True)


def _check_rung(reader: Reader, variant: Variant) -> tuple[_Rung | None, list[Problem]]:
    name = variant.address
    try:
        media = read_media(reader.text(name))
        problems = [Problem(name, what) for what in _form_of(media)]
        rung = _read_rung(reader, name, media)
        problems += _content_problems(variant, media, rung)
    except (BrokenPlaylistError, BrokenFileError, ValueError, OSError) as error:
        return None, [Problem(name, str(error))]
    return rung, problems


def _form_of(media: Media) -> Iterator[str]:
    """What the text alone gets wrong."""
    if media.version < MIN_VERSION:
        yield f"Version {media.version} knows no header."
    if not media.ended or media.kind != "VOD":
        yield "It isn't the list of a finished video."
    if media.header is None:
        yield "There is no header."
    if media.target > LONGEST_TARGET:
        yield f"The target duration is {media.target} s."
    for piece in media.pieces:
        if int(piece.seconds + 0.5) > media.target or piece.seconds > media.target + SPARE:
            yield f"A segment of {piece.seconds:.3f} s exceeds the target of {media.target}."


def _read_rung(reader: Reader, name: str, media: Media) -> _Rung:
    if media.header is None or not media.pieces:
        raise BrokenPlaylistError("There is nothing in it.")
    with reader.file(media.header.address) as path:
        header = read_header(read_bytes(path, media.header.first, media.header.size))
    contents = []
    for piece in media.pieces:
        with reader.file(piece.address) as path:
            contents.append(read_segment(read_bytes(path, piece.first, piece.size), header))
    return _Rung(name, header, media.pieces, contents)


def _content_problems(variant: Variant, media: Media, rung: _Rung) -> Iterator[Problem]:
    for what in (*_time_problems(rung), *_label_problems(variant, rung)):
        yield Problem(rung.name, what)
    rows = [(piece.first, piece.size, piece.seconds) for piece in media.pieces]
    yield from _rate_problems(rung.name, variant, rows)
    if peak_rate(rows) > PEAK_FACTOR * average_rate(rows):
        factor = peak_rate(rows) / average_rate(rows)
        yield Problem(rung.name, f"The peak is {factor:.1f} times the average.", is_warning=True)


def _time_problems(rung: _Rung) -> Iterator[str]:
    expected: dict[int, int] = {}
    second = rung.contents[0].start
    for piece, one in zip(rung.pieces, rung.contents, strict=True):
        if abs(one.start - second) > CLOCK:
            yield f"A segment begins at {one.start:.3f} s and should at {second:.3f}."
        if abs(one.seconds - piece.seconds) > CLOCK:
            yield f"A segment of {one.seconds:.3f} s is announced with {piece.seconds:.3f}."
        for track, (first, end) in one.clocks.items():
            if expected.get(track, first) != first:
                yield f"Track {track} jumps at {one.start:.3f} s."
            expected[track] = end
        second += piece.seconds
    seconds = [*rung.key_frame_seconds, rung.end]
    frame = (rung.end - seconds[0]) / sum(one.frames for one in rung.contents)
    gaps = [later - earlier for earlier, later in pairwise(seconds)]
    if max(gaps) > KEY_FRAME_SECONDS + frame + CLOCK:
        yield f"Two key frames are {max(gaps):.2f} s apart."
    if len(gaps) > 1 and min(gaps[:-1]) < KEY_FRAME_SECONDS - frame - CLOCK:
        yield f"Two key frames are only {min(gaps[:-1]):.2f} s apart."


def _label_problems(variant: Variant, rung: _Rung) -> Iterator[str]:
    if variant.codecs != rung.header.codecs:
        yield f"CODECS says {sorted(variant.codecs)}; they are {sorted(rung.header.codecs)}."
    picture = rung.header.picture
    if variant.size != (picture.width, picture.height):
        yield f"RESOLUTION says {variant.size}; it is {picture.width}x{picture.height}."
    seconds = sum(one.seconds for one in rung.contents)
    measured = sum(one.frames for one in rung.contents) / seconds
    announced = variant.number("FRAME-RATE")
    if abs(measured - announced) > announced * FRAME_RATE_TOLERANCE + 1 / seconds:
        yield f"FRAME-RATE says {announced:.3f}; it is {measured:.3f}."


def _rate_problems(
    name: str, variant: Variant, rows: Sequence[tuple[int, int, float]]
) -> Iterator[Problem]:
    for attribute, measured in (
        ("BANDWIDTH", peak_rate(rows)),
        ("AVERAGE-BANDWIDTH", average_rate(rows)),
    ):
        announced = variant.number(attribute)
        if abs(announced - measured) > measured * RATE_TOLERANCE:
            yield Problem(name, f"{attribute} says {announced:.0f}; measured {measured}.")


def _check_alignment(rungs: Sequence[_Rung]) -> Iterator[Problem]:
    """Players change rungs at key frames, so all must have theirs at the same instants; and their
    segments, for players that change there only."""
    for rung in rungs[1:]:
        for what, ours, others in (
            ("key frames", rungs[0].key_frame_seconds, rung.key_frame_seconds),
            (
                "segments",
                [one.start for one in rungs[0].contents],
                [one.start for one in rung.contents],
            ),
        ):
            if len(ours) != len(others) or any(
                abs(one - other) > CLOCK for one, other in zip(ours, others, strict=True)
            ):
                yield Problem(rung.name, f"Its {what} are at other times than {rungs[0].name}'s.")


def _check_i_frames(
    reader: Reader, variant: Variant, rungs: Sequence[_Rung], *, decode: bool
) -> list[Problem]:
    name = variant.address
    try:
        media = read_media(reader.text(name))
        whats = list(_form_of(media))
        if not media.i_frames_only:
            whats.append("It doesn't say that it has key frames only.")
        whats += _i_frame_problems(reader, media, variant, rungs, decode=decode)
        rows = [(piece.first, piece.size, piece.seconds) for piece in media.pieces]
        rates = list(_rate_problems(name, variant, rows))
    except (BrokenPlaylistError, BrokenFileError, ValueError, OSError) as error:
        return [Problem(name, str(error))]
    return [*(Problem(name, what) for what in whats), *rates]


def _i_frame_problems(
    reader: Reader, media: Media, variant: Variant, rungs: Sequence[_Rung], *, decode: bool
) -> Iterator[str]:
    if media.header is None or not media.pieces:
        raise BrokenPlaylistError("There is nothing in it.")
    with reader.file(media.header.address) as path:
        header = read_header(read_bytes(path, media.header.first, media.header.size))
        for piece in media.pieces:
            check_key_frame(read_bytes(path, piece.first, piece.size), header)
        if decode:
            ranges = [(piece.first, piece.size) for piece in media.pieces]
            sizes = validation.decoded_key_frames(path, media.header.size, ranges)
            wrong = sum(size != variant.size for size in sizes)
            if wrong or len(sizes) != len(ranges):
                yield f"Of {len(ranges)} key frames {wrong} can't be decoded by themselves."
    if {header.picture.codec} != variant.codecs:
        yield f"CODECS says {sorted(variant.codecs)}; it is {header.picture.codec}."
    count = len(rungs[0].key_frame_seconds) if rungs else 0
    if count != len(media.pieces):
        yield f"It has {len(media.pieces)} key frames of {count}."
    elif abs(sum(piece.seconds for piece in media.pieces) - rungs[0].end) > 0.1:
        yield "It doesn't last as long as the video."
