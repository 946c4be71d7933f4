"""Sent inside the transaction that makes them true."""

from django.dispatch import Signal

video_changed = Signal()  # video_ids: list[int]; published, edited, withdrawn, taken down
source_ready = Signal()  # source: every rung and the poster are there
source_refused = Signal()  # source
