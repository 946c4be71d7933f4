"""What editors put first or last for a query."""

from collections.abc import Mapping
from dataclasses import dataclass

from search.analysis import query_units
from search.models import CuratedResult
from search.remembered import Remembered

MAX_KEY = 200
Key = tuple[str, int]
"""A kind and an object's id."""


@dataclass(frozen=True, slots=True)
class Curated:
    """For one query. Empty for most."""

    first: tuple[Key, ...] = ()
    last: frozenset[Key] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.first or self.last)


def query_key(text: str) -> str:
    """The same for queries that search reads as the same words; empty where there are none."""
    terms = (term for unit in query_units(text) for term in unit.spellings[0])
    return " ".join(terms)[:MAX_KEY]


def curated(text: str) -> Curated:
    """What editors want of the results for these words, or wanted a few seconds ago."""
    key = query_key(text)
    return every().get(key, Curated()) if key else Curated()


def _read() -> Mapping[str, Curated]:
    rows: dict[str, list[CuratedResult]] = {}
    for row in CuratedResult.objects.select_related("curation"):
        rows.setdefault(row.curation.key, []).append(row)
    return {
        key: Curated(
            first=tuple((row.kind, row.object_id) for row in of_key if not row.buried),
            last=frozenset((row.kind, row.object_id) for row in of_key if row.buried),
        )
        for key, of_key in rows.items()
    }


every = Remembered(_read)
"""By query_key, for those few queries that editors changed."""
