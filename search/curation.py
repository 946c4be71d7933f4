"""What editors put first or last for a query."""

from dataclasses import dataclass

from search.analysis import query_units
from search.models import CuratedResult

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
    """What editors want of the results for these words; one query to the database."""
    key = query_key(text)
    if not key:
        return Curated()
    rows = list(
        CuratedResult.objects.filter(curation__key=key).values_list("buried", "kind", "object_id")
    )
    return Curated(
        first=tuple((kind, object_id) for buried, kind, object_id in rows if not buried),
        last=frozenset((kind, object_id) for buried, kind, object_id in rows if buried),
    )
