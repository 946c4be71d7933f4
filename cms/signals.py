"""Sent inside the transaction that makes them true."""

from django.dispatch import Signal

# guide_ids: list[int]; published, edited, withdrawn, taken down, moved, about to be deleted
guide_changed = Signal()
