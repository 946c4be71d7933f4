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
    within: str = "",
) -> list[Hit]:
    """One search; without what the page shows anyway (`shown`: kind and id), and where `within`
    names a category, only what lies in it. Nothing where nothing is alike, or while search is
    away."""
    known = set(shown)
    limit = (most + len(known)) * (3 if within else 1)
    found = similar(kind=kind, object_id=object_id, kinds=kinds, limit=limit)
    fitting = [hit for hit in found if not within or within in hit.category_path]
    return [hit for hit in fitting if hit.key not in known][:most]
