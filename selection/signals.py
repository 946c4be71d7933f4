"""Sent inside the transaction that makes them true."""

from django.dispatch import Signal

round_changed = Signal()  # round: opened for entries, edited
round_closed = Signal()  # round: its results are written
vote_cast = Signal()  # vote
