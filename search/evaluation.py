"""How good an order of results is, measured on queries that people have judged."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path

DEPTH = 10

Judgments = dict[str, dict[str, int]]
"""For each query, what people gave each product: 0 (not relevant) to 3 (what was wanted)."""


@dataclass(frozen=True, slots=True)
class Scores:
    """nDCG@10, gain 2^rating - 1: 1 is the best order there could be, 0 is nothing of use."""

    all_results: float
    """A result that nobody judged counts as not relevant."""
    judged_only: float
    """A result that nobody judged is left out before counting."""


def read_judgments(path: Path) -> Judgments:
    """From CSV with the columns query, product_id and rating.

    Raises ValueError where a line is none of that.
    """
    judgments: Judgments = {}
    with path.open(newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                rated = judgments.setdefault(row["query"], {})
                rated[row["product_id"]] = int(row["rating"])
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(
                    f"Line {number} needs the columns query, product_id and rating (a number)."
                ) from error
    return judgments


def scores(results: Sequence[str], ratings: Mapping[str, int]) -> Scores:
    """Of one query's results, best first."""
    judged = [product_id for product_id in results if product_id in ratings]
    ideal = _gain(sorted(ratings.values(), reverse=True))
    if not ideal:
        return Scores(0.0, 0.0)
    return Scores(
        _gain([ratings.get(product_id, 0) for product_id in results]) / ideal,
        _gain([ratings[product_id] for product_id in judged]) / ideal,
    )


def _gain(ratings: Sequence[int]) -> float:
    return sum(
        (2**rating - 1) / log2(place + 1) for place, rating in enumerate(ratings[:DEPTH], start=1)
    )
