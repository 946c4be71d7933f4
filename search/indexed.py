"""What the index has now, apart from searching it."""

from collections.abc import Collection

from search.models import IndexedDocument


def indexed_category_slugs(*, kind: str, object_ids: Collection[int]) -> set[str]:
    """The categories in which these things are found now, as far as changes were drained: where
    they were before a change that was only just made."""
    paths = (
        IndexedDocument.objects.filter(
            generation__live=True, kind=kind, object_id__in=list(object_ids)
        )
        .order_by()
        .values_list("category_path", flat=True)
        .distinct()
    )
    return {slug for path in paths for slug in path.strip("/").split("/") if slug}
