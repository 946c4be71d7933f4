"""Sent inside the transaction that makes them true."""

from django.dispatch import Signal

# product_ids: list[int]; listed, edited, withdrawn, taken down or deleted. `is_bulk` where it is
# one of many such signals, as in an import: what a person did goes before it.
product_changed = Signal()
category_moved = Signal()  # category: where it is now, with all that is below it
import_waiting = Signal()  # import_id: a feed was stored and waits for a worker
