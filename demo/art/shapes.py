"""SVG elements as strings: the few that the art is made of."""

from hashlib import blake2s
from html import escape

from demo.art.palette import INK, WHITE

Attribute = str | float


def element(name: str, content: str = "", /, **attributes: Attribute) -> str:
    """One element. Attributes are written as Python names: `stroke_width` is stroke-width.

    A shape's opacity is given to its paint: `opacity` itself makes the renderer keep a layer of
    the whole canvas for each shape, which is ten times as slow.
    """
    if name != "g" and "opacity" in attributes:
        opacity = attributes.pop("opacity")
        attributes |= {"fill_opacity": opacity, "stroke_opacity": opacity}
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def rect(
    x: float, y: float, width: float, height: float, fill: str, r: float = 0, **more: Attribute
) -> str:
    return element("rect", x=x, y=y, width=width, height=height, rx=r, fill=fill, **more)


def circle(x: float, y: float, r: float, fill: str, **more: Attribute) -> str:
    return element("circle", cx=x, cy=y, r=r, fill=fill, **more)


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, **more: Attribute) -> str:
    return element("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill, **more)


def path(d: str, fill: str = "none", /, **more: Attribute) -> str:
    return element("path", d=d, fill=fill, **more)


def stroke(d: str, colour: str, width: float, **more: Attribute) -> str:
    """A line with round ends along a path."""
    return path(
        d,
        stroke=colour,
        stroke_width=width,
        stroke_linecap="round",
        stroke_linejoin="round",
        **more,
    )


def group(*elements: str, **attributes: Attribute) -> str:
    return element("g", "".join(elements), **attributes)


def at(x: float, y: float, scale: float, *elements: str, turn: float = 0) -> str:
    """Move, scale and turn (degrees, about the moved origin)."""
    return group(*elements, transform=f"translate({x:g} {y:g}) rotate({turn:g}) scale({scale:g})")


def clipped(d: str, *elements: str) -> str:
    """What lies inside an outline."""
    name = "c" + blake2s(d.encode(), digest_size=6).hexdigest()
    clip = element("clipPath", path(d, WHITE), id=name)
    return clip + group(*elements, clip_path=f"url(#{name})")


def solid(d: str, fill: str, shade_x: float = 620, light_x: float | None = None) -> str:
    """A body: its colour, a shadow to the right of `shade_x`, a light to the left of `light_x`.
    Flat tones rather than gradients keep the whole gallery in one manner. The tones end where
    the box of 1000 by 1000 ends, because what is clipped costs by its area."""
    tones = [rect(shade_x, 0, 1000 - shade_x, 1000, INK, opacity=0.13)] if shade_x < 1000 else []
    if light_x is not None:
        tones.append(rect(0, 0, light_x, 1000, WHITE, opacity=0.22))
    return path(d, fill) + (clipped(d, *tones) if tones else "")


def box(x: float, y: float, width: float, height: float, r: float) -> str:
    """The outline of a rectangle with round corners, as a path."""
    right, bottom = x + width, y + height
    return (
        f"M{x + r:g} {y:g} H{right - r:g} Q{right:g} {y:g} {right:g} {y + r:g} V{bottom - r:g} "
        f"Q{right:g} {bottom:g} {right - r:g} {bottom:g} H{x + r:g} "
        f"Q{x:g} {bottom:g} {x:g} {bottom - r:g} V{y + r:g} Q{x:g} {y:g} {x + r:g} {y:g} Z"
    )


def steam(x: float, y: float, size: float = 1, colour: str = WHITE, opacity: float = 0.75) -> str:
    """Three curls of steam that rise from a point."""
    curl = "c-30 -40 30 -70 0 -115 c-22 -35 18 -55 4 -85"
    return "".join(
        stroke(
            f"M{x + dx * size:g} {y + dy * size:g} " + scaled(curl, size),
            colour,
            17 * size,
            opacity=opacity,
        )
        for dx, dy in ((-62, 0), (0, -34), (62, 0))
    )


def scaled(d: str, size: float) -> str:
    """A relative path, its numbers multiplied."""
    return " ".join(
        part
        if part.isalpha()
        else (part[0] if part[0].isalpha() else "") + f"{_number(part) * size:g}"
        for part in d.split()
    )


def _number(part: str) -> float:
    return float(part.lstrip("cCqQlLmM"))


def document(width: float, height: float, *elements: str) -> str:
    """A whole SVG file, `width` by `height` pixels."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">{"".join(elements)}</svg>'
    )
