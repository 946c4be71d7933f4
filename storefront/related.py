"""What is like the thing that a page shows."""

from collections.abc import Iterable, Sequence

from search.engines.base import Hit
from search.services import similar

MOST = 6


def related_to(
    kind: str,
    object_id: int,
    *,
    kinds: Sequence[str],
    shown: Iterable[tuple[str, int]] = (),
    most: int = MOST,
) -> list[Hit]:
    """One search; without what the page shows anyway (`shown`: kind and id). Nothing where nothing
    is alike, or while search is away."""
    known = set(shown)
    found = similar(kind=kind, object_id=object_id, kinds=kinds, limit=most + len(known))
    return [hit for hit in found if hit.key not in known][:most]
