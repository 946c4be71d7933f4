from typing import Any

from django.db import connections
from django.dispatch import receiver

from search.services import note_changes
from selection import append_only
from selection.models import LedgerLine, Round
from selection.signals import round_closed


@receiver(round_closed)
def note_products_of_the_round(round: Round, **kwargs: Any) -> None:
    """What was selected is found as such: the Selected listing is a search."""
    note_changes(
        kind="product", object_ids=round.entries.order_by().values_list("product_id", flat=True)
    )


def guard_ledger(using: str, **kwargs: Any) -> None:
    """After each migration (apps.py connects it)."""
    connection = connections[using]
    if LedgerLine._meta.db_table in connection.introspection.table_names():
        append_only.guard(connection)
