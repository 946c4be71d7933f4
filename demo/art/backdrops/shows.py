"""How a product is shown by itself."""

from collections.abc import Callable

from demo.art.backdrops.views import steps
from demo.art.palette import GLOW, INK, PAPER, WHITE
from demo.art.shapes import circle, ellipse, group, rect

Backdrop = Callable[[float, float], str]


def stage(ground: str, light: str = GLOW) -> Backdrop:
    """A plain ground, a round light and a low podium: how a product is shown by itself."""

    def draw(width: float, height: float) -> str:
        u = min(width, height) / 1000
        x, foot = width / 2, height * 0.86
        return group(
            rect(0, 0, width, height, ground),
            circle(x, height * 0.5, 430 * u, light, opacity=0.85),
            ellipse(x, foot + 34 * u, 440 * u, 62 * u, INK, opacity=0.16),
            ellipse(x, foot + 14 * u, 420 * u, 54 * u, WHITE),
            ellipse(x, foot + 4 * u, 420 * u, 50 * u, PAPER),
        )

    return draw


def table_top(ground: str) -> Backdrop:
    """A table seen from above, with a striped cloth: for things that lie flat."""

    def draw(width: float, height: float) -> str:
        u = min(width, height) / 1000
        stripes = "".join(
            rect(x, 0, 26 * u, height, WHITE, opacity=0.3) for x in steps(0, width, 110 * u)
        )
        return group(
            rect(0, 0, width, height, ground),
            stripes,
            circle(width / 2, height * 0.52, 455 * u, GLOW, opacity=0.75),
        )

    return draw
