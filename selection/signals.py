"""Sent inside the transaction that makes them true."""

from django.dispatch import Signal

round_changed = Signal()  # round: opened for entries, edited
entry_changed = Signal()  # entry: entered, withdrawn or set aside
round_closed = Signal()  # round: its results are written
vote_cast = Signal()  # vote
