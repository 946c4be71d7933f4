"""What goes on from frame to frame, from motion.rgb: 32 × 18 cells for every frame. Black and
frozen stretches, and flashes that could hurt (WCAG 2.3.1)."""

from collections import deque
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from media_pipeline.analysis.material import MOTION_HEIGHT, MOTION_WIDTH, Found, Material
from media_pipeline.analysis.stretches import merged, runs

Array = NDArray[np.float32]
Flags = NDArray[np.bool_]
LUMA = np.array((0.2126, 0.7152, 0.0722), dtype=np.float32)
CHUNK = 512  # frames

# Black: dark on average, and no cell in which something could be made out.
BLACK_MEAN, BLACK_CELL = 20.0, 40.0  # of 255
LIT, LIT_SHARE = 70, 0.001  # of 255; of the picture
SHORTEST_BLACK = 1.5  # seconds; a fade through black is shorter

# Frozen: no cell changes more than a codec's noise does, from frame to frame or since it began.
STILL_LUMA, STILL_COLOUR = 3.0, 8.0  # of 255
SHORTEST_FREEZE = 5.0  # seconds; titles stand for less

# WCAG 2.2, "general flash and red flash thresholds". A field of 10 degrees is 341 × 256 pixels of
# a screen of 1024 × 768: a third of the picture's width and height.
FLASH = 0.1  # of the largest relative luminance
DARK_STATE = 0.8
RED_FLASH = 20 / 320  # of max(0, R − G − B)
SATURATED = 0.8  # R / (R + G + B)
FIELD_WIDTH, FIELD_HEIGHT = 11, 6  # cells
FIELD_SHARE = 0.25  # of a field that flashes together
NEEDED = FIELD_SHARE * FIELD_WIDTH * FIELD_HEIGHT
TURNS_ALLOWED = 7  # in any second: three flashes, and one that has begun
TOGETHER = 1 / 30  # seconds between cells that change together
REST = 0.1  # seconds between two counts of the last second


def black(material: Material) -> list[Found]:
    """Stretches in which nothing can be seen."""
    dark = [_is_black(chunk) for chunk in _chunks(material)]
    long = [
        (start, end) for start, end in _seconds(dark, material) if end - start >= SHORTEST_BLACK
    ]
    lit = _lit_seconds(material) if long else []
    return [
        Found("black", start, end, f"{end - start:.1f} s", shown_at=(start + end) / 2)
        for start, end in long
        if not any(start <= second < end for second in lit)
    ]


def frozen(material: Material) -> list[Found]:
    """Stretches in which nothing moves, though there is something to see."""
    still, dark = _still_and_black(material)
    black_at = np.cumsum(np.concatenate(([0], dark)))
    found = []
    for first, end in runs(still):
        start, stop = max(0, first - 1) / material.frame_rate, end / material.frame_rate
        mostly_black = black_at[end] - black_at[first] > (end - first) / 2
        if stop - start >= SHORTEST_FREEZE and not mostly_black:
            shown_at = (start + stop) / 2
            found.append(Found("frozen", start, stop, f"{stop - start:.1f} s", shown_at=shown_at))
    return found


def flashes(material: Material) -> list[Found]:
    """Stretches with more than three flashes in a second, of light or of saturated red."""
    light, red = _Flashing(material.frame_rate), _Flashing(material.frame_rate)
    for chunk in _chunks(material):
        linear = _linear(chunk)
        luminance = linear @ LUMA
        reds = _red(linear)
        for number in range(len(chunk)):
            light.see(luminance[number], luminance[number] < DARK_STATE, FLASH, darker=True)
            red.see(reds[0][number], reds[1][number], RED_FLASH, darker=False)
    found = []
    for flashing, detail in ((light, "{}/s"), (red, "{}/s, red")):
        for start, end, most in flashing.stretches():
            found.append(Found("flashes", start, end, detail.format(most), shown_at=start))
    return found


