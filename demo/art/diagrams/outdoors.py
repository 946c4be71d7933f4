"""Diagrams of what is worn and carried outdoors."""

# ruff: noqa: E501 - an outline is one string

from demo.art.diagrams.sheet import arrow, sheet
from demo.art.outdoors import sun
from demo.art.palette import (
    BLUE,
    CORAL,
    HOUSE,
    ICE,
    INK,
    IRON,
    LIME,
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
    WOOD_DARK,
)
from demo.art.shapes import at, box, circle, clipped, group, path, rect, stroke


def uv_skin() -> str:
    def ray(x: float, end: float, colour: str) -> str:
        return stroke(f"M{x} 120 L{x - 40} {end - 46}", colour, 15) + path(
            f"M{x - 46} {end} l-20 -56 h48 Z", colour
        )

    skin = "M0 470 Q200 440 400 470 T800 470 T1200 470 T1600 470 V900 H0 Z"
    deep = "M0 620 Q200 590 400 620 T800 620 T1200 620 T1600 620 V900 H0 Z"
    deepest = "M0 800 Q200 780 400 800 T800 800 T1200 800 T1600 800 V900 H0 Z"
    cream = "M820 432 Q1000 410 1200 432 T1600 432 V476 Q1400 500 1200 470 T820 474 Z"
    hairs = "".join(
        stroke(f"M{x} 640 Q{x + 10} 540 {x + 50} 420", WOOD_DARK, 8) for x in (200, 620)
    )
    return group(
        rect(0, 0, 1600, 900, ICE),
        sun(800, 40, 120, LIME, LIME),
        path(skin, PEACH) + path(deep, "#eba27f") + path(deepest, "#f6d7a0"),
        hairs,
        *(ray(x, 530, BLUE) for x in (130, 330, 530)),
        *(ray(x, 770, CORAL) for x in (230, 430, 640)),
        path(cream, WHITE) + stroke("M820 432 Q1000 410 1200 432 T1600 432", SKY, 7),
        *(ray(x, 416, BLUE) for x in (950, 1170, 1390)),
        *(ray(x, 414, CORAL) for x in (1060, 1280)),
        ray(1500, 700, CORAL),
        stroke("M800 300 V860", INK, 6, stroke_dasharray="4 22", opacity=0.5),
    )


def two_fingers() -> str:
    hand = (
        "M520 900 V640 Q400 560 330 470 Q300 420 350 396 Q400 380 440 430 L530 520 V180 "
        "Q530 116 590 116 Q650 116 650 180 V110 Q650 40 714 40 Q776 40 776 110 V190 "
        "Q776 130 834 130 Q892 130 892 196 V290 Q892 236 944 236 Q996 236 996 300 V640 Q996 760 930 820 V900 Z"
    )
    gaps = stroke("M650 190 V450 M776 190 V450 M892 300 V460", SKIN_DARK, 10)
    cream = (
        stroke("M590 180 V440", WHITE, 44)
        + stroke("M713 104 V440", WHITE, 44)
        + stroke("M580 176 V430 M703 100 V430", SKY, 8, opacity=0.8)
    )
    return group(
        sheet(SKY),
        circle(1300, 190, 110, LIME),
        path(hand, SKIN),
        path(
            "M560 620 Q700 540 900 640", stroke=SKIN_DARK, stroke_width=10, stroke_linecap="round"
        ),
        path(
            "M600 720 Q720 660 830 740", stroke=SKIN_DARK, stroke_width=10, stroke_linecap="round"
        ),
        gaps,
        cream,
        at(1090, 300, 0.62, _lotion_bottle()),
    )


def _lotion_bottle() -> str:
    return group(
        rect(360, 140, 180, 150, CORAL, 34),
        path(
            "M300 360 Q300 290 370 290 H530 Q600 290 600 360 L614 820 Q614 880 554 880 H346 Q286 880 286 820 Z",
            LIME,
        ),
        path(box(330, 420, 240, 330, 40), PAPER),
        sun(450, 560, 54),
    )


