"""Things to wear and carry outdoors. Each fills a box of 1000 by 1000 and stands on y = 860."""

# ruff: noqa: E501 - an outline is one string

from demo.art.palette import (
    AMBER,
    BLUE,
    CORAL,
    DEEP,
    GLOW,
    HOUSE,
    INK,
    IRON,
    LIME,
    MINT,
    MOSS,
    NIGHT,
    PAPER,
    PEACH,
    RED,
    SAGE,
    SAND,
    SKY,
    STEEL_DARK,
    STEEL_LIGHT,
    WHITE,
)
from demo.art.shapes import at, box, circle, clipped, ellipse, group, path, rect, solid, stroke


def sun(x: float, y: float, r: float, colour: str = CORAL, ray: str = CORAL) -> str:
    rays = "".join(
        group(
            stroke(f"M0 -{r * 1.36:g} V-{r * 1.74:g}", ray, r * 0.22),
            transform=f"translate({x} {y}) rotate({a})",
        )
        for a in range(0, 360, 45)
    )
    return rays + circle(x, y, r, colour)


def sunscreen(variant: str) -> str:
    return {"bottle": _lotion, "tube": _tube, "stick": _stick, "spray": _pump_spray}[variant]()


def _lotion() -> str:
    body = "M350 360 Q350 300 420 300 H580 Q650 300 650 360 L664 800 Q664 860 604 860 H396 Q336 860 336 800 Z"
    return group(
        path("M404 300 V214 Q404 170 448 170 H552 Q596 170 596 214 V300 Z", CORAL),
        rect(404, 236, 192, 14, RED),
        path("M548 170 H552 Q596 170 596 214 V300 H548 Z", INK, opacity=0.14),
        solid(body, LIME, 590, 400),
        path(box(380, 420, 240, 330, 40), PAPER),
        sun(500, 540, 52),
        stroke("M430 668 q35 -30 70 0 t70 0", BLUE, 16)
        + stroke("M430 706 q35 -30 70 0 t70 0", SKY, 16),
    )


def _tube() -> str:
    body = "M330 150 H670 L620 690 H380 Z"
    return group(
        rect(322, 130, 356, 48, SAND, 8),
        "".join(rect(334 + 26 * i, 136, 8, 36, STEEL_DARK, 3, opacity=0.5) for i in range(13)),
        solid(body, PAPER, 570, None),
        clipped(
            body,
            path("M300 420 Q500 350 700 420 V700 H300 Z", PEACH),
            path("M300 500 Q500 430 700 500 V700 H300 Z", CORAL),
        ),
        sun(500, 306, 40, AMBER, AMBER),
        solid("M380 690 H620 L606 830 Q604 860 574 860 H426 Q396 860 394 830 Z", HOUSE, 560, None),
        "".join(rect(420 + 32 * i, 712, 9, 130, MOSS, 4) for i in range(6)),
    )


def _stick() -> str:
    body = box(380, 470, 240, 390, 50)
    return group(
        path("M404 480 V330 Q404 230 500 230 Q596 230 596 330 V480 Z", PAPER),
        path(
            "M404 330 Q404 230 500 230 Q596 230 596 330 Q560 280 500 300 Q440 320 404 330 Z", WHITE
        ),
        path("M556 244 Q596 270 596 330 V480 H556 Z", INK, opacity=0.08),
        solid(body, BLUE, 560, 420),
        rect(372, 462, 256, 56, NIGHT, 16),
        sun(500, 660, 46, LIME, LIME),
        rect(400, 800, 200, 44, NIGHT, 14),
        at(700, 640, 0.9, solid(box(0, 60, 190, 190, 40), SKY, 120, None)),
    )


def _pump_spray() -> str:
    body = "M360 420 Q360 350 430 344 H570 Q640 350 640 420 V800 Q640 860 580 860 H420 Q360 860 360 800 Z"
    drops = "".join(
        circle(x, y, r, SKY)
        for x, y, r in (
            (300, 214, 12),
            (256, 190, 10),
            (252, 240, 11),
            (206, 166, 9),
            (200, 216, 12),
            (204, 262, 9),
            (156, 190, 8),
            (150, 244, 8),
        )
    )
    return group(
        drops,
        rect(446, 268, 108, 84, PAPER, 12),
        path("M350 190 H600 Q640 190 640 230 V276 H410 V240 H350 Z", HOUSE),
        rect(330, 196, 30, 38, INK, 8),
        solid(body, BLUE, 580, 410),
        path(box(392, 470, 216, 280, 36), PAPER),
        sun(500, 570, 44),
        circle(446, 696, 20, SKY) + circle(500, 696, 20, BLUE) + circle(554, 696, 20, SKY),
    )


