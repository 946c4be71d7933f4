"""Out of doors, and on the way."""

# ruff: noqa: E501 - an outline is one string

from demo.art.backdrops.views import cloud, steps, tree
from demo.art.palette import (
    BLUE,
    CORAL,
    GLOW,
    ICE,
    IRON,
    LEAF,
    LIME,
    MOSS,
    PAPER,
    SAGE,
    SAND,
    SKY,
    STEEL_LIGHT,
    STRAW,
    WHITE,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
)
from demo.art.shapes import at, box, circle, clipped, group, path, rect, stroke


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
        for x in steps(40 * u + 90 * u * (j % 2), width, 260 * u)
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
        at(width * 0.12, height * 0.16, u, cloud()),
        at(width * 0.74, height * 0.1, 0.8 * u, cloud()),
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
        at(width * 0.14, height * 0.14, u, cloud())
        + at(width * 0.46, height * 0.08, 0.7 * u, cloud()),
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
            at(width * x, height * y, s * u, tree())
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
        "".join(at(width * x, height * 0.53, 0.7 * u, tree()) for x in (0.22, 0.3, 0.64, 0.8)),
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
            at(width * 0.25, height * 0.36, u, tree()),
            at(width * 0.8, height * 0.38, u, tree()),
        ),
        rests,
        path(box(width * 0.08, height * 0.46, width * 0.84, height * 0.4, 70 * u), SAND),
        "".join(rect(width * x, height * 0.5, 8 * u, height * 0.3, STRAW) for x in (0.36, 0.64)),
        path(box(width * 0.04, height * 0.78, width * 0.92, height * 0.3, 60 * u), STRAW),
        path(box(width * 0.04, height * 0.78, width * 0.92, 40 * u, 20 * u), WHITE, opacity=0.25),
    )
