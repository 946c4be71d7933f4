"""Sent inside the transaction that makes them true."""

from django.dispatch import Signal

merchant_approved = Signal()  # merchant
merchant_suspended = Signal()  # merchant
merchant_reinstated = Signal()  # merchant
merchant_changed = Signal()  # merchant: its name, words or logo
