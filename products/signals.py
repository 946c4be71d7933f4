"""Sent inside the transaction that makes them true."""

from django.dispatch import Signal

product_changed = Signal()  # product_ids: list[int]; listed, edited, withdrawn or taken down
import_waiting = Signal()  # import_id: a feed was stored and waits for a worker
