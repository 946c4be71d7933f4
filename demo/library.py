"""The demo world as it is written down in demo/content/, read into plain values."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parent / "content"

AttributeRow = tuple[str, str, str, str | list[str]]
"""Key, label, kind, and its unit or its choices."""


@dataclass(frozen=True, slots=True)
class Shop:
    key: str
    name: str
    owner: str
    about: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category and those below it."""

    slug: str
    name: str
    description: str
    service_promise: str
    attributes: tuple[AttributeRow, ...]
    children: tuple["Shelf", ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A product."""

    id: str
    merchant: str
    category: str
    brand: str
    title: str
    gtin: str
    mpn: str
    price: Decimal
    released: date
    art: str
    description: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class Guide:
    key: str
    title: str
    category: str
    merchant: str
    summary: str
    art: str
    alt_text: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    art: str
    caption: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Film:
    key: str
    title: str
    description: str
    product: str
    guide: str
    scenes: tuple[Scene, ...]
    format: str = "landscape"
    chord: tuple[float, ...] = ()

    @property
    def seconds(self) -> float:
        return sum(scene.seconds for scene in self.scenes)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A film's product in an audition, and what shoppers say of it."""

    film: str
    yes: int = 0
    """Of a hundred shoppers."""
    yes_comments: tuple[str, ...] = ()
    no_comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audition:
    key: str
    category: str
    title: str
    introduction: str
    opens: int
    """Days from the day the demo is loaded."""
    closes: int
    seats: int
    entries: tuple[Candidate, ...]
    close: bool = False


@lru_cache(maxsize=1)
def shops() -> tuple[Shop, ...]:
    return tuple(Shop(**row) for row in _read("merchants.toml")["merchant"])


@lru_cache(maxsize=1)
def shelves() -> tuple[Shelf, ...]:
    return tuple(_shelf(row) for row in _read("categories.toml")["category"])


@lru_cache(maxsize=1)
def articles() -> tuple[Article, ...]:
    rows = [
        row
        for path in sorted((CONTENT / "products").glob("*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["product"]
    ]
    return tuple(
        Article(
            **{
                **row,
                "price": Decimal(row["price"]),
                "description": joined(row["description"]),
            }
        )
        for row in rows
    )


@lru_cache(maxsize=1)
def guides() -> tuple[Guide, ...]:
    return tuple(_guide(path) for path in sorted((CONTENT / "guides").glob("*.toml")))


@lru_cache(maxsize=1)
def films() -> tuple[Film, ...]:
    return tuple(
        Film(
            **{
                **row,
                "scenes": tuple(Scene(*scene) for scene in row["scenes"]),
                "chord": tuple(row.get("chord", ())),
            }
        )
        for row in _read("films.toml")["film"]
    )


@lru_cache(maxsize=1)
def auditions() -> tuple[Audition, ...]:
    return tuple(
        Audition(**{**row, "entries": tuple(_candidate(entry) for entry in row["entries"])})
        for row in _read("auditions.toml")["audition"]
    )


def joined(text: str) -> str:
    """Lines that were broken to be read in a file, as one."""
    return " ".join(text.split())


def _shelf(row: dict[str, Any]) -> Shelf:
    return Shelf(
        slug=row["slug"],
        name=row["name"],
        description=row["description"],
        service_promise=row.get("service_promise", ""),
        attributes=tuple((key, label, kind, more) for key, label, kind, more in row["attributes"]),
        children=tuple(_shelf(child) for child in row.get("children", ())),
    )


def _guide(path: Path) -> Guide:
    row = tomllib.loads(path.read_text(encoding="utf-8"))
    picture = row.pop("picture")
    body = tuple(Block(*next(iter(block.items()))) for block in row.pop("body"))
    return Guide(key=path.stem, art=picture["art"], alt_text=picture["alt"], body=body, **row)


def _candidate(row: dict[str, Any]) -> Candidate:
    return Candidate(
        film=row["film"],
        yes=row.get("yes", 0),
        yes_comments=tuple(row.get("yes_comments", ())),
        no_comments=tuple(row.get("no_comments", ())),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))
