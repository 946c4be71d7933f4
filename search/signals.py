from django.dispatch import Signal

# A change was noted in the outbox, inside the transaction that made it.
changes_noted = Signal()
