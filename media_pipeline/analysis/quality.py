"""How the picture was recorded and compressed: bars, blur, blocks, half pictures."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from media_pipeline.analysis.material import (
    CHECKS,
    DETAILS,
    Found,
    Frame,
    Material,
)
from media_pipeline.analysis.stretches import runs, without_gaps

Grey = NDArray[np.float32]

# Letterbox: dark rows (or columns) on both sides, and a straight edge to a picture.
DARK = 30.0  # of 255; a codec's black is not all zero
MOST = 0.97  # of a row that is dark in a bar
MOST_OF_TEXT = 0.6  # of one with subtitles
NARROWEST = 0.03  # of the picture's height (or width), each bar
UNEVEN = 0.04  # the most that two bars differ by
LIT = 45.0  # what is brighter than this belongs to the picture
STRAIGHT = 0.5  # of an edge's length that is lit at some time
USUALLY = 0.5  # of the frames that show anything

# Blur (after Crété and others, 2007): blurring once more changes a sharp picture much and a
# blurred one little. The sharpest parts decide, for a background is meant to be blurred.
TILES = 10  # along the longer edge
TEXTURE = 1.0  # levels between neighbours, on average, where there is something to be sharp
FEWEST_TILES = 4
SHARP_PART = 0.9  # quantile of the tiles
BLURRED = 0.5  # of the steps, that blurring takes away
SHORTEST_BLUR = 3  # seconds

# Blocks: between neighbours, the largest step around stands on a grid more often than elsewhere,
# across and down. How large it is doesn't matter, or a few strong lines would decide.
GRID = 8  # pixels; codecs with larger squares have lines there too
SMALLEST_STEP = 4.0  # of 255
MORE_OFTEN = 0.12  # of the places on the grid's lines, beyond those between them

# Half pictures.
COMBED = 0.6  # of the frames that could be judged
FEWEST_COMBED = 30  # frames
ASTRAY = 0.15  # frames in the other order, of those
TRUSTED = 10  # whole frames that outweigh what the file says of itself


class Letterbox:
    """Watches for black bars above and below, or on both sides."""

    def __init__(self, material: Material) -> None:
        self._duration = material.duration
        self._visible = 0
        self._barred: dict[str, list[tuple[float, int, int]]] = {"rows": [], "columns": []}
        self._brightest: dict[str, Grey] = {}

    def see(self, frame: Frame) -> None:
        grey = np.asarray(frame.image.convert("L"), dtype=np.float32)
        if float(np.percentile(grey, 95)) < LIT:
            return
        self._visible += 1
        for axis, turned in (("rows", grey), ("columns", grey.T)):
            bars = _bars(turned)
            if bars:
                self._barred[axis].append((frame.second, *bars))
                before = self._brightest.get(axis)
                self._brightest[axis] = turned if before is None else np.maximum(before, turned)

    def found(self) -> list[Found]:
        found = []
        for axis, barred in self._barred.items():
            if not barred or len(barred) < USUALLY * self._visible:
                continue
            bars = np.array([one[1:] for one in barred])
            first, second = (int(one) for one in np.percentile(bars, 15, axis=0))
            brightest = self._brightest[axis]
            if _is_edge(brightest, first) and _is_edge(brightest[::-1], second):
                share = (first + second) / len(brightest)
                end = min(self._duration, barred[-1][0] + 1)
                shown = barred[len(barred) // 2][0]
                found.append(Found("letterbox", barred[0][0], end, f"{share:.0%}", shown_at=shown))
        return found


class Blur:
    """Watches for pictures in which nothing is sharp."""

    def __init__(self, material: Material) -> None:
        self._duration = material.duration
        self._seconds: list[float] = []
        self._blurred: list[bool] = []

    def see(self, frame: Frame) -> None:
        sharpness = sharpness_of(np.asarray(frame.image.convert("L"), dtype=np.float32))
        self._seconds.append(frame.second)
        self._blurred.append(sharpness is not None and sharpness < BLURRED)

    def found(self) -> list[Found]:
        found = []
        for first, end in runs(np.array(without_gaps(self._blurred, gap=1), dtype=bool)):
            if end - first >= min(SHORTEST_BLUR, len(self._blurred)):
                start, stop = self._seconds[first], min(self._duration, self._seconds[end - 1] + 1)
                shown = self._seconds[(first + end) // 2]
                found.append(Found("blur", start, stop, f"{stop - start:.0f} s", shown_at=shown))
        return found


def blocks(material: Material) -> list[Found]:
    """Pictures that fall into squares."""
    across, down = np.zeros(GRID, np.float32), np.zeros(GRID, np.float32)
    count = 0
    for grey in _details(material):
        across += steps_on_grid(grey)
        down += steps_on_grid(grey.T)
        count += 1
    # A pattern in the picture seldom fits both ways.
    if not count or min(_stands_out(across / count), _stands_out(down / count)) < MORE_OFTEN:
        return []
    return [Found("blocks", 0.0, material.duration, shown_at=material.duration / 2)]


def interlaced(material: Material) -> list[Found]:
    """Two half pictures in each frame, whatever the file says of itself."""
    lines = (material.folder / CHECKS).read_text().splitlines()
    opinions = Counter(line.partition("=")[2] for line in lines if line.startswith("lavfi.idet"))
    # Half pictures come in one order; a pattern that looks like them has none.
    combed, other = sorted((opinions["tff"], opinions["bff"]), reverse=True)
    judged = combed + other + opinions["progressive"]
    flagged = bool((material.job["facts"].get("video") or {}).get("interlaced"))
    seen = combed >= FEWEST_COMBED and combed >= COMBED * judged and other <= ASTRAY * combed
    if not seen and not (flagged and opinions["progressive"] < TRUSTED):
        return []
    return [Found("interlaced", 0.0, material.duration, shown_at=material.duration / 2)]


def sharpness_of(grey: Grey) -> float | None:
    """Of the sharpest parts of the picture, 0 to 1; None where there is too little to judge."""
    values = [_sharpness_across(turned) for turned in (grey, grey.T)]
    known = [value for value in values if value is not None]
    return max(known) if known else None


def steps_on_grid(grey: Grey) -> Grey:
    """For each place that the grid's lines can have: how often the largest step around is there."""
    steps = np.abs(np.diff(grey, axis=1))
    middle = steps[:, 1:-1]
    largest = (middle > steps[:, :-2]) & (middle > steps[:, 2:]) & (middle >= SMALLEST_STEP)
    lines = largest.shape[1] // GRID
    shares: Grey = largest[:, : lines * GRID].reshape(len(grey), lines, GRID).mean(axis=(0, 1))
    return shares


