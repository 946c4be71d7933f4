"""Diagrams of the kitchen."""

# ruff: noqa: E501 - an outline is one string

from demo.art.diagrams.sheet import arrow, scattered, sheet
from demo.art.kitchen import rice_cooker
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
    MINT,
    MOSS,
    PAPER,
    RED,
    SAGE,
    SAND,
    SKY,
    STEEL,
    STEEL_DARK,
    STEEL_LIGHT,
    WHITE,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
)
from demo.art.shapes import at, box, circle, clipped, ellipse, group, path, rect, steam, stroke


def rice_water() -> str:
    pot = "M380 200 H1020 V620 Q1020 760 880 760 H520 Q380 760 380 620 Z"
    grains = "".join(
        group(
            ellipse(0, 0, 17, 8, SAND),
            transform=f"translate({390 + 620 * across:g} {566 + 190 * down:g}) rotate({i * 47 % 180})",
        )
        for i, (across, down) in enumerate(scattered(150))
    )
    marks = "".join(
        stroke(f"M996 {y} h-{54 if i % 2 else 32}", PAPER if y < 430 else HOUSE, 8)
        for i, y in enumerate(range(300, 720, 60))
    )
    cup = group(
        path("M0 0 H190 L168 220 H22 Z", ICE),
        path("M10 96 H180 L168 220 H22 Z", PAPER),
        stroke("M0 0 H190 L168 220 H22 Z", STEEL_DARK, 10),
    )
    return group(
        sheet(),
        path("M320 160 H1080 V640 Q1080 820 900 820 H500 Q320 820 320 640 Z", HOUSE),
        path(pot, STEEL_LIGHT),
        clipped(
            pot,
            rect(380, 430, 640, 130, SKY),
            rect(380, 550, 640, 220, PAPER),
            grains,
            stroke("M380 432 q40 -16 80 0 t80 0 t80 0 t80 0 t80 0 t80 0 t80 0 t80 0", WHITE, 10),
        ),
        marks,
        arrow(1250, 432, 1092, 432, CORAL),
        arrow(1250, 552, 1092, 552, AMBER),
        at(1270, 590, 1.1, cup),
        at(60, 470, 0.32, rice_cooker("induction")),
        steam(700, 150, 0.8, SAGE, 0.9),
    )


def kettle_scale() -> str:
    shape = "M90 60 H430 L500 640 H20 Z"

    def kettle(inside: str) -> str:
        return group(
            stroke("M440 110 H570 Q610 116 604 180 L580 400 Q572 450 480 452", INK, 44),
            path("M92 70 L-10 96 Q16 170 66 200 Z", STEEL_DARK),
            path(shape, ICE),
            clipped(shape, rect(0, 200, 560, 460, SKY), inside),
            stroke(shape, STEEL_DARK, 20),
            path("M86 60 Q96 -10 190 -14 H340 Q426 -10 434 60 Z", INK),
            rect(0, 640, 520, 60, INK, 24),
            rect(80, 612, 360, 20, CORAL, 10),
        )

    fine = "".join(
        circle(70 + (i * 67) % 380, 560 - (i * 83) % 320, 8 + i % 3 * 3, WHITE, opacity=0.9)
        for i in range(24)
    )
    crust = path(
        "M0 600 Q60 500 110 560 Q170 480 230 556 Q290 470 340 550 Q400 490 450 556 Q500 510 560 600 V660 H0 Z",
        SAND,
    ) + path("M0 630 Q80 560 140 606 Q240 550 300 604 Q400 556 560 630 V660 H0 Z", WOOD_LIGHT)
    flakes = "".join(
        path(f"M{90 + (i * 83) % 340} {270 + (i * 59) % 190} l22 -8 l8 18 l-20 10 Z", SAND)
        for i in range(12)
    )
    return group(
        sheet(BLUSH),
        at(190, 130, 1, kettle(fine)),
        at(920, 130, 1, kettle(crust + flakes)),
        circle(450, 66, 34, LEAF) + stroke("M436 66 l11 12 l20 -24", PAPER, 9),
        circle(1180, 66, 34, RED) + stroke("M1168 54 l24 24 M1192 54 l-24 24", PAPER, 9),
    )


