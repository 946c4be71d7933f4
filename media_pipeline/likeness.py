"""Whether two videos show the same, by what their moments look like (analysis/fingerprints.py).

A copy shows the same as its original at the same distance in time, moment after moment. Videos
that were only filmed in the same place look alike at every distance: those are none.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

# The 64 lowest waves of a small picture (down, across), without the one that is its mean.
WAVES = sorted(
    ((down, across) for down in range(11) for across in range(11) if 1 <= down + across <= 10),
    key=lambda wave: (sum(wave), abs(wave[0] - wave[1])),
)[:64]
MIRROR = sum(1 << bit for bit, (_down, across) in enumerate(WAVES) if across % 2)
"""The bits in which a mirrored picture differs: waves that are odd from left to right."""

BANDS = 4
BAND_BITS = 16

NEAR = 13  # bits of 64 that two pictures of the same may differ in
VERY_NEAR = 3  # bits; two takes of a scene don't agree so well all the time
ELSEWHERE = ((0.10, 2), (0.25, 4))
"""More bits that they must differ in at other distances in time: at those of them that are
nearest, this share, so many."""
FAR = 4.0  # seconds from a distance that are another one
GAP = 7.0  # seconds without a moment that is the same, within one stretch
LEAST_MOMENTS = 4
MANY = 8  # moments, where they are not very near
LEAST_SECONDS = 8.0
WHOLE = 0.8  # of a short video, that must be the same
DENSE = 0.6  # of the moments of a stretch
SAME_LENGTH = 1.5  # seconds
KEPT_MOMENTS = 60  # of a video, for others to be compared with

Moments = Mapping[float, Sequence[int]]
"""For each second, what it looks like in several windows of the picture, the whole one first."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A stretch that another video has too."""

    start: float
    end: float
    """Seconds, in the video that was asked about."""
    share: float
    """Of that video, 0 to 1."""
    mirrored: bool


def bands_of(bits: int) -> list[int]:
    """The parts of the 64 bits by which an index can find them: most pictures of the same have at
    least one in common."""
    return [bits >> (BAND_BITS * band) & (2**BAND_BITS - 1) for band in range(BANDS)]


def mirrored(bits: int) -> int:
    """What the mirrored picture would have."""
    return bits ^ MIRROR


def signed(bits: int) -> int:
    """As databases hold 64 bits."""
    return bits - (1 << 64) if bits >> 63 else bits


def unsigned(bits: int) -> int:
    """As they were before `signed`."""
    return bits & (1 << 64) - 1


def likeness_of(
    ours: Moments, theirs: Moments, *, our_length: float, their_length: float
) -> Likeness | None:
    """The longest stretch of ours that is theirs too; None where there is none. Lengths in
    seconds."""
    found = [
        found
        for turned in (False, True)
        if (found := _likeness(ours, theirs, turned, our_length, their_length))
    ]
    return max(found, key=lambda one: one.share, default=None)


def _likeness(
    ours: Moments, theirs: Moments, turned: bool, our_length: float, their_length: float
) -> Likeness | None:
    table = {
        second: {other: _difference(look, theirs[other]) for other in theirs}
        for second, look in _turned(ours, turned)
    }
    distance = _best_distance(table)
    if distance is None:
        return None
    stretch = _longest(
        [
            (second, bits)
            for second, row in sorted(table.items())
            if (bits := row.get(second + distance)) is not None
        ]
    )
    if not stretch:
        return None
    start, end = stretch[0][0], min(stretch[-1][0] + 1.0, our_length)
    share = (end - start) / our_length if our_length else 0.0
    long_enough = len(stretch) >= LEAST_MOMENTS and end - start >= LEAST_SECONDS
    if not long_enough and share < WHOLE:
        return None
    same_length = abs(our_length - their_length) <= SAME_LENGTH and share >= WHOLE
    if not _is_same(stretch, table, distance, same_length):
        return None
    return Likeness(start, end, min(1.0, share), turned)


def _turned(moments: Moments, turned: bool) -> Iterator[tuple[float, list[int]]]:
    for second, looks in moments.items():
        yield second, [mirrored(bits) for bits in looks] if turned else list(looks)


def _difference(ours: Sequence[int], theirs: Sequence[int]) -> int:
    """Bits. One of the two is whole, the other may be a part of it."""
    whole, other = ours[0], theirs[0]
    return min(
        min((whole ^ bits).bit_count() for bits in theirs),
        min((other ^ bits).bit_count() for bits in ours),
    )


def _best_distance(table: Mapping[float, Mapping[float, int]]) -> float | None:
    """Seconds from ours to theirs at which most is the same."""
    merit: dict[float, float] = {}
    for second, row in table.items():
        for other, bits in row.items():
            if bits <= NEAR:
                distance = other - second
                merit[distance] = merit.get(distance, 0.0) + NEAR + 1 - bits
    return max(merit, key=lambda distance: merit[distance], default=None)


def _longest(moments: Iterable[tuple[float, int]]) -> list[tuple[float, int]]:
    """The stretch with most moments that are the same, without long gaps."""
    stretches: list[list[tuple[float, int]]] = [[]]
    asked: list[int] = [0]
    for second, bits in moments:
        if stretches[-1] and second - stretches[-1][-1][0] > GAP:
            stretches.append([])
            asked.append(0)
        if bits <= NEAR:
            stretches[-1].append((second, bits))
        if stretches[-1]:
            asked[-1] += 1
    dense = [
        stretch
        for stretch, number in zip(stretches, asked, strict=True)
        if stretch and len(stretch) >= DENSE * number
    ]
    return max(dense, key=len, default=[])


def _is_same(
    stretch: Sequence[tuple[float, int]],
    table: Mapping[float, Mapping[float, int]],
    distance: float,
    same_length: bool,
) -> bool:
    """Whether it is the same at this distance in time and at no other. Where nothing moves, only
    the length can tell."""
    here = median(bits for _second, bits in stretch)
    elsewhere = sorted(
        bits
        for second, _bits in stretch
        for other, bits in table[second].items()
        if abs(other - second - distance) >= FAR
    )
    margins = [
        elsewhere[int(share * len(elsewhere))] - here >= more
        for share, more in ELSEWHERE
        if elsewhere
    ]
    if here <= VERY_NEAR:
        return same_length or any(margins[1:])
    return len(stretch) >= MANY and bool(margins) and all(margins)


def kept(moments: Moments, length: float) -> dict[float, Sequence[int]]:
    """The moments that are worth a place in the database, evenly spread. `length` in seconds."""
    step = max(1, math.ceil(length / KEPT_MOMENTS))
    return {second: looks for second, looks in moments.items() if round(second) % step == 0}
