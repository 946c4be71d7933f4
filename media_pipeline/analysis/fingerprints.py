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

SIDE = 32  # pixels, of the square that is transformed
EVERY = 2.0  # seconds between two moments that are written down
# Shares of width and height, around the middle.
WINDOWS = ((1.0, 1.0), (0.9, 0.9), (0.8, 0.8), (0.82, 1.0), (1.0, 0.82))
FLAT = 6.0  # standard deviation of grey, of 255, below which there is nothing to recognise
BLACK = 20  # levels of grey that a bar around the picture stays under
BAR = 0.3  # the most of a side that is taken for a bar

# The 64 lowest waves (down, across), without the one that is the mean.
WAVES = sorted(
    ((v, u) for v in range(11) for u in range(11) if 1 <= u + v <= 10),
    key=lambda wave: (wave[0] + wave[1], abs(wave[0] - wave[1])),
)[:64]
MIRROR = sum(1 << bit for bit, (_v, u) in enumerate(WAVES) if u % 2)
"""What the bits of a mirrored picture differ in."""

_BASIS = np.cos(np.pi / SIDE * (np.arange(SIDE) + 0.5)[None, :] * np.arange(11)[:, None])
_ROWS = np.array([v for v, _u in WAVES])
_COLUMNS = np.array([u for _v, u in WAVES])


class Fingerprints:
    """Looks at frame after frame; `all()` is what is to be kept."""

    def __init__(self) -> None:
        self._kept: list[tuple[float, int]] = []
        self._due = 0.0

    def see(self, frame: Frame) -> None:
        if frame.second < self._due:
            return
        bits = list(_bits_of(frame))
        if bits:
            self._kept += [(frame.second, one) for one in bits]
            self._due = frame.second + EVERY

    def all(self) -> list[tuple[float, int]]:
        """(second, 64 bits, signed), several for each moment; none for what is flat."""
        return [(second, bits - (1 << 64) * (bits >> 63)) for second, bits in self._kept]


def _bits_of(frame: Frame) -> Iterator[int]:
    grey = np.asarray(frame.image.convert("L"), dtype=np.float32)
    grey = _without_bars(grey)
    if float(grey.std()) < FLAT:
        return
    for wide, high in WINDOWS:
        yield bits_of(_window(grey, wide, high))


def bits_of(grey: NDArray[np.float32]) -> int:
    """The 64 bits of one picture."""
    waves = _BASIS @ _small(grey) @ _BASIS.T
    signs = waves[_ROWS, _COLUMNS] > 0
    return int(sum(1 << int(bit) for bit in np.flatnonzero(signs)))


def _window(grey: NDArray[np.float32], wide: float, high: float) -> NDArray[np.float32]:
    height, width = grey.shape
    left, top = round(width * (1 - wide) / 2), round(height * (1 - high) / 2)
    return grey[top : height - top, left : width - left]


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
