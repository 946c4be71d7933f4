"""What a moment looks like in 64 bits, so that the same video is found again although it was
encoded anew, cropped or mirrored.

The bits are the signs of the lowest frequencies of a small grey picture (DCT): they outlive other
sizes, rates and brightness. Cropping moves those waves, so every moment is written down in several
windows of the picture; a cropped copy's whole picture is about one of them. Mirroring turns the
sign of the odd horizontal waves and of no others, so that it is an exclusive or.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from media_pipeline.analysis.material import Frame
from media_pipeline.likeness import WAVES

SIDE = 32  # pixels, of the square that is transformed
# What is left after cropping, as shares of the sides: left, top, right, bottom. The whole first.
WINDOWS = (
    (0.0, 0.0, 1.0, 1.0),
    (0.05, 0.05, 0.95, 0.95),
    (0.1, 0.1, 0.9, 0.9),
    (0.09, 0.0, 0.91, 1.0),
    (0.0, 0.09, 1.0, 0.91),
    (0.09, 0.0, 1.0, 1.0),
    (0.0, 0.09, 1.0, 1.0),
    (0.0, 0.0, 0.91, 1.0),
    (0.0, 0.0, 1.0, 0.91),
)
FLAT = 6.0  # standard deviation of grey, of 255, below which there is nothing to recognise
BLACK = 20  # levels of grey that a bar around the picture stays under
BAR = 0.3  # the most of a side that is taken for a bar

_BASIS = np.cos(np.pi / SIDE * (np.arange(SIDE) + 0.5)[None, :] * np.arange(11)[:, None])
_ROWS = np.array([v for v, _u in WAVES])
_COLUMNS = np.array([u for _v, u in WAVES])


class Fingerprints:
    """Looks at frame after frame."""

    def __init__(self) -> None:
        self._seen: list[tuple[float, list[int]]] = []

    def see(self, frame: Frame) -> None:
        bits = list(_bits_of(frame))
        if bits:
            self._seen.append((frame.second, bits))

    def fact(self) -> list[tuple[float, list[int]]]:
        """For each moment at which there is something to recognise: the second, and 64 bits for
        each of WINDOWS."""
        return self._seen


def _bits_of(frame: Frame) -> Iterator[int]:
    grey = np.asarray(frame.image.convert("L"), dtype=np.float32)
    grey = _without_bars(grey)
    if float(grey.std()) < FLAT:
        return
    height, width = grey.shape
    for left, top, right, bottom in WINDOWS:
        yield bits_of(
            grey[
                round(top * height) : round(bottom * height),
                round(left * width) : round(right * width),
            ]
        )


def bits_of(grey: NDArray[np.float32]) -> int:
    """The 64 bits of one picture."""
    waves = _BASIS @ _small(grey) @ _BASIS.T
    signs = waves[_ROWS, _COLUMNS] > 0
    return int(sum(1 << int(bit) for bit in np.flatnonzero(signs)))


def _small(grey: NDArray[np.float32]) -> NDArray[np.float64]:
    """Means of 32 × 32 areas."""
    height, width = grey.shape
    down = np.add.reduceat(grey, np.arange(SIDE) * height // SIDE, axis=0)
    both = np.add.reduceat(down, np.arange(SIDE) * width // SIDE, axis=1)
    heights = np.diff(np.append(np.arange(SIDE) * height // SIDE, height))
    widths = np.diff(np.append(np.arange(SIDE) * width // SIDE, width))
    return np.asarray(both / heights[:, None] / widths[None, :], dtype=np.float64)


def _without_bars(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    """Without black bars, which a copy may have and its original not."""
    rows = np.flatnonzero(np.percentile(grey, 98, axis=1) > BLACK)
    columns = np.flatnonzero(np.percentile(grey, 98, axis=0) > BLACK)
    if not len(rows) or not len(columns):
        return grey
    height, width = grey.shape
    top, bottom = _bar(int(rows[0]), height), _bar(height - 1 - int(rows[-1]), height)
    left, right = _bar(int(columns[0]), width), _bar(width - 1 - int(columns[-1]), width)
    return grey[top : height - bottom, left : width - right]


def _bar(size: int, side: int) -> int:
    return size if size <= side * BAR else 0
