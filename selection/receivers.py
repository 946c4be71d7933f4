from typing import Any

from django.db import connections
from django.db.models import Q
from django.dispatch import receiver

from media_pipeline.models import Picture
from media_pipeline.signals import picture_asked_for
from merchants.choices import MerchantState
from products.choices import ProductState
from search.services import note_changes
from selection import append_only
from selection.models import LedgerLine, Result, Round
from selection.signals import round_closed


@receiver(round_closed)
def note_products_of_the_round(round: Round, **kwargs: Any) -> None:
    """What was selected is found as such: the Selected listing is a search."""
    note_changes(
        kind="product", object_ids=round.entries.order_by().values_list("product_id", flat=True)
    )


@receiver(picture_asked_for)
def is_shown_in_results(picture: Picture, **kwargs: Any) -> bool:
    """The results of a closed round stay as they were, with what was withdrawn since; not with
    what was taken down."""
    results = Result.objects.filter(
        entry__round__closed_at__isnull=False,
        entry__product__merchant__state=MerchantState.ACTIVE,
    )
    of_video = Q(entry__video__poster=picture) | Q(entry__video__source__poster=picture)
    return results.filter(
        Q(entry__product__pictures__picture=picture)
        & ~Q(entry__product__state=ProductState.TAKEN_DOWN)
        | of_video & Q(entry__video__taken_down_at=None)
    ).exists()


def guard_ledger(using: str, **kwargs: Any) -> None:
    """After each migration (apps.py connects it)."""
    connection = connections[using]
    if LedgerLine._meta.db_table in connection.introspection.table_names():
        append_only.guard(connection)
