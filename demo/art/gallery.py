"""Every picture of the demo by its name, at any size.

A name is a kind and what it shows: `product:kettle:jug` (by itself), `setting:kettle:jug` (where
it is used), `scene:kettles` (a guide's first picture), `diagram:spine`, `logo:nightfold`.
A film takes a picture apart: `backdrop` is what lies behind, `sprite` the thing by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

import resvg_py

from demo.art import backdrops, diagrams, home, kitchen, logos, outdoors
from demo.art.backdrops import Backdrop
from demo.art.palette import BLUSH, GLOW, ICE, MINT, PAPER, PEACH, SAND
from demo.art.shapes import at, document, ellipse, rect

THINGS: dict[str, Callable[[str], str]] = {
    "rice_cooker": kitchen.rice_cooker,
    "kettle": kitchen.kettle,
    "knife": kitchen.knife,
    "water_filter": kitchen.water_filter,
    "mattress": home.mattress,
    "duvet": home.duvet,
    "bulb": home.bulb,
    "chair": home.chair,
    "sunscreen": outdoors.sunscreen,
    "shoe": outdoors.shoe,
    "headphones": outdoors.headphones,
    "car_seat": outdoors.car_seat,
}
PODIUMS: dict[str, Backdrop] = {
    "rice_cooker": backdrops.stage(BLUSH),
    "kettle": backdrops.stage(MINT),
    "knife": backdrops.table_top(MINT),
    "water_filter": backdrops.stage(BLUSH, PAPER),
    "mattress": backdrops.stage(ICE),
    "duvet": backdrops.stage(SAND, PEACH),
    "bulb": backdrops.stage("#2f5548", "#4b6d5f"),
    "chair": backdrops.stage(MINT, GLOW),
    "sunscreen": backdrops.stage(ICE, PAPER),
    "shoe": backdrops.stage(SAND, GLOW),
    "headphones": backdrops.stage(PEACH, BLUSH),
    "car_seat": backdrops.stage(ICE, GLOW),
}
PLACES: dict[str, Backdrop] = {
    "rice_cooker": backdrops.counter,
    "kettle": backdrops.counter,
    "knife": backdrops.table_top(PEACH),
    "water_filter": backdrops.sink,
    "mattress": backdrops.bedroom,
    "duvet": backdrops.snowy_bedroom,
    "bulb": backdrops.living_room,
    "chair": backdrops.study,
    "sunscreen": backdrops.beach,
    "shoe": backdrops.hills,
    "headphones": backdrops.train,
    "car_seat": backdrops.back_seat,
}


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing in a scene: where its foot stands, as parts of width and height, and its size as a
    part of the shorter edge."""

    name: str
    x: float
    foot: float
    size: float


SCENES: dict[str, tuple[Backdrop, tuple[Thing, ...]]] = {
    "rice-cookers": (
        backdrops.counter,
        (
            Thing("rice_cooker:mini", 0.2, 0.84, 0.5),
            Thing("rice_cooker:induction", 0.5, 0.94, 0.84),
        ),
    ),
    "kettles": (
        backdrops.counter,
        (Thing("kettle:double", 0.78, 0.84, 0.5), Thing("kettle:gooseneck", 0.47, 0.93, 0.86)),
    ),
    "kitchen-knives": (backdrops.table_top("#9db8a8"), (Thing("knife:chef", 0.5, 0.86, 1.02),)),
    "water-filters": (
        backdrops.sink,
        (Thing("water_filter:jug", 0.5, 0.93, 0.8), Thing("water_filter:bottle", 0.78, 0.86, 0.5)),
    ),
    "mattresses": (backdrops.bedroom, (Thing("mattress:springs", 0.46, 0.96, 0.98),)),
    "duvets": (backdrops.snowy_bedroom, (Thing("duvet:down", 0.46, 0.94, 0.78),)),
    "lighting": (backdrops.living_room, (Thing("bulb:globe", 0.5, 0.66, 0.58),)),
    "office-chairs": (backdrops.study, (Thing("chair:mesh", 0.4, 0.95, 0.86),)),
    "sunscreen": (
        backdrops.beach,
        (Thing("sunscreen:tube", 0.28, 0.86, 0.42), Thing("sunscreen:bottle", 0.46, 0.95, 0.72)),
    ),
    "running-shoes": (
        backdrops.hills,
        (Thing("shoe:trail", 0.24, 0.82, 0.5), Thing("shoe:daily", 0.54, 0.97, 0.84)),
    ),
    "headphones": (
        backdrops.train,
        (Thing("headphones:buds", 0.74, 0.92, 0.4), Thing("headphones:over", 0.44, 0.94, 0.72)),
    ),
    "car-seats": (backdrops.back_seat, (Thing("car_seat:turn", 0.5, 0.98, 0.84),)),
}
DIAGRAMS: dict[str, Callable[[], str]] = {
    "rice-water": diagrams.rice_water,
    "kettle-scale": diagrams.kettle_scale,
    "knife-angles": diagrams.knife_angles,
    "filter-stages": diagrams.filter_stages,
    "spine": diagrams.spine,
    "mattress-layers": diagrams.mattress_layers,
    "duvet-boxes": diagrams.duvet_boxes,
    "whites": diagrams.whites,
    "sitting": diagrams.sitting,
    "uv-skin": diagrams.uv_skin,
    "two-fingers": diagrams.two_fingers,
    "shoe-parts": diagrams.shoe_parts,
    "noise-cancelling": diagrams.noise_cancelling,
    "rear-facing": diagrams.rear_facing,
}
LOGOS: dict[str, Callable[[], str]] = {
    "hearth-and-ladle": logos.hearth_and_ladle,
    "nightfold": logos.nightfold,
    "brightnook": logos.brightnook,
    "farstep": logos.farstep,
}


