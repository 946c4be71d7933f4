"""Rooms of a home."""

from collections.abc import Callable

from demo.art.backdrops.views import hills_view, night_view, snow_view, steps, window
from demo.art.home import plant
from demo.art.palette import (
    AMBER,
    BLUE,
    BLUSH,
    CORAL,
    GLOW,
    HOUSE,
    ICE,
    INK,
    IRON,
    LIME,
    MINT,
    MOSS,
    NIGHT,
    PAPER,
    PEACH,
    SAND,
    SKY,
    STEEL,
    STEEL_DARK,
    STEEL_LIGHT,
    SUNK,
    WHITE,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
)
from demo.art.shapes import at, box, circle, ellipse, group, path, rect, stroke


def counter(width: float, height: float) -> str:
    """A kitchen by day: tiles, a window on hills, a shelf, a worktop."""
    u = min(width, height) / 1000
    floor = height * 0.72
    tiles = "".join(
        rect(x, y, 116 * u, 56 * u, WHITE, 8 * u, opacity=0.45)
        for j, y in enumerate(steps(floor - 330 * u, floor, 66 * u))
        for x in steps(-60 * u * (j % 2), width, 126 * u)
    )
    return group(
        rect(0, 0, width, height, BLUSH),
        tiles,
        at(width * 0.08, height * 0.08, u, window(330, 400, hills_view)),
        at(width - 430 * u, height * 0.2, u, _kitchen_shelf()),
        rect(0, floor, width, height - floor, WOOD_LIGHT),
        rect(0, floor, width, 26 * u, WOOD),
        "".join(
            stroke(f"M{x:g} {floor + 90 * u:g} h{260 * u:g}", WOOD, 7 * u, opacity=0.6)
            for x in steps(80 * u, width, 430 * u)
        ),
    )


def sink(width: float, height: float) -> str:
    """A kitchen tap that runs, beside a window."""
    u = min(width, height) / 1000
    floor = height * 0.72
    tiles = "".join(
        rect(x, y, 92 * u, 92 * u, WHITE, 10 * u, opacity=0.5)
        for y in steps(floor - 408 * u, floor, 102 * u)
        for x in steps(0, width, 102 * u)
    )
    tap = group(
        stroke("M60 560 V200 Q60 80 170 80 Q280 80 280 190 V230", STEEL, 46),
        rect(6, 520, 108, 50, STEEL_DARK, 18),
        stroke("M60 330 H-30", STEEL_DARK, 30),
        circle(-40, 330, 30, CORAL),
    )
    return group(
        rect(0, 0, width, height, MINT),
        tiles,
        at(width - 480 * u, height * 0.07, u, window(360, 360, hills_view)),
        rect(0, floor, width, height - floor, STEEL_LIGHT),
        rect(0, floor, width, 24 * u, STEEL),
        at(width * 0.14, floor - 560 * u, u, tap),
    )


def bedroom(width: float, height: float) -> str:
    """A bedroom at night: moon, stars, a bedside lamp."""
    return _bedroom(width, height, NIGHT, night_view, "#1f5068")


def snowy_bedroom(width: float, height: float) -> str:
    """A bedroom on a winter's morning, with snow at the window."""
    return _bedroom(width, height, "#7fb0bf", snow_view, "#93bfcc")


def _bedroom(width: float, height: float, wall: str, view: Callable[[], str], panel: str) -> str:
    u = min(width, height) / 1000
    floor = height * 0.74
    panels = "".join(
        rect(x, floor - 300 * u, 200 * u, 250 * u, panel, 16 * u)
        for x in steps(20 * u, width, 230 * u)
    )
    lamp = group(
        ellipse(0, -180, 240, 220, LIME, opacity=0.18),
        rect(-120, 0, 240, 180, WOOD_DARK, 14)
        + rect(-100, 24, 200, 60, WOOD, 8)
        + circle(0, 54, 9, LIME),
        rect(-12, -130, 24, 130, LIME) + ellipse(0, -6, 62, 16, AMBER),
        path("M-56 -260 H56 L96 -120 H-96 Z", GLOW),
    )
    return group(
        rect(0, 0, width, height, wall),
        panels,
        at(width * 0.5 - 180 * u, height * 0.06, u, window(360, 330, view)),
        rect(0, floor, width, height - floor, WOOD_DARK),
        "".join(
            rect(x, floor, 7 * u, height - floor, INK, opacity=0.12)
            for x in steps(0, width, 150 * u)
        ),
        ellipse(width / 2, height * 0.9, width * 0.35, height * 0.085, BLUSH, opacity=0.9),
        ellipse(width / 2, height * 0.9, width * 0.31, height * 0.07, PEACH, opacity=0.8),
        at(width - 170 * u, floor - 60 * u, u, lamp),
    )