def _bars(grey: Grey) -> tuple[int, int] | None:
    """How many rows are dark at the top and at the bottom, if it looks like bars."""
    share = (grey < DARK).mean(axis=1)
    first, second = _bar(share), _bar(share[::-1])
    if first + second >= len(grey):
        return None
    narrowest, uneven = NARROWEST * len(grey), UNEVEN * len(grey)
    if min(first, second) < narrowest or abs(first - second) > uneven:
        return None
    return first, second


def _bar(share: Grey) -> int:
    """How many rows, from the first on: text may stand between dark ones, and not at the end."""
    lit = np.flatnonzero(share < MOST_OF_TEXT)
    dark = np.flatnonzero(share[: lit[0] if len(lit) else len(share)] >= MOST)
    return int(dark[-1]) + 1 if len(dark) else 0


def _is_edge(brightest: Grey, bar: int) -> bool:
    """Whether the picture begins there on a straight line."""
    inside = brightest[bar : bar + 4].max(axis=0)
    return bool((inside > LIT).mean() >= STRAIGHT)


def _sharpness_across(grey: Grey) -> float | None:
    side = max(16, max(grey.shape) // TILES)
    rows, columns = grey.shape[0] // side, (grey.shape[1] - 9) // side
    if rows < 1 or columns < 1:
        return None
    sums = np.cumsum(np.pad(grey, ((0, 0), (1, 0))), axis=1)
    blurred = (sums[:, 9:] - sums[:, :-9]) / 9
    steps = np.abs(np.diff(grey[:, 4:-4], axis=1))
    lost = np.maximum(0, steps - np.abs(np.diff(blurred, axis=1)))
    whole = _in_tiles(steps, side, rows, columns)
    share = _in_tiles(lost, side, rows, columns) / np.maximum(whole, 1e-6)
    textured = share[whole > TEXTURE]
    if len(textured) < FEWEST_TILES:
        return None
    return float(np.quantile(textured, SHARP_PART))


def _in_tiles(values: Grey, side: int, rows: int, columns: int) -> Grey:
    """Means of squares."""
    cut = values[: rows * side, : columns * side]
    means: Grey = cut.reshape(rows, side, -1, side)[:, :, :columns].mean(axis=(1, 3))
    return means


def _stands_out(shares: NDArray[np.floating[Any]]) -> float:
    """The largest, beyond the next two."""
    ordered = np.sort(shares)
    return float(ordered[-1] - ordered[-3:-1].mean())


def _details(material: Material) -> Iterator[Grey]:
    """The pictures of details.pgm: each has its size in its header."""
    data = (material.folder / DETAILS).read_bytes()
    at = 0
    while data[at : at + 2] == b"P5":
        header = data[at : at + 40].split(maxsplit=3)
        width, height = int(header[1]), int(header[2])
        at = data.index(b"\n255\n", at) + 5
        pixels = np.frombuffer(data, np.uint8, count=width * height, offset=at)
        yield pixels.reshape(height, width).astype(np.float32)
        at += width * height