def knife_angles() -> str:
    def blade(half: float, colour: str) -> str:
        return group(
            path(f"M-{half} -480 H{half} L{half} -230 L0 160 L-{half} -230 Z", STEEL_LIGHT),
            path(f"M0 -480 H{half} L{half} -230 L0 160 Z", STEEL),
            path(f"M-{half} -230 L0 160 L{half} -230 Z", WHITE, opacity=0.5),
            stroke(
                f"M-{half * 1.9:g} -340 L0 160 L{half * 1.9:g} -340",
                colour,
                9,
                stroke_dasharray="4 26",
            ),
            path(
                f"M-{half * 0.86:g} -64 Q0 {-64 - half * 0.5:g} {half * 0.86:g} -64",
                stroke=colour,
                stroke_width=18,
                stroke_linecap="round",
            ),
        )

    def fruit(x: float) -> str:
        return group(
            path(
                "M-210 160 Q-220 20 -60 10 Q0 30 0 60 Q0 30 60 10 Q220 20 210 160 Q200 330 0 340 Q-200 330 -210 160 Z",
                CORAL,
            ),
            path("M0 60 V200 L-8 60 Z", RED),
            path(
                "M-210 160 Q-200 330 0 340 Q200 330 210 160 Q190 280 0 284 Q-190 280 -210 160 Z",
                RED,
            ),
            transform=f"translate({x} 520)",
        )

    return group(
        sheet(),
        rect(0, 820, 1600, 80, WOOD_LIGHT) + rect(0, 820, 1600, 16, WOOD),
        fruit(460) + fruit(1140),
        at(460, 500, 1, blade(74, BLUE)),
        at(1140, 500, 1, blade(140, CORAL)),
    )


def filter_stages() -> str:
    tube = box(520, 60, 560, 780, 60)
    colours = (CORAL, AMBER, MOSS, WOOD_DARK)
    specks = "".join(
        circle(545 + 510 * across, 90 + 125 * down, 9, colours[i % 4])
        for i, (across, down) in enumerate(scattered(34))
    )
    fewer = "".join(
        circle(560 + (i * 97) % 480, 404 + (i * 31) % 40, 8, colours[i % 2]) for i in range(9)
    )
    fewest = "".join(circle(600 + (i * 173) % 400, 634 + (i * 23) % 26, 7, AMBER) for i in range(3))
    carbon = "".join(
        path(f"M{524 + 540 * across:g} {244 + 140 * down:g} l18 -10 l14 14 l-10 16 l-18 -4 Z", INK)
        for across, down in scattered(130)
    )
    beads = "".join(
        circle(536 + (i % 20) * 28, 480 + (i // 20) * 27, 13, AMBER if i % 3 else GLOW)
        for i in range(100)
    )
    fleece = "".join(
        stroke(f"M520 {676 + 14 * i} q70 -22 140 0 t140 0 t140 0 t140 0", SAGE, 6) for i in range(5)
    )
    return group(
        sheet(MINT),
        clipped(
            tube,
            rect(520, 60, 560, 780, SKY),
            specks,
            rect(520, 232, 560, 164, IRON, opacity=0.5) + carbon,
            fewer,
            rect(520, 460, 560, 160, PAPER) + beads,
            fewest,
            rect(520, 664, 560, 80, PAPER) + fleece,
        ),
        stroke(tube, PAPER, 24),
        rect(560, 24, 480, 50, HOUSE, 24),
        path("M800 850 q24 36 0 50 q-24 -14 0 -50 Z", BLUE),
        *(arrow(330, y, 480, y, c) for y, c in ((314, INK), (540, AMBER), (704, LEAF))),
        *(arrow(1240, y, 1240, y + 90, BLUE) for y in (120, 400, 640)),
    )
