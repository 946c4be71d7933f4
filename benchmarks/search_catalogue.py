"""A feed of as many products as asked for, made of real ones: each round through them changes
the numbers, some brands and the prices, so that words stay as rare as they are in a real shop."""

import gzip
import json
import random
import re
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any
from zlib import crc32

DEPARTMENTS = 8
AISLES = 5  # in each department
REBRANDED = 0.3
"""Of the products of every round but the first."""
_DIGIT = re.compile(r"\d")


def write_catalogue(source: Path, target: Path, products: int) -> None:
    """Writes the feed (JSON lines, gzip); `source` is the feed of the real products."""
    with gzip.open(target, "wt", encoding="utf-8", compresslevel=1) as file:
        for record in islice(_records(_read(source)), products):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _read(source: Path) -> list[dict[str, Any]]:
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _records(real: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    chance = random.Random(5)  # noqa: S311 - the same feed every time
    brands = sorted({record["brand"] for record in real if record["brand"]})
    for number in count():
        for record in real:
            yield {
                **(_varied(record, number, brands, chance) if number else record),
                "category": _category(record),
            }


def _varied(
    record: dict[str, Any], number: int, brands: list[str], chance: random.Random
) -> dict[str, Any]:
    varied = {
        **record,
        "id": f"{record['id']}-{number}",
        "gtin": [],
        "mpn": _renumbered(record["mpn"] or "", number),
        "title": _renumbered(record["title"], number),
        "price_cents": max(100, round((record["price_cents"] or 5000) * chance.uniform(0.7, 1.4))),
    }
    if record["brand"] and chance.random() < REBRANDED:
        varied["brand"] = chance.choice(brands)
        varied["title"] = varied["title"].replace(record["brand"], varied["brand"])
    return varied


def _renumbered(text: str, number: int) -> str:
    """Every digit turned on; what a number is worth doesn't matter, how rare it is does."""
    return _DIGIT.sub(lambda digit: str((int(digit.group()) + number) % 10), text)


def _category(record: dict[str, Any]) -> str:
    """What is described by the same attributes stands in the same aisle."""
    place = crc32(" ".join(sorted(record["attributes"])[:3]).encode())
    department = place % DEPARTMENTS
    return f"Department {department} > Aisle {department}.{place // DEPARTMENTS % AISLES}"
