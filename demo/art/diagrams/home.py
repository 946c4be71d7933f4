"""Diagrams of the home."""

# ruff: noqa: E501 - an outline is one string

from demo.art.diagrams.sheet import arrow, sheet
from demo.art.palette import (
    AMBER,
    BLUE,
    CORAL,
    GLOW,
    HOUSE,
    ICE,
    INK,
    IRON,
    LEAF,
    LIME,
    MINT,
    NIGHT,
    PAPER,
    PEACH,
    RED,
    SAGE,
    SAND,
    SKIN,
    SKIN_DARK,
    SKY,
    STEEL,
    STEEL_DARK,
    WHITE,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
)
from demo.art.shapes import at, box, circle, clipped, ellipse, group, path, rect, stroke


def _sleeper(bend: float, good: bool) -> str:
    """A person on their side, seen from the back, so that the spine shows; `bend` in pixels."""
    colour = LEAF if good else RED
    body = (
        f"M-150 0 Q-150 -70 -80 -84 Q-10 {-60 + bend:g} 60 {-92 + bend:g} Q190 {-80 + bend * 0.6:g} 320 -46 "
        f"Q350 -20 320 0 Q150 {34 + bend:g} 40 {34 + bend:g} Q-70 {26 + bend * 0.4:g} -150 0 Z"
    )
    spine = f"M-216 -40 Q-120 {-40 + bend * 0.1:g} -60 {-36 + bend * 0.5:g} T70 {-32 + bend:g}"
    return group(
        path(
            "M-330 14 Q-330 -16 -290 -16 H-180 Q-150 -16 -150 14 Q-150 34 -180 34 H-290 Q-330 34 -330 14 Z",
            WHITE,
        ),
        circle(-236, -58, 56, SKIN)
        + path(
            "M-290 -70 Q-286 -122 -232 -118 Q-190 -112 -184 -78 Q-230 -100 -290 -70 Z", WOOD_DARK
        ),
        path(body, BLUE),
        stroke(spine, GLOW, 16)
        + "".join(
            circle(-216 + 48 * i, -40 + (bend * (i / 6) ** 1.3 if bend else 0), 11, colour)
            for i in range(7)
        ),
    )


def spine() -> str:
    def bed(surface: str, colour: str) -> str:
        return path(surface, colour) + path("M-380 150 H380 V196 H-380 Z", WOOD_DARK)

    sagging = "M-380 30 Q-240 30 -140 60 Q0 104 140 60 Q240 30 380 30 V150 H-380 Z"
    level = "M-380 30 Q-160 38 -40 40 Q100 44 380 30 V150 H-380 Z"
    hard = "M-380 30 H380 V150 H-380 Z"
    panels = (
        (sagging, PEACH, 44, False, 290, 210),
        (level, MINT, 2, True, 800, 500),
        (hard, STEEL, -42, False, 1310, 210),
    )
    drawn = []
    for surface, colour, bend, good, x, y in panels:
        mark = (
            circle(0, -210, 34, LEAF) + stroke("M-14 -210 l11 12 l20 -24", PAPER, 9)
            if good
            else circle(0, -210, 34, RED) + stroke("M-12 -222 l24 24 M12 -222 l-24 24", PAPER, 9)
        )
        drawn.append(
            at(
                x,
                y + 120,
                0.72 if not good else 0.86,
                bed(surface, colour),
                _sleeper(bend, good),
                mark,
            )
        )
    return group(sheet(ICE), *drawn)


def mattress_layers() -> str:
    layers = (
        (150, 60, PAPER, SAND, ""),
        (280, 70, PEACH, "#e3a077", ""),
        (440, 150, MINT, SAGE, "springs"),
        (660, 70, BLUE, NIGHT, ""),
    )
    drawn = []
    for y, height, top, side, inside in reversed(layers):
        front = f"M300 {y} L780 {y + 130} V{y + 130 + height} L300 {y + height} Z"
        right = f"M780 {y + 130} L1320 {y - 20} V{y - 20 + height} L780 {y + 130 + height} Z"
        drawn += [
            path(f"M300 {y} L840 {y - 130} L1320 {y - 20} L780 {y + 130} Z", top),
            path(front, side) + path(right, side) + path(right, INK, opacity=0.15),
        ]
        if inside:
            for i in range(11):
                x0, y0 = 326 + 41 * i, y + 18 + 11 * i
                drawn.append(stroke(f"M{x0} {y0} " + "q28 8 0 18 q-28 8 0 18 " * 3, PAPER, 7))
    return group(
        sheet(),
        path("M300 770 L780 900 L1360 745 L1320 640 Z", INK, opacity=0.12),
        *drawn,
        *(arrow(150, y, 282, y, CORAL) for y in (180, 316, 516, 696)),
    )


