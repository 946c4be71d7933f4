"""Places where things stand. Each fills any width and height; the floor lies at 0.78 of it."""

from collections.abc import Callable

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
    LEAF,
    LEAF_DARK,
    LIME,
    MINT,
    MOSS,
    NIGHT,
    PAPER,
    PEACH,
    SAGE,
    SAND,
    SKY,
    STEEL,
    STEEL_DARK,
    STEEL_LIGHT,
    STRAW,
    SUNK,
    WHITE,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
)
from demo.art.shapes import at, box, circle, clipped, ellipse, group, path, rect, stroke

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
            rect(x, 0, 26 * u, height, WHITE, opacity=0.3) for x in _steps(0, width, 110 * u)
        )
        return group(
            rect(0, 0, width, height, ground),
            stripes,
            circle(width / 2, height * 0.52, 455 * u, GLOW, opacity=0.75),
        )

    return draw


def counter(width: float, height: float) -> str:
    """A kitchen by day: tiles, a window on hills, a shelf, a worktop."""
    u = min(width, height) / 1000
    floor = height * 0.72
    tiles = "".join(
        rect(x, y, 116 * u, 56 * u, WHITE, 8 * u, opacity=0.45)
        for j, y in enumerate(_steps(floor - 330 * u, floor, 66 * u))
        for x in _steps(-60 * u * (j % 2), width, 126 * u)
    )
    return group(
        rect(0, 0, width, height, BLUSH),
        tiles,
        at(width * 0.08, height * 0.08, u, _window(330, 400, _hills_view)),
        at(width - 430 * u, height * 0.2, u, _kitchen_shelf()),
        rect(0, floor, width, height - floor, WOOD_LIGHT),
        rect(0, floor, width, 26 * u, WOOD),
        "".join(
            stroke(f"M{x:g} {floor + 90 * u:g} h{260 * u:g}", WOOD, 7 * u, opacity=0.6)
            for x in _steps(80 * u, width, 430 * u)
        ),
    )


def sink(width: float, height: float) -> str:
    """A kitchen tap that runs, beside a window."""
    u = min(width, height) / 1000
    floor = height * 0.72
    tiles = "".join(
        rect(x, y, 92 * u, 92 * u, WHITE, 10 * u, opacity=0.5)
        for y in _steps(floor - 408 * u, floor, 102 * u)
        for x in _steps(0, width, 102 * u)
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
        at(width - 480 * u, height * 0.07, u, _window(360, 360, _hills_view)),
        rect(0, floor, width, height - floor, STEEL_LIGHT),
        rect(0, floor, width, 24 * u, STEEL),
        at(width * 0.14, floor - 560 * u, u, tap),
    )


def bedroom(width: float, height: float) -> str:
    """A bedroom at night: moon, stars, a bedside lamp."""
    return _bedroom(width, height, NIGHT, _night_view, "#1f5068")


def snowy_bedroom(width: float, height: float) -> str:
    """A bedroom on a winter's morning, with snow at the window."""
    return _bedroom(width, height, "#7fb0bf", _snow_view, "#93bfcc")


