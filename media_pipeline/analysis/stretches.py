"""From single frames to stretches of time."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray


def runs(flags: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """(first, end) of each run of True; `end` is behind the last."""
    padded = np.concatenate(([False], flags, [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(padded))
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        yield int(first), int(end)


def merged(
    found: Sequence[tuple[float, float, int]], *, gap: float = 1.0
) -> list[tuple[float, float, int]]:
    """(start, end, number), in order; those that overlap or lie less than `gap` seconds apart
    are one, with the largest of their numbers."""
    whole: list[tuple[float, float, int]] = []
    for start, end, number in found:
        if whole and start - whole[-1][1] < gap:
            first, last, most = whole[-1]
            whole[-1] = (first, max(last, end), max(most, number))
        else:
            whole.append((start, end, number))
    return whole


def without_gaps(flags: Sequence[bool], *, gap: int) -> list[bool]:
    """Gaps of up to so many in a row between two that are set are set too."""
    filled = list(flags)
    last: int | None = None
    for number, flag in enumerate(flags):
        if flag:
            if last is not None and number - last - 1 <= gap:
                filled[last + 1 : number] = [True] * (number - last - 1)
            last = number
    return filled