def shoe_parts() -> str:
    sole = "M250 600 Q236 770 290 780 Q560 806 900 770 Q1180 746 1280 716 Q1350 690 1310 610 Q1000 640 740 622 Q480 600 250 600 Z"
    upper = "M262 604 Q240 420 290 290 Q306 256 346 270 Q440 306 520 236 Q556 200 604 222 Q660 360 840 440 Q980 492 1120 520 Q1270 552 1300 616 Q1000 640 740 622 Q480 600 262 604 Z"
    return group(
        sheet(),
        rect(0, 788, 1600, 112, SAND),
        path(upper, SAGE)
        + clipped(
            upper,
            path("M1060 700 Q1090 560 1200 530 L1400 560 V700 Z", HOUSE),
            path("M240 360 Q380 390 460 330 L500 430 Q380 470 240 430 Z", HOUSE),
        ),
        path(sole, PAPER) + stroke(sole, STEEL_DARK, 6),
        "".join(stroke(f"M{626 + 70 * i} {330 + 46 * i} l-62 54", PAPER, 22) for i in range(4)),
        stroke("M330 610 V782 M300 610 H360 M300 782 H360", CORAL, 14),
        stroke("M1130 640 V748 M1100 640 H1160 M1100 748 H1160", BLUE, 14),
        stroke("M360 610 H1460", CORAL, 6, stroke_dasharray="2 22"),
        stroke("M1160 640 H1460", BLUE, 6, stroke_dasharray="2 22"),
        arrow(1430, 540, 1430, 604, CORAL, 12) + arrow(1430, 716, 1430, 648, BLUE, 12),
    )


def noise_cancelling() -> str:
    def wave(y: float, height: float, colour: str, width: float = 18) -> str:
        d = f"M120 {y} " + f"q55 {-height} 110 0 q55 {height} 110 0 " * 6
        return stroke(d, colour, width)

    calm = "M120 760 " + "q55 -14 110 0 q55 14 110 0 " * 6
    return group(
        sheet(NIGHT),
        wave(200, 190, CORAL),
        wave(470, -190, SKY),
        stroke("M120 615 H1440", PAPER, 5, opacity=0.4),
        stroke(calm, LIME, 18),
        circle(60, 200, 28, CORAL) + circle(60, 470, 28, SKY) + circle(60, 760, 28, LIME),
        stroke("M1510 310 V362 M1484 336 H1536", PAPER, 12),
        stroke("M1486 604 H1534 M1486 628 H1534", PAPER, 12),
    )


def rear_facing() -> str:
    shell = "M640 250 Q560 300 560 460 Q560 640 650 720 Q700 760 900 750 Q960 744 950 690 Q940 650 860 650 Q760 640 720 560 Q690 460 720 300 Q720 240 640 250 Z"
    child = group(
        stroke("M800 590 Q760 520 776 430", CORAL, 104),
        stroke("M800 610 L930 600 L1010 520", NIGHT, 62) + circle(1020, 500, 34, INK),
        stroke("M790 460 L880 540", "#cc5028", 46) + circle(890, 546, 24, SKIN),
        circle(796, 316, 88, SKIN),
        path(
            "M712 300 Q716 216 806 222 Q884 230 886 290 Q820 262 760 300 Q750 340 730 352 Q712 330 712 300 Z",
            WOOD_DARK,
        ),
        stroke("M740 440 Q800 520 850 600", INK, 16),
    )
    car = group(
        path(
            "M1180 200 Q1270 210 1262 330 L1220 640 Q1206 700 1140 700 H880 L860 780 H1300 Q1340 780 1346 730 L1400 300 Q1400 180 1280 160 Q1190 150 1180 200 Z",
            STEEL,
        ),
        rect(560, 780, 840, 60, IRON, 20),
        path("M620 720 H960 L980 790 H600 Z", HOUSE),
        stroke("M600 760 L520 850", STEEL_DARK, 24),
    )
    pushes = "".join(arrow(400, y, 540, y + (480 - y) * 0.1, RED, 20) for y in (330, 430, 530, 630))
    return group(
        sheet(ICE),
        rect(0, 846, 1600, 54, SAND),
        car,
        path(shell, HOUSE),
        child,
        pushes,
        arrow(1040, 90, 560, 90, BLUE, 22),
    )
