"""What goes on from frame to frame, from motion.rgb: 32 × 18 cells for every frame. Black and
frozen stretches, and flashes that could hurt (WCAG 2.3.1)."""

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
SHORTEST_BLACK = 1.5  # seconds; a fade through black is shorter

# Frozen: no cell changes more than a codec's noise does, from frame to frame or since it began.
STILL_CELL = 2.0  # of 255
SHORTEST_FREEZE = 5.0  # seconds; titles stand for less

# WCAG 2.2, "general flash and red flash thresholds". A field of 10 degrees is 341 × 256 pixels of
# a screen of 1024 × 768: a third of the picture's width and height.
FLASH = 0.1  # of the largest relative luminance
DARK_STATE = 0.8
RED_FLASH = 20 / 320  # of max(0, R − G − B)
SATURATED = 0.8  # R / (R + G + B)
FIELD_WIDTH, FIELD_HEIGHT = 11, 6  # cells
FIELD_SHARE = 0.25  # of a field that flashes together
FLASHES_ALLOWED = 3  # in any second
TOGETHER = 1 / 30  # seconds between cells that change together


def black(material: Material) -> list[Found]:
    """Stretches in which nothing can be seen."""
    dark = [_is_black(chunk) for chunk in _chunks(material)]
    return [
        Found("black", start, end, f"{end - start:.1f} s", shown_at=(start + end) / 2)
        for start, end in _seconds(dark, material)
        if end - start >= SHORTEST_BLACK
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
    """Follows one quantity in every cell. A cell makes a transition when it has gone far enough
    from its last extreme; a field makes one when a quarter of its cells do so together; two
    transitions in opposite directions are a flash."""

    def __init__(self, frame_rate: float) -> None:
        self._frame_rate = frame_rate
        self._frame = 0
        self._memory = max(1, round(TOGETHER * frame_rate))
        shape = (MOTION_HEIGHT, MOTION_WIDTH)
        self._low: Array | None = None
        self._high: Array | None = None
        self._low_counts = np.zeros(shape, bool)
        self._high_counts = np.zeros(shape, bool)
        self._since_up = np.full(shape, self._memory + 1)
        self._since_down = np.full(shape, self._memory + 1)
        fields = (MOTION_HEIGHT - FIELD_HEIGHT + 1, MOTION_WIDTH - FIELD_WIDTH + 1)
        self._direction = np.zeros(fields, np.int8)
        self._times: list[tuple[int, Flags]] = []

    def see(self, value: Array, counts: Flags, step: float, *, darker: bool) -> None:
        """One frame. `counts` says where a value may be one of a flash's two states: the darker
        one of a flash of light, the higher one of a red flash."""
        if self._low is None or self._high is None:
            self._low, self._high = value.copy(), value.copy()
            self._low_counts, self._high_counts = counts.copy(), counts.copy()
        lower, higher = value < self._low, value > self._high
        self._low = np.where(lower, value, self._low)
        self._low_counts = np.where(lower, counts, self._low_counts)
        self._high = np.where(higher, value, self._high)
        self._high_counts = np.where(higher, counts, self._high_counts)
        may_rise = self._low_counts if darker else counts
        may_fall = counts if darker else self._high_counts
        up = (value - self._low >= step) & may_rise
        down = (self._high - value >= step) & may_fall
        turned = up | down
        self._low = np.where(turned, value, self._low)
        self._high = np.where(turned, value, self._high)
        self._low_counts = np.where(turned, counts, self._low_counts)
        self._high_counts = np.where(turned, counts, self._high_counts)
        self._since_up = np.where(up, 0, self._since_up + 1)
        self._since_down = np.where(down, 0, self._since_down + 1)
        self._turn_fields()
        self._frame += 1

    def _turn_fields(self) -> None:
        needed = FIELD_SHARE * FIELD_WIDTH * FIELD_HEIGHT
        up = _in_fields(self._since_up < self._memory) >= needed
        down = _in_fields(self._since_down < self._memory) >= needed
        turned = (up & (self._direction <= 0)) | (down & (self._direction >= 0))
        if turned.any():
            self._direction = np.where(turned, np.where(up, 1, -1), self._direction)
            self._times.append((self._frame, turned))

    def stretches(self) -> list[tuple[float, float, int]]:
        """(start, end, most flashes in a second) wherever there were too many."""
        found: list[tuple[float, float, int]] = []
        second = round(self._frame_rate)
        first = 0
        for number, (frame, _turned) in enumerate(self._times):
            while frame - self._times[first][0] >= second:
                first += 1
            counts = np.sum([one for _, one in self._times[first : number + 1]], axis=0)
            most = int(counts.max()) // 2
            if most > FLASHES_ALLOWED:
                start = self._times[first][0] / self._frame_rate
                found.append((start, (frame + 1) / self._frame_rate, most))
        return merged(found)


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
                flags[number] = bool(
                    np.abs(frame - before).max() < STILL_CELL
                    and np.abs(frame - anchor).max() < 2 * STILL_CELL
                )
                if not flags[number]:
                    anchor = frame
            before = frame
        still.append(flags)
    return np.concatenate(still or [np.zeros(0, bool)]), np.concatenate(dark or [np.zeros(0, bool)])


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
