"""Which categories search may suggest: those with something public. Apps above have things in
categories too, and say so here when they change."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from products.documents import CATEGORY_KIND, paths_down_to
from products.models import Category
from search.indexed import indexed_category_slugs
from search.services import note_changes


def note_categories_of(
    *,
    kind: str,
    object_ids: Collection[int],
    categories: "QuerySet[Category]",
    can_wait: bool = False,
) -> None:
    """These things, now in these categories, may have become public or ceased to be, or moved.
    The categories that search still finds them in are looked at too, and all above. Call it
    inside the transaction that changes them."""
    places = {
        place
        for path in categories.order_by().values_list("path", flat=True).distinct()
        for place in paths_down_to(path)
    }
    before = indexed_category_slugs(kind=kind, object_ids=object_ids)
    concerned = Category.objects.filter(Q(path__in=places) | Q(slug__in=before))
    ids = list(concerned.values_list("pk", flat=True))
    note_changes(kind=CATEGORY_KIND, object_ids=ids, can_wait=can_wait)
