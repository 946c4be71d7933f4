"""Things of the home. Each fills a box of 1000 by 1000 and stands on y = 860."""

# ruff: noqa: E501 - an outline is one string

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
    LEAF_DARK,
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
    STEEL,
    STEEL_DARK,
    STEEL_LIGHT,
    SUNK,
    WHITE,
    WOOD,
    WOOD_DARK,
)
from demo.art.shapes import at, box, circle, clipped, ellipse, group, path, rect, solid, stroke

MATTRESS_TOP = "M120 520 L560 380 L900 500 L470 660 Z"
MATTRESS_FRONT = "M120 520 L470 660 V800 L120 650 Z"
MATTRESS_SIDE = "M470 660 L900 500 V636 L470 800 Z"


def mattress(variant: str) -> str:
    """Seen from a corner, so that its inside can show at the cut end."""
    colour, band = {
        "springs": (PAPER, HOUSE),
        "foam": (MINT, BLUE),
        "latex": (SUNK, WOOD),
        "cot": (PAPER, CORAL),
    }[variant]
    whole = group(
        path("M120 690 L470 850 L910 680 V640 L470 800 Z", INK, opacity=0.18),
        path(MATTRESS_TOP, colour),
        path(MATTRESS_FRONT, SAND) + clipped(MATTRESS_FRONT, _inside(variant)),
        path(MATTRESS_SIDE, colour) + path(MATTRESS_SIDE, INK, opacity=0.14),
        stroke("M470 732 L900 570", band, 26),
        _quilting(variant),
        stroke("M120 520 L470 660 L900 500", WHITE, 7, opacity=0.9),
    )
    if variant == "cot":
        return at(110, 210, 0.78, whole)
    pillow = "M560 420 Q600 376 680 404 L778 440 Q820 470 770 490 Q700 516 640 488 L566 460 Q534 446 560 420 Z"
    return (
        whole
        + path(pillow, INK, opacity=0.12, transform="translate(4 12)")
        + path(pillow, WHITE)
        + stroke("M590 428 Q660 420 752 464", SAND, 7)
    )


def _inside(variant: str) -> str:
    """What the cut end shows, drawn on a slope that follows the front edge."""
    slope = "matrix(1 0.4 0 1 0 -48)"
    if variant == "springs":
        coils = "".join(
            stroke(
                f"M{138 + 42 * i} 566 " + "".join("q30 9 0 18 q-30 9 0 18 " for _ in range(3)),
                STEEL_DARK,
                7,
            )
            for i in range(8)
        )
        layers = rect(100, 510, 400, 40, PEACH) + rect(100, 636, 400, 40, SAGE)
        return group(layers, coils, transform=slope)
    if variant == "latex":
        holes = "".join(
            circle(146 + 36 * i, 560 + 34 * j, 9, WOOD) for i in range(10) for j in range(3)
        )
        return group(rect(100, 500, 400, 180, PAPER), holes, transform=slope)
    tones = (SKY, BLUE, NIGHT) if variant == "foam" else (PEACH, CORAL, RED)
    heights = ((500, 60), (560, 50), (610, 70))
    return group(
        *(rect(100, y, 400, h, tone) for (y, h), tone in zip(heights, tones, strict=True)),
        transform=slope,
    )


def _quilting(variant: str) -> str:
    if variant == "cot":
        return "".join(
            circle(x, y, 15, LIME)
            for x, y in ((330, 530), (470, 480), (610, 450), (460, 590), (620, 540), (760, 500))
        )
    lines = [f"M{120 + 110 * i} {520 - 35 * i} l350 140" for i in (1, 2, 3)]
    lines += [f"M{120 + 87 * i} {520 + 35 * i} l{440 - 5 * i} -{142 - 2 * i}" for i in (1, 2, 3)]
    return clipped(MATTRESS_TOP, *(stroke(d, STEEL, 6, opacity=0.8) for d in lines))


