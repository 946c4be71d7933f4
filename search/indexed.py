"""What the database's own index has now, apart from searching it."""

from collections.abc import Collection

from django.db.models import QuerySet

from search.models import IndexedDocument


def indexed_category_slugs(*, kind: str, object_ids: Collection[int]) -> set[str]:
    """The categories in which these things are found now, as far as changes were drained: where
    they were before a change that was only just made."""
    these = _live(kind).filter(object_id__in=list(object_ids)).order_by()
    paths = these.values_list("category_path", flat=True).distinct()
    return {slug for path in paths for slug in path.strip("/").split("/") if slug}


def fingerprints_after(kind: str, object_id: int, limit: int) -> dict[int, str]:
    """Those of the next documents, by their ids."""
    following = _live(kind).filter(object_id__gt=object_id).order_by("object_id")
    return dict(following.values_list("object_id", "fingerprint")[:limit])


def fingerprints_of(kind: str, object_ids: Collection[int]) -> dict[int, str]:
    these = _live(kind).filter(object_id__in=list(object_ids)).order_by()
    return dict(these.values_list("object_id", "fingerprint"))


def _live(kind: str) -> "QuerySet[IndexedDocument]":
    # By the generation's kind, which has an index of its own with the ids.
    return IndexedDocument.objects.filter(generation__live=True, generation__kind=kind)
