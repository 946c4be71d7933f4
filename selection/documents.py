"""What search learns from auditions about products, which know nothing of them."""

from collections.abc import Iterable
from typing import Any

from selection.models import Result


def product_fields(product_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """By product: fields of its search document. Products that were in no closed round have none,
    so search tells nothing of a round that is still open."""
    fields: dict[int, dict[str, Any]] = {}
    for result in Result.objects.best_first_of(product_ids).select_related("entry"):
        fields.setdefault(
            result.entry.product_id, {"selected": result.selected, "score": result.score}
        )
    return fields