def shoe(variant: str) -> str:
    """From the side, toe to the right."""
    upper, accent, foam, rubber = {
        "daily": (BLUE, LIME, PAPER, NIGHT),
        "trail": (MOSS, CORAL, MINT, INK),
        "steady": (SAGE, HOUSE, PAPER, HOUSE),
        "tempo": (CORAL, NIGHT, GLOW, RED),
    }[variant]
    high = {"daily": 0, "trail": -6, "steady": 18, "tempo": 42}[variant]
    body = (
        "M150 700 Q128 560 168 452 Q180 420 214 432 Q290 470 352 404 Q380 372 424 392 "
        "Q470 500 600 560 Q700 596 800 618 Q880 640 880 700 Z"
    )
    sole = (
        f"M128 690 Q120 {790 - high} 150 800 Q300 826 520 812 Q740 800 860 790 Q930 770 900 690 "
        "Q700 716 500 706 Q300 690 128 690 Z"
    )
    laces = "".join(stroke(f"M{438 + 46 * i} {476 + 30 * i} l-42 40", PAPER, 17) for i in range(4))
    return at(
        0,
        20 - high * 0.4,
        1,
        group(
            path(body, upper),
            clipped(
                body,
                path("M140 700 Q160 600 300 590 Q340 640 330 720 H140 Z", INK, opacity=0.16),
                path("M700 720 Q720 640 830 610 L920 640 V720 Z", accent, opacity=0.9),
                path("M150 480 Q240 500 300 470 L330 540 Q220 570 140 530 Z", accent),
                stroke(
                    "M330 700 Q420 640 470 560 M420 704 Q500 650 540 588 M510 708 Q580 664 612 606",
                    accent,
                    20,
                ),
            ),
            path(
                "M424 392 Q470 500 600 560 L566 606 Q430 540 376 430 Q392 396 424 392 Z",
                INK,
                opacity=0.25,
            ),
            laces,
            stroke("M166 452 Q140 410 176 386", accent, 22),
            path(sole, foam),
            _plate(variant),
            path(
                "M150 800 Q300 826 520 812 Q740 800 860 790 Q800 832 520 838 Q240 846 160 822 Z",
                rubber,
            ),
            _lugs(rubber) if variant == "trail" else "",
            path(
                "M128 690 Q300 690 500 706 Q700 716 900 690 L902 712 Q700 740 500 730 Q300 716 126 712 Z",
                INK,
                opacity=0.1,
            ),
        ),
    )


def _plate(variant: str) -> str:
    if variant == "tempo":
        return stroke("M160 760 Q400 790 560 758 Q720 730 870 752", INK, 13)
    if variant == "steady":
        return path(
            "M128 700 Q120 620 190 640 Q300 690 330 760 Q220 780 140 770 Z", HOUSE, opacity=0.85
        )
    return ""


def _lugs(colour: str) -> str:
    return "".join(
        path(f"M{180 + 66 * i} {822 - (i > 7) * 8} l14 34 h28 l10 -34 Z", colour) for i in range(10)
    )


def headphones(variant: str) -> str:
    return {"over": _over_ear, "buds": _buds, "bone": _bone, "junior": _junior}[variant]()


def _band_and_cups(shell: str, pad: str, band: str, width: float, cup: float) -> str:
    left, right = 500 - width, 500 + width
    return group(
        stroke(f"M{left} 600 V470 Q{left} 180 500 180 Q{right} 180 {right} 470 V600", band, 44),
        stroke(
            f"M{left + 70} 330 Q{left + 130} 212 500 212 Q{right - 130} 212 {right - 70} 330",
            pad,
            38,
        ),
        rect(left - 16, 470, 32, 110, STEEL_DARK, 12)
        + rect(right - 16, 470, 32, 110, STEEL_DARK, 12),
        solid(box(left - cup * 0.62, 540, cup * 0.72, 300, cup * 0.36), shell, 5000, None),
        solid(
            box(right - cup * 0.1, 540, cup * 0.72, 300, cup * 0.36), shell, right + cup * 0.3, None
        ),
        path(box(left + cup * 0.08, 560, cup * 0.44, 262, cup * 0.2), pad),
        path(box(right - cup * 0.52, 560, cup * 0.44, 262, cup * 0.2), pad),
    )


