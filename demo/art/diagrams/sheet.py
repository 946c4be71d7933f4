"""What diagrams have in common: the paper they are drawn on, arrows, things strewn about."""

from demo.art.palette import INK, SUNK
from demo.art.shapes import circle, path, rect, stroke


def sheet(ground: str = SUNK) -> str:
    dots = "".join(
        circle(x, y, 3, INK, opacity=0.1) for x in range(40, 1600, 40) for y in range(40, 900, 40)
    )
    return rect(0, 0, 1600, 900, ground) + dots


def arrow(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 18) -> str:
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


def scattered(count: int) -> list[tuple[float, float]]:
    """Places in a unit square that look random, never clump, and are the same every time."""
    return [(i * 0.7548777 % 1, i * 0.5698403 % 1) for i in range(1, count + 1)]
