"""Where things are along a video, for drawing: in hundredths of its length. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NARROWEST = 0.6  # per cent; less could not be hit by a finger
WAVE_WIDTH, WAVE_HEIGHT = 1000, 100  # the drawing's own units
MIDDLE = WAVE_HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where, in per cent of the length."""

    left: float
    width: float


def span_of(start: float, end: float, duration: float) -> Span:
    """Where a stretch (seconds) is to be drawn. What is too short to be seen is widened, and
    stays within the drawing."""
    if duration <= 0:
        return Span(0.0, 100.0)
    width = min(100.0, max(NARROWEST, 100 * (min(end, duration) - start) / duration))
    left = min(100 - width, max(0.0, 100 * start / duration))
    return Span(round(left, 3), round(width, 3))


def wave_path(peaks: Sequence[float]) -> str:
    """The outline of the sound's peaks (0 to 100 each), as the `d` of an SVG path in a drawing of
    WAVE_WIDTH × WAVE_HEIGHT; empty where there is nothing to draw."""
    if len(peaks) < 2 or not any(peaks):
        return ""
    step = WAVE_WIDTH / (len(peaks) - 1)
    halves = [min(100.0, max(0.0, peak)) * MIDDLE / 100 for peak in peaks]
    above = _line((at * step, MIDDLE - half) for at, half in enumerate(halves))
    below = _line((at * step, MIDDLE + half) for at, half in reversed(list(enumerate(halves))))
    return f"M{above}L{below}Z"


def _line(points: Iterable[tuple[float, float]]) -> str:
    return "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
