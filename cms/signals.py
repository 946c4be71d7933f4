"""Sent inside the transaction that makes them true."""

from django.dispatch import Signal

guide_changed = Signal()  # guide_ids: list[int]; published, edited, withdrawn or taken down
