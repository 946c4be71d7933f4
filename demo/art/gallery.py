"""Every picture of the demo by its name, at any size.

A name is a kind and what it shows: `product:kettle:jug` (by itself), `setting:kettle:jug` (where
it is used), `scene:kettles` (a guide's first picture), `diagram:spine`, `logo:nightfold`.
A film takes a picture apart: `backdrop` is what lies behind, `sprite` the thing by itself.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

import resvg_py
from PIL import Image

from demo.art import home, kitchen, logos, outdoors
from demo.art.backdrops import rooms, travel
from demo.art.backdrops.shows import Backdrop, stage, table_top
from demo.art.diagrams import home as home_diagrams
from demo.art.diagrams import kitchen as kitchen_diagrams
from demo.art.diagrams import outdoors as outdoor_diagrams
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
    "rice_cooker": stage(BLUSH),
    "kettle": stage(MINT),
    "knife": table_top(MINT),
    "water_filter": stage(BLUSH, PAPER),
    "mattress": stage(ICE),
    "duvet": stage(SAND, PEACH),
    "bulb": stage("#2f5548", "#4b6d5f"),
    "chair": stage(MINT, GLOW),
    "sunscreen": stage(ICE, PAPER),
    "shoe": stage(SAND, GLOW),
    "headphones": stage(PEACH, BLUSH),
    "car_seat": stage(ICE, GLOW),
}
PLACES: dict[str, Backdrop] = {
    "rice_cooker": rooms.counter,
    "kettle": rooms.counter,
    "knife": table_top(PEACH),
    "water_filter": rooms.sink,
    "mattress": rooms.bedroom,
    "duvet": rooms.snowy_bedroom,
    "bulb": rooms.living_room,
    "chair": rooms.study,
    "sunscreen": travel.beach,
    "shoe": travel.hills,
    "headphones": travel.train,
    "car_seat": travel.back_seat,
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
        rooms.counter,
        (
            Thing("rice_cooker:mini", 0.2, 0.84, 0.5),
            Thing("rice_cooker:induction", 0.5, 0.94, 0.84),
        ),
    ),
    "kettles": (
        rooms.counter,
        (Thing("kettle:double", 0.78, 0.84, 0.5), Thing("kettle:gooseneck", 0.47, 0.93, 0.86)),
    ),
    "kitchen-knives": (table_top("#9db8a8"), (Thing("knife:chef", 0.5, 0.86, 1.02),)),
    "water-filters": (
        rooms.sink,
        (Thing("water_filter:jug", 0.5, 0.93, 0.8), Thing("water_filter:bottle", 0.78, 0.86, 0.5)),
    ),
    "mattresses": (rooms.bedroom, (Thing("mattress:springs", 0.46, 0.96, 0.98),)),
    "duvets": (rooms.snowy_bedroom, (Thing("duvet:down", 0.46, 0.94, 0.78),)),
    "lighting": (rooms.living_room, (Thing("bulb:globe", 0.5, 0.66, 0.58),)),
    "office-chairs": (rooms.study, (Thing("chair:mesh", 0.4, 0.95, 0.86),)),
    "sunscreen": (
        travel.beach,
        (Thing("sunscreen:tube", 0.28, 0.86, 0.42), Thing("sunscreen:bottle", 0.46, 0.95, 0.72)),
    ),
    "running-shoes": (
        travel.hills,
        (Thing("shoe:trail", 0.24, 0.82, 0.5), Thing("shoe:daily", 0.54, 0.97, 0.84)),
    ),
    "headphones": (
        travel.train,
        (Thing("headphones:buds", 0.74, 0.92, 0.4), Thing("headphones:over", 0.44, 0.94, 0.72)),
    ),
    "car-seats": (travel.back_seat, (Thing("car_seat:turn", 0.5, 0.98, 0.84),)),
}
DIAGRAMS: dict[str, Callable[[], str]] = {
    "rice-water": kitchen_diagrams.rice_water,
    "kettle-scale": kitchen_diagrams.kettle_scale,
    "knife-angles": kitchen_diagrams.knife_angles,
    "filter-stages": kitchen_diagrams.filter_stages,
    "spine": home_diagrams.spine,
    "mattress-layers": home_diagrams.mattress_layers,
    "duvet-boxes": home_diagrams.duvet_boxes,
    "whites": home_diagrams.whites,
    "sitting": home_diagrams.sitting,
    "uv-skin": outdoor_diagrams.uv_skin,
    "two-fingers": outdoor_diagrams.two_fingers,
    "shoe-parts": outdoor_diagrams.shoe_parts,
    "noise-cancelling": outdoor_diagrams.noise_cancelling,
    "rear-facing": outdoor_diagrams.rear_facing,
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


def png(svg: str) -> bytes:
    """The SVG as PNG, with what it leaves open to be seen through."""
    return resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)


def opaque_png(svg: str) -> bytes:
    """The same without transparency: such a picture is kept as JPEG, which is ten times as quick
    to write as the WebP without loss that one with transparency becomes."""
    target = io.BytesIO()
    Image.open(io.BytesIO(png(svg))).convert("RGB").save(target, "PNG", compress_level=1)
    return target.getvalue()