def duvet_boxes() -> str:
    def tuft(x: float, y: float) -> str:
        return "".join(
            stroke(f"M{x} {y} l{dx} {dy}", WHITE, 7)
            for dx, dy in ((-22, -18), (22, -18), (0, -28), (-20, 16), (20, 16), (0, 26))
        )

    waves_up = "M120 250 " + "q85 -150 170 0 " * 8
    waves_down = "q-85 150 -170 0 " * 8
    through = waves_up + waves_down + "Z"
    walls = "M120 540 " + "q85 -34 170 0 " * 8 + "V740 " + "q-85 34 -170 0 " * 8 + "Z"
    sewn = clipped(
        through,
        *(
            tuft(205 + 170 * i + dx, 250 + dy)
            for i in range(8)
            for dx, dy in ((-40, 0), (0, -34), (40, 4), (0, 34))
        ),
    )
    boxed = clipped(walls, *(tuft(160 + 52 * i, 570 + (i * 47) % 150) for i in range(26)))
    cold = "".join(arrow(120 + 170 * i, 120, 120 + 170 * i, 236, BLUE, 13) for i in range(1, 8))
    inner = "".join(stroke(f"M{120 + 170 * i} 540 V740", HOUSE, 9) for i in range(1, 8))
    return group(
        sheet(ICE),
        path(through, SKY) + sewn + stroke(through, BLUE, 9),
        cold,
        path(walls, PEACH) + boxed + inner + stroke(walls, CORAL, 9),
        circle(60, 250, 30, RED) + stroke("M50 240 l20 20 M70 240 l-20 20", PAPER, 8),
        circle(60, 640, 30, LEAF) + stroke("M48 640 l9 11 l17 -21", PAPER, 8),
    )


def whites() -> str:
    rooms = (
        ("#f3b765", "#ffd98f", "#fff0c4"),
        ("#e9dfc6", "#fff4d8", WHITE),
        ("#a9cfe0", "#d6ecf5", WHITE),
    )
    drawn = []
    for i, (wall, pool, lamp) in enumerate(rooms):
        room = group(
            rect(0, 0, 500, 820, wall),
            path("M250 170 L40 640 H460 Z", pool, opacity=0.8),
            rect(0, 640, 500, 180, INK, opacity=0.25),
            rect(246, 0, 8, 110, INK)
            + path("M180 190 Q186 110 250 106 Q314 110 320 190 Z", HOUSE)
            + ellipse(250, 192, 56, 26, lamp),
            path(box(110, 520, 280, 150, 50), CORAL)
            + path(box(70, 570, 80, 130, 34), RED)
            + path(box(350, 570, 80, 130, 34), RED)
            + rect(130, 600, 240, 90, PEACH, 26),
            rect(350, 250, 96, 120, PAPER, 6)
            + rect(362, 262, 72, 96, SAGE)
            + circle(398, 300, 18, LIME),
            rect(0, 0, 500, 820, wall, opacity=0.22),
        )
        drawn.append(at(30 + 520 * i, 40, 1, clipped(box(0, 0, 500, 820, 30), room)))
    return group(sheet(HOUSE), *drawn)


def _figure_sitting() -> str:
    return group(
        stroke("M600 790 V640 L470 610", NIGHT, 78),
        path("M540 770 H670 Q690 780 688 810 H540 Z", INK),
        stroke("M452 596 Q430 450 470 330", CORAL, 120),
        stroke("M478 350 L520 480 L690 492", "#cc5028", 54),
        circle(706, 492, 28, SKIN),
        rect(458, 210, 50, 80, SKIN_DARK),
        circle(500, 190, 76, SKIN),
        path(
            "M420 190 Q416 96 506 104 Q580 110 574 164 Q520 140 476 166 Q470 220 446 236 Q424 226 420 190 Z",
            WOOD_DARK,
        ),
    )


def sitting() -> str:
    chair = group(
        stroke("M372 330 Q340 460 376 590", HOUSE, 44) + rect(366, 470, 44, 80, LIME, 20),
        path(box(360, 636, 270, 44, 22), HOUSE),
        rect(474, 676, 30, 110, STEEL_DARK)
        + stroke("M490 776 L390 826 M490 776 L590 826", IRON, 22),
        circle(390, 838, 20, INK) + circle(590, 838, 20, INK) + circle(490, 838, 20, INK),
    )
    desk = group(
        rect(640, 520, 640, 32, WOOD, 8)
        + rect(1180, 552, 34, 300, WOOD_DARK)
        + rect(820, 552, 34, 300, WOOD_DARK),
        rect(980, 170, 34, 290, INK, 10)
        + rect(900, 500, 220, 22, IRON, 8)
        + rect(1010, 380, 26, 124, IRON),
        rect(700, 502, 150, 18, STEEL_DARK, 8),
    )
    guides = group(
        stroke("M590 182 H960", BLUE, 8, stroke_dasharray="2 24"),
        stroke("M560 560 Q600 560 612 610", AMBER, 12)
        + stroke("M560 440 Q580 470 600 476", AMBER, 12),
        arrow(300, 510, 352, 510, LEAF, 14),
    )
    return group(
        sheet(MINT), rect(0, 850, 1600, 50, WOOD_LIGHT), chair, _figure_sitting(), desk, guides
    )