def duvet(variant: str) -> str:
    """Folded twice; each fold a soft roll with seams."""
    upper, lower, trim = {
        "down": (WHITE, ICE, HOUSE),
        "wool": (SUNK, SAND, WOOD),
        "fibre": (SKY, BLUE, NIGHT),
        "season": (PEACH, MINT, CORAL),
    }[variant]
    folds = [
        (640, 220, lower),
        (470, 210, upper),
        (310, 200, lower if variant == "season" else upper),
    ]
    drawn = []
    for i, (y, height, colour) in enumerate(folds):
        inset = 24 * i
        d = (
            f"M{170 + inset} {y + height * 0.55:g} Q{140 + inset} {y} {300 + inset} {y + 12} "
            f"Q500 {y - 26} {700 - inset} {y + 12} Q{870 - inset} {y} {840 - inset} {y + height * 0.55:g} "
            f"Q{850 - inset} {y + height} {700 - inset} {y + height - 8:g} "
            f"Q500 {y + height + 14:g} {300 + inset} {y + height - 8:g} Q{150 + inset} {y + height} {170 + inset} {y + height * 0.55:g} Z"
        )
        seams = "".join(
            stroke(
                f"M{x} {y - 20} q{18 if x < 500 else -18} {height / 2:g} 0 {height + 20}",
                INK,
                6,
                opacity=0.14,
            )
            for x in range(290 + inset, 740 - inset, 104)
        )
        drawn += [
            solid(d, colour, 680, None),
            clipped(d, seams, rect(0, y + height - 34, 1000, 60, INK, opacity=0.08)),
        ]
    return group(
        *drawn,
        rect(610, 500, 96, 66, trim, 10),
        *_duvet_mark(variant),
        stroke("M170 762 Q500 800 838 762", trim, 8, opacity=0.55),
    )


def _duvet_mark(variant: str) -> list[str]:
    if variant == "down":
        return [
            path("M630 548 Q640 506 690 512 Q684 552 630 548 Z", WHITE),
            stroke("M622 556 L676 520", HOUSE, 5),
        ]
    if variant == "wool":
        return [stroke("M634 534 q0 -22 24 -22 q24 0 24 22 q0 14 -16 14 q-14 0 -12 -14", SUNK, 8)]
    if variant == "season":
        return [circle(640, 533, 11, PAPER), circle(676, 533, 11, PAPER)] + [
            circle(x, 640, 13, LIME) for x in (300, 420, 540, 660)
        ]
    return [stroke("M640 516 a20 20 0 1 1 -2 34", SKY, 8)]


def bulb(variant: str) -> str:
    return {
        "globe": _globe_bulb,
        "candle": _candle_bulb,
        "spot": _spot_bulb,
        "growclip": _clip_lamp,
        "growbar": _shelf_bar,
    }[variant]()


def _rays(x: float, y: float, inner: float, outer: float, count: int = 12) -> str:
    return "".join(
        group(
            stroke(f"M0 -{inner} V-{outer}", LIME, 16),
            transform=f"translate({x} {y}) rotate({360 / count * i:g})",
        )
        for i in range(count)
        if not 0.36 < i / count < 0.64
    )


def _screw_cap(x: float, y: float, width: float) -> str:
    rings = "".join(
        rect(x - width / 2, y + 38 * i, width, 30, STEEL if i % 2 else STEEL_LIGHT, 14)
        for i in range(4)
    )
    return rings + path(
        f"M{x - width * 0.34:g} {y + 150} H{x + width * 0.34:g} L{x + width * 0.16:g} {y + 186} H{x - width * 0.16:g} Z",
        INK,
    )


def _globe_bulb() -> str:
    glass = "M500 190 C690 190 770 330 740 450 C720 540 630 570 610 660 H390 C370 570 280 540 260 450 C230 330 310 190 500 190 Z"
    return group(
        _rays(500, 400, 310, 390),
        path(glass, GLOW)
        + clipped(
            glass,
            circle(500, 420, 210, LIME, opacity=0.55),
            circle(500, 430, 120, WHITE, opacity=0.7),
        ),
        clipped(
            glass,
            path(
                "M300 300 Q340 220 430 216 Q350 280 340 420 Q300 380 300 300 Z", WHITE, opacity=0.8
            ),
        ),
        path("M386 640 H614 L590 690 H410 Z", PAPER),
        _screw_cap(500, 676, 176),
    )


