"""Which renditions a video gets. Pure: numbers in, numbers out."""

from collections.abc import Sequence
from dataclasses import dataclass

# The way in which renditions are made. A change that makes them better gets the next number, and
# what was made in the old way is made again in the background.
PROFILE = 1
SHORT_EDGES = (1080, 720, 540, 360)
# Bits a second that a rung never exceeds for longer than its buffer, at up to 30 frames a
# second. Quality is constant below that, so simple pictures cost less.
PEAK_RATES = {1080: 5_000_000, 720: 2_800_000, 540: 1_600_000, 360: 800_000}
FAST_FACTOR = 1.4  # above 30 frames a second
OWN_SIZE_FACTOR = 1.25  # a source this much larger than the rung below it keeps its own size
PROGRESSIVE_SHORT_EDGE = 540  # what a page's plain <video> plays
MAX_FRAME_RATE = 60.0
MIN_FRAME_RATE = 5.0
NEARBY = 0.02  # of the rate: what counts as a usual frame rate, measured with an error
USUAL_FRAME_RATES = (
    (24000, 1001),
    (24, 1),
    (25, 1),
    (30000, 1001),
    (30, 1),
    (48, 1),
    (50, 1),
    (60000, 1001),
    (60, 1),
)


@dataclass(frozen=True, slots=True)
class Rung:
    name: str
    width: int
    height: int
    peak_rate: int
    """Bits a second."""


def rungs_for(*, width: int, height: int, frame_rate: float) -> list[Rung]:
    """The ladder of a source of this size (pixels, upright and square), best first. Never above
    the source; measured on the short edge, so that a portrait gets what a landscape does."""
    short = min(width, height)
    edges = [edge for edge in SHORT_EDGES if edge <= short]
    if short < SHORT_EDGES[0] and (not edges or short >= edges[0] * OWN_SIZE_FACTOR):
        edges.insert(0, short)
    return [_rung(edge, width, height, frame_rate) for edge in edges]


def progressive_name(rungs: Sequence[tuple[str, int]]) -> str:
    """Of (name, short edge) pairs, the one that a plain <video> plays: large enough to be looked
    at, small enough to start at once on a telephone."""
    fitting = [rung for rung in rungs if rung[1] <= PROGRESSIVE_SHORT_EDGE]
    return max(fitting, key=_edge)[0] if fitting else min(rungs, key=_edge)[0]


def progressive_of(rungs: Sequence[Rung]) -> Rung:
    """The same of rungs."""
    name = progressive_name([(rung.name, min(rung.width, rung.height)) for rung in rungs])
    return next(rung for rung in rungs if rung.name == name)


def even_frame_rate(measured: float) -> tuple[int, int]:
    """The constant frame rate to make, as a fraction: the usual one nearby, else the measured
    one; a whole part of it where it is above 60 (slow motion has 120 or 240), and a multiple
    where it is so low that key frames every 2 s would lie beside their places (slides)."""
    rate = measured if measured > 0 else 25.0
    while rate < MIN_FRAME_RATE * (1 - NEARBY):
        rate *= 2
    while rate > MAX_FRAME_RATE * (1 + NEARBY):
        rate /= 2
    usual = min(USUAL_FRAME_RATES, key=lambda known: abs(rate - known[0] / known[1]))
    if abs(rate - usual[0] / usual[1]) < rate * NEARBY:
        return usual
    return max(1, round(rate * 100)), 100


def _rung(edge: int, width: int, height: int, frame_rate: float) -> Rung:
    scale = edge / min(width, height)
    peak = _peak_rate(edge) * (FAST_FACTOR if frame_rate > 31 else 1)
    return Rung(
        name=f"{edge}p",
        width=_even(width * scale),
        height=_even(height * scale),
        peak_rate=round(peak),
    )


def _peak_rate(edge: int) -> int:
    """That of the rung itself, or of the one above for a size in between."""
    return next(rate for known, rate in sorted(PEAK_RATES.items()) if known >= edge)


def _even(pixels: float) -> int:
    """4:2:0 video needs whole pairs of pixels."""
    return max(2, round(pixels / 2) * 2)


def _edge(rung: tuple[str, int]) -> int:
    return rung[1]
