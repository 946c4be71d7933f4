"""Sent inside the transaction that makes them true."""

from django.dispatch import Signal

notified = Signal()  # no arguments: rows are waiting to be mailed