def _candle_bulb() -> str:
    glass = "M500 150 Q520 240 590 340 Q660 470 600 600 Q580 640 566 670 H434 Q420 640 400 600 Q340 470 410 340 Q480 240 500 150 Z"
    filaments = "".join(
        stroke(f"M{480 + 40 * i} 620 L{468 + 64 * i} 330", AMBER, 12) for i in (-1, 0, 1, 2)
    )
    return group(
        circle(500, 460, 300, GLOW, opacity=0.5),
        path(glass, ICE, opacity=0.75),
        clipped(glass, circle(500, 470, 130, GLOW, opacity=0.9), filaments),
        clipped(glass, path("M420 330 Q390 470 430 600 L400 640 L340 440 Z", WHITE, opacity=0.7)),
        _screw_cap(500, 674, 132),
    )


def _spot_bulb() -> str:
    cone = "M300 330 H700 L590 640 H410 Z"
    return group(
        path("M300 316 L120 60 H880 L700 316 Z", GLOW, opacity=0.7),
        solid(cone, STEEL_LIGHT, 600, 400),
        "".join(
            stroke(f"M{360 + 56 * i} 350 L{424 + 30 * i} 630", STEEL_DARK, 7, opacity=0.6)
            for i in range(6)
        ),
        ellipse(500, 326, 206, 56, PAPER)
        + ellipse(500, 326, 176, 42, LIME)
        + ellipse(500, 326, 96, 22, WHITE),
        rect(424, 630, 152, 130, PAPER, 22) + rect(524, 630, 52, 130, INK, 22, opacity=0.12),
        rect(444, 750, 30, 84, STEEL_DARK, 8) + rect(526, 750, 30, 84, STEEL_DARK, 8),
        rect(434, 816, 50, 44, STEEL, 12) + rect(516, 816, 50, 44, STEEL, 12),
    )


def plant(x: float, y: float, size: float, pot: str = CORAL) -> str:
    """A leafy plant in a pot that stands at (x, y)."""
    leaves = "".join(
        group(
            path("M0 0 Q-58 -90 0 -200 Q58 -90 0 0 Z", LEAF if i % 2 else LEAF_DARK)
            + stroke("M0 -10 V-150", MOSS, 5, opacity=0.5),
            transform=f"translate(0 -150) rotate({a})",
        )
        for i, a in enumerate((-64, 64, -34, 34, 0))
    )
    return at(
        x,
        y,
        size,
        leaves,
        path("M-84 -160 H84 L62 0 H-62 Z", pot),
        path("M16 -160 H84 L62 0 H28 Z", INK, opacity=0.14),
        rect(-96, -186, 192, 44, pot, 10),
    )


def _clip_lamp() -> str:
    return group(
        path("M470 300 L250 760 H760 L640 300 Z", GLOW, opacity=0.6),
        plant(500, 800, 1.15),
        rect(130, 800, 740, 60, WOOD, 12),
        stroke("M810 790 Q880 560 800 380 Q740 250 640 240", IRON, 26),
        rect(760, 756, 110, 60, HOUSE, 16) + rect(776, 820, 80, 40, HOUSE, 12),
        group(
            path(box(-120, -44, 240, 88, 40), HOUSE),
            rect(-98, 22, 196, 26, LIME, 13),
            transform="translate(556 254) rotate(-6)",
        ),
    )


def _shelf_bar() -> str:
    return group(
        path("M250 296 L180 770 H820 L750 296 Z", GLOW, opacity=0.65),
        rect(120, 190, 760, 50, WOOD, 10) + rect(120, 810, 760, 50, WOOD, 10),
        rect(140, 240, 34, 570, WOOD_DARK) + rect(826, 240, 34, 570, WOOD_DARK),
        rect(240, 244, 520, 34, HOUSE, 12) + rect(256, 272, 488, 22, LIME, 11),
        plant(310, 810, 0.9, CORAL),
        plant(500, 810, 1.12, BLUE),
        plant(692, 810, 0.86, SAND),
    )