def thing(name: str) -> str:
    """The drawing of one thing, `kettle:jug`, in a box of 1000 by 1000."""
    subject, variant = name.split(":")
    return THINGS[subject](variant)


def standing(placed: Thing, width: float, height: float) -> str:
    """A thing where it stands, with its shadow."""
    scale = min(width, height) * placed.size / 1000
    x, foot = width * placed.x, height * placed.foot
    shadow = (
        ""
        if placed.name.startswith(("knife", "bulb"))
        else ellipse(x, foot, 360 * scale, 30 * scale, "#14241e", opacity=0.2)
    )
    return shadow + at(x - 500 * scale, foot - 860 * scale, scale, thing(placed.name))


def picture(name: str, width: float, height: float) -> str:
    """The SVG document of a picture."""
    kind, _, rest = name.partition(":")
    if kind == "logo":
        return document(width, height, at(0, 0, width / 600, LOGOS[rest]()))
    if kind == "diagram":
        return document(width, height, _fitted(DIAGRAMS[rest](), width, height))
    ground, things = _parts(kind, rest)
    return document(
        width, height, ground(width, height), *(standing(one, width, height) for one in things)
    )


def backdrop(name: str, width: float, height: float) -> str:
    """What lies behind a picture; a diagram is all backdrop."""
    kind, _, rest = name.partition(":")
    if kind == "diagram":
        return picture(name, width, height)
    ground, _things = _parts(kind, rest)
    return document(width, height, ground(width, height))


def sprites(name: str) -> tuple[Thing, ...]:
    """The things of a picture, back to front."""
    kind, _, rest = name.partition(":")
    return () if kind == "diagram" else _parts(kind, rest)[1]


def _parts(kind: str, rest: str) -> tuple[Backdrop, tuple[Thing, ...]]:
    if kind == "scene":
        return SCENES[rest]
    subject = rest.split(":")[0]
    flat = subject == "knife"
    if kind == "product":
        return PODIUMS[subject], (Thing(rest, 0.5, 0.86, 0.86 if flat else 0.78),)
    if kind == "setting":
        foot = {"knife": 0.86, "bulb": 0.92, "shoe": 0.95}.get(subject, 0.93)
        return PLACES[subject], (Thing(rest, 0.45, foot, 0.92 if flat else 0.7),)
    raise KeyError(kind)


def _fitted(drawing: str, width: float, height: float) -> str:
    """A diagram of 1600 by 900, whole, in the middle of any format."""
    scale = min(width / 1600, height / 900)
    return rect(0, 0, width, height, SAND) + at(
        (width - 1600 * scale) / 2, (height - 900 * scale) / 2, scale, drawing
    )


def png(svg: str, width: int | None = None) -> bytes:
    """The SVG as PNG, `width` pixels wide (its own width when not given)."""
    return resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True)
