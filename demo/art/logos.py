"""The four shops' marks: 600 by 600, readable at the size of a thumbnail."""

# ruff: noqa: E501 - an outline is one string

from demo.art.palette import CORAL, GLOW, HOUSE, LIME, MOSS, NIGHT, PAPER, SKY
from demo.art.shapes import circle, group, path, rect, stroke


def hearth_and_ladle() -> str:
    """A ladle over a flame."""
    return group(
        rect(0, 0, 600, 600, CORAL),
        path(
            "M300 470 Q170 470 170 340 Q170 270 230 210 Q232 262 262 270 Q260 170 330 110 Q336 190 390 230 Q430 270 430 340 Q430 470 300 470 Z",
            LIME,
        ),
        path("M210 330 H390 Q390 430 300 430 Q210 430 210 330 Z", HOUSE),
        stroke("M384 336 L440 120 Q450 90 480 104", HOUSE, 30),
        rect(180, 490, 240, 26, HOUSE, 13),
    )


def nightfold() -> str:
    """The moon above a folded sheet."""
    return group(
        rect(0, 0, 600, 600, NIGHT),
        circle(300, 220, 120, GLOW) + circle(352, 190, 108, NIGHT),
        path("M110 400 Q300 330 490 400 V450 Q300 380 110 450 Z", SKY),
        path("M110 470 Q300 400 490 470 V520 Q300 450 110 520 Z", PAPER),
    )


def brightnook() -> str:
    """A lit corner."""
    return group(
        rect(0, 0, 600, 600, LIME),
        path("M120 500 V130 L470 500 Z", HOUSE),
        path("M170 450 V260 L350 450 Z", PAPER),
        circle(440, 170, 62, HOUSE),
        stroke("M440 70 V52 M540 170 H558 M510 100 L524 86 M510 240 L524 254", HOUSE, 20),
    )


def farstep() -> str:
    """A path that runs over a hill to the sun."""
    return group(
        rect(0, 0, 600, 600, SKY),
        circle(410, 190, 80, LIME),
        path("M0 380 Q160 180 340 340 T600 300 V600 H0 Z", MOSS),
        path(
            "M200 600 Q380 500 260 430 Q220 400 290 336 L310 344 Q270 400 320 426 Q470 500 380 600 Z",
            PAPER,
        ),
    )