def _over_ear() -> str:
    return group(
        _band_and_cups(HOUSE, IRON, HOUSE, 262, 190),
        circle(186, 690, 26, LIME) + circle(826, 690, 26, LIME),
        stroke("M170 560 Q140 620 142 700", WHITE, 9, opacity=0.35),
    )


def _junior() -> str:
    return at(
        60,
        100,
        0.88,
        _band_and_cups(CORAL, BLUE, LIME, 236, 176),
        circle(224, 690, 30, PAPER) + circle(794, 690, 30, PAPER),
        circle(214, 684, 9, INK)
        + circle(236, 684, 9, INK)
        + stroke("M208 702 q16 14 32 0", INK, 7),
        circle(784, 684, 9, INK)
        + circle(806, 684, 9, INK)
        + stroke("M778 702 q16 14 32 0", INK, 7),
    )


def _bud() -> str:
    return group(
        rect(20, 60, 62, 210, PAPER, 31),
        rect(58, 60, 24, 210, INK, 12, opacity=0.1),
        circle(52, 70, 78, PAPER),
        path("M-20 40 Q-84 36 -84 84 Q-84 132 -20 118 Z", IRON),
        circle(60, 64, 26, STEEL_LIGHT) + circle(51, 232, 9, LIME),
    )


def _buds() -> str:
    case = box(250, 520, 500, 340, 130)
    return group(
        path("M270 560 Q270 330 400 330 H600 Q730 330 730 560 Z", MOSS),
        path("M310 556 Q310 380 420 376 H580 Q690 380 690 556 Z", INK, opacity=0.35),
        at(380, 190, 1.0, _bud(), turn=-8),
        at(650, 190, 1.0, group(_bud(), transform="scale(-1 1)"), turn=8),
        solid(case, HOUSE, 620, 340),
        rect(250, 560, 500, 12, DEEP),
        circle(500, 690, 17, LIME),
        rect(446, 536, 108, 24, MOSS, 12),
    )


def _bone() -> str:
    return group(
        stroke(
            "M250 640 Q150 600 170 460 Q210 200 500 190 Q790 200 830 460 Q850 600 750 640", BLUE, 40
        ),
        stroke("M250 640 Q330 660 346 560 Q350 500 300 486", BLUE, 40),
        stroke("M750 640 Q670 660 654 560 Q650 500 700 486", BLUE, 40),
        rect(238, 440, 120, 96, NIGHT, 40) + rect(642, 440, 120, 96, NIGHT, 40),
        rect(190, 600, 120, 150, NIGHT, 50) + rect(690, 600, 120, 150, NIGHT, 50),
        circle(250, 700, 14, LIME) + circle(750, 700, 14, LIME),
        stroke("M392 440 q40 48 0 96 M436 410 q66 78 0 156", SKY, 15),
        stroke("M608 440 q-40 48 0 96 M564 410 q-66 78 0 156", SKY, 15),
    )


def car_seat(variant: str) -> str:
    return {"infant": _carrier, "turn": _turning_seat, "booster": _booster}[variant]()


def _harness() -> str:
    return (
        stroke("M440 400 L470 620 M560 400 L530 620", INK, 26)
        + stroke("M500 640 V730", INK, 26)
        + rect(452, 596, 96, 68, RED, 22)
        + rect(474, 616, 52, 18, PAPER, 9)
    )


