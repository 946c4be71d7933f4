"""Things of the kitchen. Each fills a box of 1000 by 1000 and stands on y = 860."""

# ruff: noqa: E501 - an outline is one string

from demo.art.palette import (
    AMBER,
    CORAL,
    DEEP,
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
    PAPER,
    RED,
    SAGE,
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
from demo.art.shapes import (
    at,
    box,
    circle,
    clipped,
    ellipse,
    group,
    path,
    rect,
    solid,
    steam,
    stroke,
)

BLOSSOM = "#f0a27f"


def rice_cooker(variant: str) -> str:
    return {
        "induction": _induction_cooker,
        "mini": _mini_cooker,
        "classic": _classic_cooker,
        "steamer": _steam_cooker,
    }[variant]()


def _display(x: float, y: float, width: float) -> str:
    """A small dark screen with four lit bars, which reads as a clock."""
    bars = "".join(
        rect(x + width * (0.16 + 0.19 * i), y + 20, width * 0.09, 34, LIME, 6) for i in range(4)
    )
    return rect(x, y, width, 74, DEEP, 16) + bars


def _induction_cooker() -> str:
    body = (
        "M205 500 Q205 420 290 410 H710 Q795 420 795 500 V720 Q795 840 670 840 H330 "
        "Q205 840 205 720 Z"
    )
    lid = "M215 420 Q225 250 420 236 H580 Q775 250 785 420 Z"
    return group(
        steam(640, 205, 0.85),
        rect(290, 826, 90, 34, INK, 14) + rect(620, 826, 90, 34, INK, 14),
        solid(body, HOUSE, 640, 300),
        solid(lid, MOSS, 640, 330),
        rect(205, 408, 590, 20, LIME),
        rect(595, 214, 90, 34, STEEL_DARK, 14),
        stroke("M350 244 Q360 168 440 168 H510", IRON, 26),
        path(box(350, 520, 300, 236, 40), SUNK),
        _display(390, 548, 220),
        circle(428, 690, 30, CORAL) + circle(500, 690, 30, SAND) + circle(572, 690, 30, SAND),
        rect(462, 400, 76, 50, STEEL_LIGHT, 16),
    )


def _mini_cooker() -> str:
    body = "M270 520 Q270 450 340 450 H660 Q730 450 730 520 V720 Q730 840 610 840 H390 Q270 840 270 720 Z"
    lid = "M280 458 Q290 318 440 306 H560 Q710 318 720 458 Z"
    return group(
        steam(500, 282, 0.8),
        rect(345, 828, 70, 32, INK, 12) + rect(585, 828, 70, 32, INK, 12),
        solid(body, CORAL, 620, 350),
        solid(lid, PAPER, 620, None),
        rect(270, 448, 460, 18, RED),
        circle(500, 300, 30, RED),
        circle(500, 640, 92, PAPER),
        circle(500, 640, 66, SUNK, stroke=HOUSE, stroke_width=12),
        stroke("M500 640 L530 600", HOUSE, 14),
        circle(500, 772, 17, LIME),
    )


def _classic_cooker() -> str:
    body = "M220 470 H780 V740 Q780 800 720 800 H280 Q220 800 220 740 Z"
    glass = "M235 440 Q250 300 500 296 Q750 300 765 440 Z"
    rice = "M262 440 Q330 350 420 372 Q500 330 580 368 Q680 352 738 440 Z"
    return group(
        stroke("M220 540 H150 V610 H220 M780 540 H850 V610 H780", INK, 30),
        path("M260 800 H740 L770 860 H230 Z", IRON),
        solid(body, RED, 650, 300),
        path(rice, PAPER),
        path(glass, ICE, opacity=0.55)
        + clipped(glass, path("M300 460 L420 280 H480 L350 460 Z", WHITE, opacity=0.7)),
        rect(215, 430, 570, 42, STEEL_LIGHT, 18),
        rect(470, 238, 60, 64, INK, 20) + rect(440, 226, 120, 34, INK, 17),
        rect(440, 640, 120, 118, SUNK, 22),
        rect(482, 668, 36, 64, INK, 14),
        circle(500, 610, 15, LIME),
        "".join(path(f"M{x} 520 q26 34 0 66 q-26 -32 0 -66 Z", BLOSSOM) for x in (330, 670)),
    )


def _steam_cooker() -> str:
    body = "M240 590 H760 V740 Q760 840 660 840 H340 Q240 840 240 740 Z"
    basket = "M250 410 H750 V570 H250 Z"
    glass = "M250 400 Q260 250 500 246 Q740 250 750 400 Z"
    greens = "".join(
        circle(x, y, 44, LEAF) + circle(x + 22, y - 24, 34, LEAF_DARK)
        for x, y in ((350, 372), (470, 348), (640, 372))
    )
    carrots = "".join(stroke(f"M{x} 392 l46 -74", AMBER, 30) for x in (400, 540, 570))
    holes = "".join(
        circle(300 + 44 * i, 452 + 54 * j, 12, STEEL_DARK) for i in range(10) for j in range(2)
    )
    return group(
        steam(500, 214, 0.8),
        rect(320, 828, 80, 32, INK, 12) + rect(600, 828, 80, 32, INK, 12),
        greens,
        carrots,
        path(glass, ICE, opacity=0.5)
        + clipped(glass, path("M310 410 L420 230 H470 L360 410 Z", WHITE, opacity=0.7)),
        rect(455, 206, 90, 44, HOUSE, 20),
        solid(basket, STEEL_LIGHT, 640, None) + holes,
        rect(228, 392, 544, 26, STEEL_DARK, 12) + rect(228, 566, 544, 30, HOUSE, 12),
        solid(body, SAGE, 640, 320),
        path(box(370, 660, 260, 110, 30), PAPER),
        circle(430, 715, 26, HOUSE) + circle(500, 715, 26, LIME) + circle(570, 715, 26, HOUSE),
    )


def kettle(variant: str) -> str:
    return {
        "jug": _jug_kettle,
        "gooseneck": _gooseneck_kettle,
        "double": _double_kettle,
        "glass": _glass_kettle,
    }[variant]()


def _kettle_base(width: float = 440) -> str:
    return rect(500 - width / 2, 812, width, 48, INK, 22)


def _jug_kettle() -> str:
    body = "M330 330 H640 L700 810 H300 Z"
    return group(
        steam(300, 250, 0.7),
        stroke("M650 360 H770 Q816 360 812 420 L790 640 Q786 690 740 690 H690", INK, 48),
        path("M338 330 L240 352 Q262 420 324 452 Z", STEEL_DARK),
        solid(body, STEEL, 600, 400),
        clipped(body, rect(200, 740, 600, 90, STEEL_DARK, opacity=0.6)),
        path("M330 330 Q340 268 420 264 H560 Q634 268 640 330 Z", INK),
        rect(455, 222, 70, 50, CORAL, 22),
        rect(440, 470, 36, 250, ICE, 18) + rect(440, 580, 36, 140, SKY, 18),
        "".join(rect(492, 500 + 55 * i, 26, 8, INK, 4) for i in range(4)),
        _kettle_base(),
    )


def _gooseneck_kettle() -> str:
    body = "M390 430 H650 L730 800 Q732 812 716 812 H324 Q308 812 310 800 Z"
    return group(
        stroke("M362 740 Q250 730 236 600 Q226 490 190 420 Q172 388 128 392", HOUSE, 44),
        stroke("M650 470 Q790 440 846 500 Q880 545 832 690", WOOD, 46),
        stroke("M650 470 Q740 446 790 458", IRON, 34),
        solid(body, HOUSE, 610, 410),
        path("M390 430 Q400 372 470 366 H570 Q640 372 650 430 Z", MOSS),
        rect(490, 296, 60, 76, WOOD, 24),
        rect(378, 424, 284, 20, LIME, 10),
        rect(290, 812, 460, 48, INK, 22),
        circle(690, 836, 13, LIME) + rect(330, 826, 120, 20, LIME, 8),
    )


def _double_kettle() -> str:
    body = "M320 400 Q320 300 420 296 H580 Q680 300 680 400 V740 Q680 812 610 812 H390 Q320 812 320 740 Z"
    return group(
        path("M330 360 L246 330 Q250 420 322 460 Z", SAGE),
        stroke("M676 420 Q812 400 806 520 V610 Q804 700 676 690", SAGE, 50),
        stroke("M676 420 Q812 400 806 520 V610 Q804 700 676 690", INK, 50, opacity=0.13),
        solid(body, MINT, 590, 390),
        rect(420, 262, 160, 44, HOUSE, 22),
        path(
            "M430 640 q35 -60 70 0 q35 60 70 0",
            "none",
            stroke=SAGE,
            stroke_width=18,
            stroke_linecap="round",
        ),
        path(
            "M430 570 q35 -60 70 0 q35 60 70 0",
            "none",
            stroke=SAGE,
            stroke_width=18,
            stroke_linecap="round",
        ),
        circle(500, 742, 18, LIME),
        _kettle_base(420),
    )


def _glass_kettle() -> str:
    body = "M345 330 H645 Q720 520 690 740 H310 Q280 520 345 330 Z"
    water = "M292 520 Q500 500 706 520 Q716 630 690 740 H310 Q284 630 292 520 Z"
    bubbles = "".join(
        circle(x, y, r, WHITE, opacity=0.8)
        for x, y, r in (
            (380, 690, 16),
            (440, 640, 11),
            (500, 700, 18),
            (560, 620, 13),
            (620, 680, 15),
            (470, 570, 9),
            (590, 560, 10),
        )
    )
    return group(
        steam(470, 240, 0.8),
        stroke("M660 380 H770 Q808 384 804 440 L786 620 Q780 670 700 672", IRON, 44),
        path("M345 332 L262 340 Q280 412 322 440 Z", STEEL),
        path(body, ICE, opacity=0.75),
        path(water, SKY),
        bubbles,
        clipped(body, path("M360 300 H420 L370 760 H310 Z", WHITE, opacity=0.45)),
        rect(335, 306, 320, 34, STEEL, 14) + rect(380, 268, 230, 44, INK, 20),
        rect(300, 736, 400, 76, STEEL, 18) + rect(620, 736, 80, 76, STEEL_DARK, 18, opacity=0.5),
        circle(500, 774, 15, LIME),
        _kettle_base(440),
    )


def knife(variant: str) -> str:
    """On a board, seen from above: a knife by itself would be a line."""
    blade, handle, length = {
        "chef": ("M0 0 H560 Q470 118 250 124 H0 Z", WOOD_DARK, 560),
        "santoku": ("M0 0 H390 Q520 16 540 124 H0 Z", WOOD_DARK, 540),
        "paring": ("M0 24 H300 Q250 92 120 96 H0 Z", WOOD_DARK, 300),
        "bread": (_bread_blade(), IRON, 620),
    }[variant]
    drawn = group(
        path(blade, INK, transform="translate(10 22)", opacity=0.18),
        path(blade, STEEL_LIGHT),
        clipped(
            blade,
            rect(-10, 62, 700, 90, STEEL, opacity=0.9),
            rect(-10, 0, 700, 12, STEEL_DARK, opacity=0.6),
        ),
        rect(-26, -4, 42, 108, STEEL_DARK, 12),
        solid(box(-306, 4, 290, 84, 36), handle, 5000, None),
        rect(-300, 54, 280, 34, INK, 17, opacity=0.16),
        "".join(circle(x, 46, 12, STEEL_LIGHT) for x in (-240, -160, -80)),
    )
    shift = (length - 306) / 2
    return group(
        _board(),
        _on_the_board(variant),
        at(500, 520, 1.0, at(-shift, -50, 1, drawn), turn=-24),
    )


def _bread_blade() -> str:
    waves = " ".join("q-19 26 -38 0" for _ in range(15))
    return f"M0 4 H596 Q640 40 586 92 {waves} L0 92 Z"


def _board() -> str:
    board = box(150, 240, 700, 560, 60)
    grain = "".join(
        stroke(f"M190 {y} q160 -26 320 0 t300 0", WOOD, 8, opacity=0.5) for y in range(310, 780, 74)
    )
    return path(box(160, 262, 700, 560, 60), INK, opacity=0.16) + path(board, WOOD_LIGHT) + grain


def _on_the_board(variant: str) -> str:
    if variant == "bread":
        loaf = "M560 600 Q570 540 640 548 Q740 520 790 590 Q826 660 770 720 Q660 760 580 712 Q540 660 560 600 Z"
        return path(loaf, WOOD) + "".join(
            stroke(f"M{x} 590 q24 44 0 96", SUNK, 14) for x in (630, 690, 750)
        )
    if variant == "paring":
        return _tomato(330, 360, 74) + _tomato(690, 670, 84)
    if variant == "santoku":
        rounds = ((600, 640), (668, 690), (740, 640), (690, 600))
        return "".join(circle(x, y, 46, LEAF) + circle(x, y, 34, MINT) for x, y in rounds)
    return _tomato(690, 660, 92) + _herbs(290, 360)


def _tomato(x: float, y: float, r: float) -> str:
    """Half a tomato, cut side up."""
    chambers = "".join(
        group(
            ellipse(0, -r * 0.46, r * 0.2, r * 0.3, AMBER),
            transform=f"translate({x} {y}) rotate({a})",
        )
        for a in range(0, 360, 72)
    )
    return (
        circle(x, y, r, RED)
        + circle(x, y, r * 0.86, CORAL)
        + chambers
        + circle(x, y, r * 0.14, GLOW)
    )


def _herbs(x: float, y: float) -> str:
    leaves = ((0, 0, 0), (58, -26, 40), (52, 40, 110), (-40, 46, 200), (-50, -30, 300))
    return "".join(
        group(
            ellipse(0, 0, 26, 50, LEAF) + stroke("M0 40 V-30", LEAF_DARK, 6),
            transform=f"translate({x + dx} {y + dy}) rotate({a})",
        )
        for dx, dy, a in leaves
    )


def water_filter(variant: str) -> str:
    return {"jug": _filter_jug, "undersink": _under_sink, "bottle": _filter_bottle}[variant]()


def _filter_jug() -> str:
    body = "M290 300 H690 L650 820 Q646 860 606 860 H374 Q334 860 330 820 Z"
    water = "M306 500 H674 L650 820 Q646 860 606 860 H374 Q334 860 330 820 Z"
    return group(
        stroke("M668 380 H770 Q812 384 806 440 L782 640 Q776 690 640 692", HOUSE, 42),
        path(body, ICE),
        path(water, SKY),
        path("M322 300 H658 L640 520 H340 Z", WHITE, opacity=0.65),
        path("M420 420 H560 L548 660 H432 Z", PAPER)
        + rect(420, 560, 140, 22, SAGE)
        + rect(426, 600, 128, 22, HOUSE),
        path("M432 660 H548 V684 Q490 716 432 684 Z", SAGE),
        clipped(body, path("M330 280 H380 L400 880 H340 Z", WHITE, opacity=0.5)),
        path("M270 300 Q276 236 350 232 H640 Q708 236 714 300 Z", HOUSE),
        path("M274 300 L208 306 Q228 350 296 360 Z", HOUSE),
        circle(520, 268, 26, LIME) + stroke("M520 268 L534 252", HOUSE, 7),
    )


def _under_sink() -> str:
    body = "M390 430 H610 V800 Q610 860 550 860 H450 Q390 860 390 800 Z"
    return group(
        stroke("M390 390 H230 V860", STEEL, 28),
        stroke("M610 390 H730 V250", STEEL, 28),
        stroke("M730 330 V210 Q730 130 800 130 Q866 130 866 200 V226", STEEL_DARK, 34),
        rect(686, 320, 90, 40, STEEL_DARK, 14),
        path("M866 262 q34 52 0 80 q-34 -28 0 -80 Z", SKY),
        path(box(350, 330, 300, 120, 34), HOUSE),
        circle(500, 390, 34, LIME) + stroke("M500 390 V366", HOUSE, 9),
        solid(body, PAPER, 545, None),
        rect(390, 560, 220, 140, SAGE) + path("M500 584 q46 68 0 96 q-46 -28 0 -96 Z", PAPER),
        rect(390, 452, 220, 22, STEEL),
    )


def _filter_bottle() -> str:
    body = "M380 350 Q350 380 350 430 V800 Q350 860 410 860 H590 Q650 860 650 800 V430 Q650 380 620 350 Z"
    water = "M350 470 H650 V800 Q650 860 590 860 H410 Q350 860 350 800 Z"
    fibres = "".join(stroke(f"M{x} 470 V680", SAGE, 9) for x in range(456, 556, 18))
    return group(
        stroke("M420 262 Q500 120 590 262", HOUSE, 30),
        path(body, ICE),
        path(water, SKY),
        rect(436, 400, 128, 300, PAPER, 30) + fibres + rect(436, 400, 128, 60, HOUSE, 24),
        clipped(body, rect(374, 340, 40, 540, WHITE, opacity=0.55)),
        path("M372 350 V300 Q372 250 420 250 H580 Q628 250 628 300 V350 Z", HOUSE),
        rect(462, 206, 76, 60, CORAL, 20),
        "".join(rect(600, y, 36, 9, HOUSE, 4) for y in (540, 620, 700, 780)),
    )