def chair(variant: str) -> str:
    return {"mesh": _mesh_chair, "padded": _padded_chair, "stool": _stool}[variant]()


def _star_base() -> str:
    castors = "".join(
        circle(x, y, 24, INK) + circle(x, y, 9, STEEL)
        for x, y in ((250, 836), (400, 842), (600, 842), (750, 836), (500, 824))
    )
    arms = stroke(
        "M500 752 L256 806 M500 752 L744 806 M500 752 L402 812 M500 752 L598 812", IRON, 28
    )
    return (
        arms + castors + rect(474, 640, 52, 130, STEEL_DARK, 12) + rect(462, 700, 76, 66, IRON, 14)
    )


def _mesh_chair() -> str:
    back = "M340 150 Q500 116 660 150 Q690 330 640 510 Q500 540 360 510 Q310 330 340 150 Z"
    mesh = "".join(
        stroke(f"M300 {y} Q500 {y - 26} 700 {y}", STEEL_DARK, 5) for y in range(170, 540, 26)
    )
    mesh += "".join(
        stroke(f"M{x} 110 Q{x + (500 - x) * 0.1:g} 330 {x} 550", STEEL_DARK, 5)
        for x in range(330, 690, 28)
    )
    seat = "M300 570 Q500 540 700 570 Q752 580 740 630 Q730 660 680 660 H320 Q270 660 260 630 Q248 580 300 570 Z"
    return group(
        stroke("M500 500 V640", IRON, 34),
        path(back, SAGE, opacity=0.75) + clipped(back, mesh),
        stroke(back, HOUSE, 26),
        path("M372 410 Q500 450 628 410 L620 462 Q500 498 380 462 Z", HOUSE),
        stroke("M300 610 H236 V470 M700 610 H764 V470", IRON, 22),
        rect(176, 440, 124, 38, INK, 19) + rect(700, 440, 124, 38, INK, 19),
        _star_base(),
        solid(seat, HOUSE, 620, None),
    )


def _padded_chair() -> str:
    back = "M350 200 Q360 140 430 140 H570 Q640 140 650 200 L640 480 Q630 530 570 530 H430 Q370 530 360 480 Z"
    seat = (
        "M310 570 H690 Q740 572 736 620 Q730 668 680 668 H320 Q270 668 264 620 Q260 572 310 570 Z"
    )
    return group(
        stroke("M500 520 V640", IRON, 40),
        solid(back, CORAL, 600, None),
        stroke("M400 180 Q390 330 410 490 M600 180 Q610 330 590 490", RED, 8),
        path("M376 400 Q500 430 624 400 L620 450 Q500 480 380 450 Z", RED),
        stroke("M300 612 Q220 610 220 520 M700 612 Q780 610 780 520", IRON, 22),
        rect(176, 484, 96, 38, WOOD, 19) + rect(728, 484, 96, 38, WOOD, 19),
        _star_base(),
        solid(seat, CORAL, 620, None) + stroke("M300 634 H700", RED, 8),
    )


def _stool() -> str:
    seat = "M300 300 Q340 250 420 262 Q500 290 580 262 Q660 250 700 300 Q720 380 620 392 H380 Q280 380 300 300 Z"
    return group(
        path("M340 800 Q500 740 660 800 Q690 850 620 860 H380 Q310 850 340 800 Z", INK),
        path(
            "M340 800 Q500 740 660 800 Q664 812 656 818 Q500 770 344 818 Q336 812 340 800 Z", IRON
        ),
        rect(472, 380, 56, 400, STEEL, 20) + rect(504, 380, 24, 400, STEEL_DARK, 12, opacity=0.5),
        rect(456, 520, 88, 270, HOUSE, 24),
        solid(seat, LIME, 600, None),
        stroke("M340 330 Q420 312 500 336 Q580 312 660 330", AMBER, 9),
        stroke("M560 400 L640 430", IRON, 16),
    )
