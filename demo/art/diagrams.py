"""Drawings that explain. Each fills 1600 by 900, without words: captions and alternative texts
say what they show, in any language."""

from demo.art.kitchen import rice_cooker
from demo.art.outdoors import sun
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
    LIME,
    MINT,
    MOSS,
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
    STEEL_LIGHT,
    SUNK,
    WHITE,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
)
from demo.art.shapes import at, box, circle, clipped, ellipse, group, path, rect, steam, stroke


def _sheet(ground: str = SUNK) -> str:
    dots = "".join(
        circle(x, y, 3, INK, opacity=0.1) for x in range(40, 1600, 40) for y in range(40, 900, 40)
    )
    return rect(0, 0, 1600, 900, ground) + dots


def _arrow(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 18) -> str:
    """A straight arrow with a full head."""
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    size = width * 1.9
    bx, by = x2 - dx * size * 1.4, y2 - dy * size * 1.4
    head = (
        f"M{x2:g} {y2:g} L{bx - dy * size:g} {by + dx * size:g} "
        f"L{bx + dy * size:g} {by - dx * size:g} Z"
    )
    return stroke(f"M{x1:g} {y1:g} L{bx:g} {by:g}", colour, width) + path(head, colour)


def _scattered(count: int) -> list[tuple[float, float]]:
    """Places in a unit square that look random, never clump, and are the same every time."""
    return [(i * 0.7548777 % 1, i * 0.5698403 % 1) for i in range(1, count + 1)]


def rice_water() -> str:
    pot = "M380 200 H1020 V620 Q1020 760 880 760 H520 Q380 760 380 620 Z"
    grains = "".join(
        group(
            ellipse(0, 0, 17, 8, SAND),
            transform=f"translate({390 + 620 * across:g} {566 + 190 * down:g}) rotate({i * 47 % 180})",
        )
        for i, (across, down) in enumerate(_scattered(150))
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
        _sheet(),
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
        _arrow(1250, 432, 1092, 432, CORAL),
        _arrow(1250, 552, 1092, 552, AMBER),
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
        _sheet(BLUSH),
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
        _sheet(),
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
        for i, (across, down) in enumerate(_scattered(34))
    )
    fewer = "".join(
        circle(560 + (i * 97) % 480, 404 + (i * 31) % 40, 8, colours[i % 2]) for i in range(9)
    )
    fewest = "".join(circle(600 + (i * 173) % 400, 634 + (i * 23) % 26, 7, AMBER) for i in range(3))
    carbon = "".join(
        path(f"M{524 + 540 * across:g} {244 + 140 * down:g} l18 -10 l14 14 l-10 16 l-18 -4 Z", INK)
        for across, down in _scattered(130)
    )
    beads = "".join(
        circle(536 + (i % 20) * 28, 480 + (i // 20) * 27, 13, AMBER if i % 3 else GLOW)
        for i in range(100)
    )
    fleece = "".join(
        stroke(f"M520 {676 + 14 * i} q70 -22 140 0 t140 0 t140 0 t140 0", SAGE, 6) for i in range(5)
    )
    return group(
        _sheet(MINT),
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
        *(_arrow(330, y, 480, y, c) for y, c in ((314, INK), (540, AMBER), (704, LEAF))),
        *(_arrow(1240, y, 1240, y + 90, BLUE) for y in (120, 400, 640)),
    )


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
    return group(_sheet(ICE), *drawn)


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
        _sheet(),
        path("M300 770 L780 900 L1360 745 L1320 640 Z", INK, opacity=0.12),
        *drawn,
        *(_arrow(150, y, 282, y, CORAL) for y in (180, 316, 516, 696)),
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
    cold = "".join(_arrow(120 + 170 * i, 120, 120 + 170 * i, 236, BLUE, 13) for i in range(1, 8))
    inner = "".join(stroke(f"M{120 + 170 * i} 540 V740", HOUSE, 9) for i in range(1, 8))
    return group(
        _sheet(ICE),
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
    return group(_sheet(HOUSE), *drawn)


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
        _arrow(300, 510, 352, 510, LEAF, 14),
    )
    return group(
        _sheet(MINT), rect(0, 850, 1600, 50, WOOD_LIGHT), chair, _figure_sitting(), desk, guides
    )


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
        _sheet(SKY),
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
        _sheet(),
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
        _arrow(1430, 540, 1430, 604, CORAL, 12) + _arrow(1430, 716, 1430, 648, BLUE, 12),
    )


def noise_cancelling() -> str:
    def wave(y: float, height: float, colour: str, width: float = 18) -> str:
        d = f"M120 {y} " + f"q55 {-height} 110 0 q55 {height} 110 0 " * 6
        return stroke(d, colour, width)

    calm = "M120 760 " + "q55 -14 110 0 q55 14 110 0 " * 6
    return group(
        _sheet(NIGHT),
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
    pushes = "".join(
        _arrow(400, y, 540, y + (480 - y) * 0.1, RED, 20) for y in (330, 430, 530, 630)
    )
    return group(
        _sheet(ICE),
        rect(0, 846, 1600, 54, SAND),
        car,
        path(shell, HOUSE),
        child,
        pushes,
        _arrow(1040, 90, 560, 90, BLUE, 22),
    )
