"""What is seen through windows, and what stands about."""

from collections.abc import Callable

from demo.art.palette import (
    GLOW,
    HOUSE,
    ICE,
    INK,
    LEAF,
    LEAF_DARK,
    LIME,
    MOSS,
    PAPER,
    SAGE,
    SKY,
    WHITE,
    WOOD_DARK,
)
from demo.art.shapes import at, box, circle, clipped, ellipse, group, path, rect


def steps(start: float, end: float, step: float) -> list[float]:
    count = int((end - start) // step) + 1
    return [start + i * step for i in range(count)]


def window(width: float, height: float, view: Callable[[], str]) -> str:
    pane = box(0, 0, width, height, 14)
    return group(
        clipped(pane, at(0, 0, max(width, height) / 360, view())),
        path(pane, stroke=PAPER, stroke_width=22),
        rect(width / 2 - 7, 0, 14, height, PAPER),
        rect(0, height / 2 - 7, width, 14, PAPER),
        rect(-30, height + 4, width + 60, 26, PAPER, 8)
        + rect(-30, height + 24, width + 60, 8, INK, 4, opacity=0.12),
    )


def hills_view() -> str:
    return group(
        rect(0, 0, 400, 400, ICE),
        circle(270, 90, 44, LIME),
        path("M0 230 Q100 150 200 240 T400 200 V400 H0 Z", SAGE),
        path("M0 300 Q140 220 400 300 V400 H0 Z", LEAF),
        at(90, 290, 0.5, tree()),
    )


def night_view() -> str:
    stars = "".join(
        circle(x, y, r, PAPER)
        for x, y, r in (
            (60, 70, 5),
            (130, 40, 4),
            (310, 60, 5),
            (330, 170, 4),
            (40, 190, 4),
            (150, 150, 3),
        )
    )
    return group(
        rect(0, 0, 400, 400, HOUSE),
        stars,
        circle(240, 120, 62, GLOW) + circle(268, 104, 56, HOUSE),
        path("M0 280 Q120 220 220 290 T400 260 V400 H0 Z", MOSS),
    )


def snow_view() -> str:
    flakes = "".join(
        circle((i * 97) % 380 + 8, (i * 61) % 330 + 14, 5 + i % 3 * 2, WHITE) for i in range(26)
    )
    return group(
        rect(0, 0, 400, 400, SKY),
        path("M0 260 Q120 190 220 270 T400 240 V400 H0 Z", WHITE),
        path("M90 250 l34 -90 l34 90 Z M250 262 l28 -80 l28 80 Z", LEAF_DARK),
        flakes,
    )


def cloud() -> str:
    return group(
        circle(60, 60, 46, WHITE),
        circle(120, 40, 58, WHITE),
        circle(186, 62, 44, WHITE),
        rect(30, 60, 190, 46, WHITE, 23),
    )


def tree() -> str:
    return group(
        rect(-8, -60, 16, 70, WOOD_DARK),
        ellipse(0, -120, 52, 84, LEAF_DARK),
        path("M0 -204 Q52 -190 52 -120 Q52 -60 0 -36 Z", INK, opacity=0.1),
    )