def study(width: float, height: float) -> str:
    """A room to work in: desk, lamp, plant, window."""
    u = min(width, height) / 1000
    floor = height * 0.78
    desk = group(
        rect(0, 0, 620, 36, WOOD, 8),
        rect(40, 36, 30, 330, WOOD_DARK) + rect(540, 36, 30, 330, WOOD_DARK),
        rect(70, -210, 280, 180, INK, 16)
        + rect(84, -196, 252, 150, SKY, 8)
        + rect(190, -34, 40, 34, IRON)
        + rect(140, -10, 140, 12, IRON),
        stroke("M520 0 V-120 L440 -230", HOUSE, 18)
        + path("M400 -290 L500 -240 L430 -170 L376 -230 Z", LIME),
        rect(480, -14, 90, 16, HOUSE, 8),
    )
    return group(
        rect(0, 0, width, height, MINT),
        at(width * 0.5 - 120 * u, height * 0.08, u, window(380, 380, hills_view)),
        rect(0, floor, width, height - floor, WOOD_LIGHT),
        rect(0, floor, width, 18 * u, WHITE, opacity=0.6),
        ellipse(width * 0.52, height * 0.885, width * 0.36, height * 0.07, SAND),
        at(width - 690 * u, floor - 366 * u, u, desk),
        at(120 * u, floor + 30 * u, 1.3 * u, plant(0, 0, 1, CORAL)),
    )


def living_room(width: float, height: float) -> str:
    """An evening room: an armchair, a shelf of plants, a lamp that hangs."""
    u = min(width, height) / 1000
    floor = height * 0.8
    armchair = group(
        path(box(60, 0, 330, 330, 70), CORAL),
        path(box(0, 150, 110, 240, 46), "#cc5028") + path(box(340, 150, 110, 240, 46), "#cc5028"),
        path(box(96, 220, 258, 120, 36), PEACH),
        rect(40, 380, 28, 60, WOOD_DARK, 8) + rect(382, 380, 28, 60, WOOD_DARK, 8),
    )
    shelf = group(
        rect(0, 200, 430, 24, WOOD_LIGHT, 8),
        at(80, 200, 0.75, plant(0, 0, 1, BLUE))
        + at(220, 200, 0.95, plant(0, 0, 1, SAND))
        + at(356, 200, 0.7, plant(0, 0, 1, CORAL)),
        rect(30, -190, 370, 26, INK, 12) + rect(46, -166, 338, 16, LIME, 8),
        path("M46 -150 H384 L420 200 H10 Z", GLOW, opacity=0.22),
    )
    return group(
        rect(0, 0, width, height, MOSS),
        at(
            width * 0.5,
            height * 0.34,
            u,
            circle(0, 0, 420, GLOW, opacity=0.14),
            circle(0, 0, 280, GLOW, opacity=0.16),
        ),
        rect(0, floor, width, height - floor, HOUSE),
        ellipse(width * 0.38, height * 0.93, width * 0.32, height * 0.05, AMBER, opacity=0.5),
        at(width * 0.1, floor - 360 * u, u, armchair),
        at(width - 520 * u, height * 0.42, u, shelf),
    )


def _kitchen_shelf() -> str:
    jars = group(
        path(box(20, -120, 80, 120, 18), ICE, opacity=0.9)
        + rect(20, -70, 80, 70, AMBER, 14)
        + rect(16, -140, 88, 30, HOUSE, 8),
        path(box(124, -96, 80, 96, 18), ICE, opacity=0.9)
        + rect(124, -50, 80, 50, PAPER, 14)
        + rect(120, -116, 88, 30, CORAL, 8),
    )
    bowls = path("M240 -60 H380 Q370 0 330 0 H290 Q250 0 240 -60 Z", BLUE) + path(
        "M250 -108 H370 Q364 -60 330 -60 H290 Q256 -60 250 -108 Z", SKY
    )
    hooks = (
        stroke("M90 26 V120 M190 26 V150", IRON, 9)
        + circle(90, 150, 34, STEEL_DARK)
        + path("M160 150 H220 V200 Q190 226 160 200 Z", WOOD_DARK)
    )
    return group(
        rect(0, 0, 400, 26, WOOD_DARK, 8),
        jars,
        bowls,
        hooks,
        at(330, 0, 0.01, plant(0, 0, 1, SUNK)),
    )