class _Flashing:
    """Follows one quantity in every cell. A cell turns when it has gone far enough from its last
    extreme, in the other direction than the last time, together with a quarter of a field around
    it. Two turns are a flash. There are too many where a quarter of a field turns too often: the
    same cells each time, so that what merely moves through the picture is none."""

    def __init__(self, frame_rate: float) -> None:
        self._frame_rate = frame_rate
        self._frame = 0
        self._memory = max(1, round(TOGETHER * frame_rate))
        self._rest = max(1, round(REST * frame_rate))
        shape = (MOTION_HEIGHT, MOTION_WIDTH)
        self._turns = _Turns(shape, round(frame_rate))
        self._extremes: _Extremes | None = None
        self._since = np.full((2, *shape), self._memory, dtype=np.int32)
        self._too_many: list[tuple[float, float, int]] = []

    def see(self, value: Array, counts: Flags, step: float, *, darker: bool) -> None:
        """One frame. `counts` says where a value may be one of a flash's two states: the darker
        one of a flash of light, the higher one of a red flash."""
        if self._extremes is None:
            self._extremes = _Extremes(value, counts)
        up, down = self._extremes.left(value, counts, step, darker=darker)
        self._since = np.where(np.stack((up, down)), 0, self._since + 1)
        self._turns.note(*(_together(since < self._memory) for since in self._since))
        self._frame += 1
        if self._frame % self._rest == 0:
            most = self._turns.of_the_same()
            if most > TURNS_ALLOWED:
                end = self._frame / self._frame_rate
                self._too_many.append((max(0.0, end - 1), end, most // 2))

    def stretches(self) -> list[tuple[float, float, int]]:
        """(start, end, most flashes in a second) wherever there were too many."""
        return merged(self._too_many)


class _Extremes:
    """The lowest and the highest value of each cell since it last left one of them."""

    def __init__(self, value: Array, counts: Flags) -> None:
        self._low, self._high = value, value
        self._low_counts, self._high_counts = counts, counts

    def left(
        self, value: Array, counts: Flags, step: float, *, darker: bool
    ) -> tuple[Flags, Flags]:
        """Where the value has gone up far enough from the lowest, and down from the highest."""
        self._low_counts = np.where(value < self._low, counts, self._low_counts)
        self._low = np.minimum(value, self._low)
        self._high_counts = np.where(value > self._high, counts, self._high_counts)
        self._high = np.maximum(value, self._high)
        up = (value - self._low >= step) & (self._low_counts if darker else counts)
        down = (self._high - value >= step) & (counts if darker else self._high_counts)
        left = up | down
        self._low, self._high = np.where(left, value, self._low), np.where(left, value, self._high)
        self._low_counts = np.where(left, counts, self._low_counts)
        self._high_counts = np.where(left, counts, self._high_counts)
        return up, down


class _Turns:
    """Which cells turned within the last second."""

    def __init__(self, shape: tuple[int, int], frames: int) -> None:
        self._counts = np.zeros(shape, np.int32)
        self._direction = np.zeros(shape, np.int8)
        self._last: deque[Flags] = deque(maxlen=max(1, frames))

    def note(self, up: Flags, down: Flags) -> None:
        """One frame."""
        turned = (up & (self._direction <= 0)) | (down & (self._direction >= 0))
        self._direction = np.where(turned, np.where(up, 1, -1), self._direction).astype(np.int8)
        if len(self._last) == self._last.maxlen:
            self._counts -= self._last[0].any(axis=0)
        self._last.append(np.stack((turned & up, turned & down)))
        self._counts += turned

    def of_the_same(self) -> int:
        """The most turns in the last second that the same quarter of a field made together."""
        often = self._counts > TURNS_ALLOWED
        if not often.any():
            return 0
        fields = _in_fields(often) >= NEEDED
        if not fields.any():
            return 0
        turns = np.zeros(fields.shape, np.int32)
        direction = np.zeros(fields.shape, np.int8)
        for both in self._last:
            for sign, turned in zip((1, -1), both, strict=True):
                together = (_in_fields(turned & often) >= NEEDED) & fields & (direction != sign)
                turns += together
                direction[together] = sign
        return int(turns.max())


def _together(flags: Flags) -> Flags:
    """Those that are set in a field in which enough are."""
    fields = _in_fields(flags) >= NEEDED
    height, width = FIELD_HEIGHT - 1, FIELD_WIDTH - 1
    covered: Flags = _in_fields(np.pad(fields, ((height, height), (width, width)))) > 0
    return flags & covered


def _in_fields(flags: Flags) -> NDArray[np.int64]:
    """How many cells are set, in each place that a field of 10 degrees can have."""
    sums = np.pad(flags.astype(np.int64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    height, width = FIELD_HEIGHT, FIELD_WIDTH
    whole: NDArray[np.int64] = (
        sums[height:, width:]
        - sums[:-height, width:]
        - sums[height:, :-width]
        + sums[:-height, :-width]
    )
    return whole


def _lit_seconds(material: Material) -> list[float]:
    """When there is something bright, too small for a cell to show: stars, a line of text."""
    seconds = []
    for frame in material.frames():
        grey = np.asarray(frame.image.convert("L"))
        if np.quantile(grey, 1 - LIT_SHARE) > LIT:
            seconds.append(frame.second)
    return seconds


def _still_and_black(material: Material) -> tuple[Flags, Flags]:
    """For every frame: whether it is as the one before was, and whether it is black."""
    still, dark = [], []
    before: Array | None = None
    anchor: Array | None = None
    for chunk in _chunks(material):
        dark.append(_is_black(chunk))
        flags = np.zeros(len(chunk), bool)
        for number, frame in enumerate(chunk):
            if before is None or anchor is None:
                anchor = frame
            else:
                flags[number] = _is_still(frame, before, 1) and _is_still(frame, anchor, 2)
                if not flags[number]:
                    anchor = frame
            before = frame
        still.append(flags)
    return np.concatenate(still or [np.zeros(0, bool)]), np.concatenate(dark or [np.zeros(0, bool)])


def _is_still(frame: Array, other: Array, factor: float) -> bool:
    change = np.abs(frame - other)
    within = np.abs((frame - other) @ LUMA).max() < factor * STILL_LUMA
    return bool(within and change.max() < factor * STILL_COLOUR)


def _is_black(chunk: Array) -> Flags:
    luma = chunk @ LUMA
    flags: Flags = (luma.mean(axis=(1, 2)) < BLACK_MEAN) & (luma.max(axis=(1, 2)) < BLACK_CELL)
    return flags


def _linear(chunk: Array) -> Array:
    """Relative light of the three colours, 0 to 1 (sRGB's curve, as WCAG has it)."""
    part = chunk / 255
    light: Array = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return light


def _red(linear: Array) -> tuple[Array, Flags]:
    """How much redder than anything else, and whether it is a saturated red."""
    red, green, blue = linear[..., 0], linear[..., 1], linear[..., 2]
    total = red + green + blue
    return np.maximum(0, red - green - blue), red >= SATURATED * np.maximum(total, 1e-6)


def _chunks(material: Material) -> Iterator[Array]:
    """Some frames at a time: (frame, row, column, colour), 0 to 255."""
    size = MOTION_WIDTH * MOTION_HEIGHT * 3
    with material.motion.open("rb") as stream:
        while data := stream.read(CHUNK * size):
            whole = np.frombuffer(data[: len(data) // size * size], dtype=np.uint8)
            yield whole.reshape(-1, MOTION_HEIGHT, MOTION_WIDTH, 3).astype(np.float32)


def _seconds(flags: list[Flags], material: Material) -> list[tuple[float, float]]:
    whole = np.concatenate(flags or [np.zeros(0, bool)])
    return [(a / material.frame_rate, b / material.frame_rate) for a, b in runs(whole)]