def _carrier() -> str:
    """From the side: a shell on rockers, a hood, and the handle up."""
    shell = (
        "M150 400 Q120 640 260 750 Q380 830 560 820 Q770 806 850 640 Q880 560 850 520 "
        "Q820 496 780 540 Q700 640 560 620 Q400 596 320 420 Q280 330 210 340 Q160 350 150 400 Z"
    )
    padding = (
        "M214 380 Q270 360 320 470 Q410 640 580 654 Q720 664 800 560 Q836 540 836 570 "
        "Q800 700 700 734 Q540 780 390 716 Q210 640 200 420 Q200 386 214 380 Z"
    )
    return group(
        stroke("M250 806 Q500 890 800 800", IRON, 40),
        path(
            "M160 400 Q130 190 330 150 Q470 130 540 260 Q410 290 330 440 Q250 340 160 400 Z", MOSS
        ),
        stroke("M236 204 Q240 290 258 340 M372 156 Q330 270 326 392", HOUSE, 10),
        solid(shell, HOUSE, 720, None),
        path(padding, PEACH),
        path("M246 450 Q300 420 350 510 Q380 570 350 590 Q280 560 246 450 Z", PAPER),
        stroke("M330 540 Q420 640 560 664", RED, 24),
        rect(540, 640, 74, 52, RED, 20),
        stroke("M540 720 Q520 440 600 250 Q630 190 700 190 H730", STEEL_DARK, 42),
        rect(640, 160, 190, 60, INK, 30),
        circle(540, 722, 56, LIME) + circle(540, 722, 26, HOUSE),
    )


def _turning_seat() -> str:
    back = "M300 200 Q310 120 400 110 H600 Q690 120 700 200 L720 640 H280 Z"
    return group(
        path(
            "M240 760 H760 Q800 760 800 800 V840 Q800 860 780 860 H220 Q200 860 200 840 V800 Q200 760 240 760 Z",
            INK,
        ),
        ellipse(500, 764, 270, 40, IRON),
        stroke("M390 764 q110 50 220 0", LIME, 12),
        path("M590 778 l40 -22 l-4 44 Z", LIME),
        solid(back, HOUSE, 640, 360),
        path("M340 230 Q350 160 420 160 H580 Q650 160 660 230 L650 330 H350 Z", MOSS),
        path(
            "M280 240 Q220 260 230 360 L260 480 L330 470 L330 250 Z M720 240 Q780 260 770 360 L740 480 L670 470 L670 250 Z",
            HOUSE,
        ),
        path("M370 340 H630 L650 640 H350 Z", SAGE),
        path("M376 190 Q500 160 624 190 Q640 280 600 300 H400 Q360 280 376 190 Z", MINT),
        _harness(),
        solid(
            "M250 600 Q250 560 300 570 L360 640 H640 L700 570 Q750 560 750 600 V700 Q750 770 680 770 H320 Q250 770 250 700 Z",
            MOSS,
            640,
            None,
        ),
        path("M370 650 H630 V720 Q560 750 500 740 Q440 750 370 720 Z", SAGE),
        stroke("M500 660 V720", INK, 26)
        + rect(452, 596, 96, 68, RED, 22)
        + rect(474, 616, 52, 18, PAPER, 9),
    )


def _booster() -> str:
    return group(
        solid(
            "M330 250 Q330 380 340 700 H660 Q670 380 670 250 Q660 200 600 196 H400 Q340 200 330 250 Z",
            BLUE,
            600,
            None,
        ),
        path("M390 330 H610 L620 690 H380 Z", SKY),
        stroke("M400 420 H600 M396 510 H604 M392 600 H608", BLUE, 8, opacity=0.7),
        solid(
            "M310 120 Q320 70 400 70 H600 Q680 70 690 120 L720 330 Q726 372 690 366 L620 330 H380 L310 366 Q274 372 280 330 Z",
            NIGHT,
            640,
            None,
        ),
        path("M376 130 Q500 104 624 130 Q632 250 600 286 H400 Q368 250 376 130 Z", SKY),
        path(
            "M300 420 Q250 430 250 520 V640 L340 650 V420 Z M700 420 Q750 430 750 520 V640 L660 650 V420 Z",
            NIGHT,
        ),
        solid(
            "M230 690 Q230 640 290 650 L350 700 H650 L710 650 Q770 640 770 690 V790 Q770 860 700 860 H300 Q230 860 230 790 Z",
            BLUE,
            650,
            None,
        ),
        path("M360 710 H640 Q650 780 600 790 H400 Q350 780 360 710 Z", SKY),
        rect(250, 690, 74, 26, RED, 13) + rect(676, 690, 74, 26, RED, 13),
        rect(620, 330, 60, 26, RED, 13),
    )