def _bedroom(width: float, height: float, wall: str, view: Callable[[], str], panel: str) -> str:
    u = min(width, height) / 1000
    floor = height * 0.74
    panels = "".join(
        rect(x, floor - 300 * u, 200 * u, 250 * u, panel, 16 * u)
        for x in _steps(20 * u, width, 230 * u)
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
        at(width * 0.5 - 180 * u, height * 0.06, u, _window(360, 330, view)),
        rect(0, floor, width, height - floor, WOOD_DARK),
        "".join(
            rect(x, floor, 7 * u, height - floor, INK, opacity=0.12)
            for x in _steps(0, width, 150 * u)
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
        at(width * 0.5 - 120 * u, height * 0.08, u, _window(380, 380, _hills_view)),
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


def beach(width: float, height: float) -> str:
    """Sea, sand, a high sun and a parasol."""
    u = min(width, height) / 1000
    sea, sand = height * 0.48, height * 0.66
    waves = "".join(
        stroke(
            f"M{x:g} {sea + 60 * u * (1 + j):g} q{30 * u:g} {-22 * u:g} {60 * u:g} 0",
            ICE,
            9 * u,
            opacity=0.8,
        )
        for j in range(3)
        for x in _steps(40 * u + 90 * u * (j % 2), width, 260 * u)
    )
    parasol = group(
        stroke("M0 0 L90 -520", WOOD_DARK, 18),
        path("M-190 -420 Q-100 -660 110 -640 Q320 -610 370 -330 Q90 -470 -190 -420 Z", CORAL),
        path("M-20 -440 Q-20 -600 110 -640 Q190 -560 190 -410 Q90 -446 -20 -440 Z", PAPER),
    )
    return group(
        rect(0, 0, width, height, SKY),
        circle(width * 0.5, height * 0.2, 210 * u, GLOW, opacity=0.5),
        circle(width * 0.5, height * 0.2, 130 * u, LIME),
        at(width * 0.12, height * 0.16, u, _cloud()),
        at(width * 0.74, height * 0.1, 0.8 * u, _cloud()),
        rect(0, sea, width, sand - sea + 80 * u, BLUE),
        waves,
        path(
            f"M0 {sand:g} Q{width * 0.3:g} {sand - 50 * u:g} {width * 0.6:g} {sand + 10 * u:g} T{width:g} {sand - 10 * u:g} V{height:g} H0 Z",
            SAND,
        ),
        path(
            f"M0 {sand + 90 * u:g} Q{width * 0.4:g} {sand + 40 * u:g} {width:g} {sand + 110 * u:g} V{height:g} H0 Z",
            STRAW,
            opacity=0.55,
        ),
        at(width * 0.8, height * 0.84, u, parasol),
    )


def hills(width: float, height: float) -> str:
    """Green hills in the morning and a path through them."""
    u = min(width, height) / 1000
    return group(
        rect(0, 0, width, height, ICE),
        circle(width * 0.76, height * 0.26, 120 * u, LIME),
        at(width * 0.14, height * 0.14, u, _cloud())
        + at(width * 0.46, height * 0.08, 0.7 * u, _cloud()),
        path(
            f"M0 {height * 0.52:g} Q{width * 0.2:g} {height * 0.3:g} {width * 0.42:g} {height * 0.5:g} T{width:g} {height * 0.42:g} V{height:g} H0 Z",
            SAGE,
        ),
        path(
            f"M0 {height * 0.62:g} Q{width * 0.3:g} {height * 0.5:g} {width * 0.6:g} {height * 0.62:g} T{width:g} {height * 0.56:g} V{height:g} H0 Z",
            LEAF,
        ),
        path(
            f"M{width * 0.56:g} {height * 0.61:g} Q{width * 0.44:g} {height * 0.7:g} {width * 0.62:g} {height * 0.76:g} L{width * 0.5:g} {height * 0.8:g} Q{width * 0.4:g} {height * 0.68:g} {width * 0.55:g} {height * 0.61:g} Z",
            SAND,
        ),
        "".join(
            at(width * x, height * y, s * u, _tree())
            for x, y, s in ((0.1, 0.64, 1), (0.2, 0.6, 0.7), (0.86, 0.62, 1.1), (0.93, 0.58, 0.7))
        ),
        path(
            f"M0 {height * 0.76:g} Q{width * 0.5:g} {height * 0.72:g} {width:g} {height * 0.77:g} V{height:g} H0 Z",
            SAND,
        ),
        path(
            f"M0 {height * 0.93:g} Q{width * 0.5:g} {height * 0.9:g} {width:g} {height * 0.94:g} V{height:g} H0 Z",
            STRAW,
        ),
    )


def train(width: float, height: float) -> str:
    """A seat by the window of a train."""
    u = min(width, height) / 1000
    frame = box(width * 0.1, height * 0.08, width * 0.8, height * 0.56, 60 * u)
    view = group(
        rect(0, 0, width, height, SKY),
        circle(width * 0.72, height * 0.22, 90 * u, LIME),
        path(
            f"M0 {height * 0.4:g} Q{width * 0.25:g} {height * 0.26:g} {width * 0.5:g} {height * 0.42:g} T{width:g} {height * 0.36:g} V{height:g} H0 Z",
            SAGE,
        ),
        path(
            f"M0 {height * 0.5:g} Q{width * 0.35:g} {height * 0.42:g} {width * 0.7:g} {height * 0.52:g} T{width:g} {height * 0.5:g} V{height:g} H0 Z",
            LEAF,
        ),
        "".join(at(width * x, height * 0.53, 0.7 * u, _tree()) for x in (0.22, 0.3, 0.64, 0.8)),
    )
    return group(
        rect(0, 0, width, height, MOSS),
        clipped(frame, view),
        path(frame, stroke=STEEL_LIGHT, stroke_width=26 * u),
        rect(0, height * 0.76, width, height, WOOD_LIGHT),
        rect(0, height * 0.76, width, 22 * u, WOOD),
    )


def back_seat(width: float, height: float) -> str:
    """The back seat of a car, seen from the front."""
    u = min(width, height) / 1000
    glass = (
        f"M{width * 0.06:g} {height * 0.5:g} L{width * 0.16:g} {height * 0.1:g} "
        f"H{width * 0.84:g} L{width * 0.94:g} {height * 0.5:g} Z"
    )
    rests = "".join(
        path(box(width * x - 90 * u, height * 0.36, 180 * u, 130 * u, 36 * u), STRAW)
        for x in (0.26, 0.5, 0.74)
    )
    return group(
        rect(0, 0, width, height, IRON),
        clipped(
            glass,
            rect(0, 0, width, height, SKY),
            path(
                f"M0 {height * 0.34:g} Q{width * 0.4:g} {height * 0.22:g} {width:g} {height * 0.36:g} V{height:g} H0 Z",
                SAGE,
            ),
            at(width * 0.25, height * 0.36, u, _tree()),
            at(width * 0.8, height * 0.38, u, _tree()),
        ),
        rests,
        path(box(width * 0.08, height * 0.46, width * 0.84, height * 0.4, 70 * u), SAND),
        "".join(rect(width * x, height * 0.5, 8 * u, height * 0.3, STRAW) for x in (0.36, 0.64)),
        path(box(width * 0.04, height * 0.78, width * 0.92, height * 0.3, 60 * u), STRAW),
        path(box(width * 0.04, height * 0.78, width * 0.92, 40 * u, 20 * u), WHITE, opacity=0.25),
    )


def _steps(start: float, end: float, step: float) -> list[float]:
    count = int((end - start) // step) + 1
    return [start + i * step for i in range(count)]


def _window(width: float, height: float, view: Callable[[], str]) -> str:
    pane = box(0, 0, width, height, 14)
    return group(
        clipped(pane, at(0, 0, max(width, height) / 360, view())),
        path(pane, stroke=PAPER, stroke_width=22),
        rect(width / 2 - 7, 0, 14, height, PAPER),
        rect(0, height / 2 - 7, width, 14, PAPER),
        rect(-30, height + 4, width + 60, 26, PAPER, 8)
        + rect(-30, height + 24, width + 60, 8, INK, 4, opacity=0.12),
    )


def _hills_view() -> str:
    return group(
        rect(0, 0, 400, 400, ICE),
        circle(270, 90, 44, LIME),
        path("M0 230 Q100 150 200 240 T400 200 V400 H0 Z", SAGE),
        path("M0 300 Q140 220 400 300 V400 H0 Z", LEAF),
        at(90, 290, 0.5, _tree()),
    )


def _night_view() -> str:
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


def _snow_view() -> str:
    flakes = "".join(
        circle((i * 97) % 380 + 8, (i * 61) % 330 + 14, 5 + i % 3 * 2, WHITE) for i in range(26)
    )
    return group(
        rect(0, 0, 400, 400, SKY),
        path("M0 260 Q120 190 220 270 T400 240 V400 H0 Z", WHITE),
        path("M90 250 l34 -90 l34 90 Z M250 262 l28 -80 l28 80 Z", LEAF_DARK),
        flakes,
    )


def _cloud() -> str:
    return group(
        circle(60, 60, 46, WHITE),
        circle(120, 40, 58, WHITE),
        circle(186, 62, 44, WHITE),
        rect(30, 60, 190, 46, WHITE, 23),
    )


def _tree() -> str:
    return group(
        rect(-8, -60, 16, 70, WOOD_DARK),
        ellipse(0, -120, 52, 84, LEAF_DARK),
        path("M0 -204 Q52 -190 52 -120 Q52 -60 0 -36 Z", INK, opacity=0.1),
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
