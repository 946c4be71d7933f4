from django.dispatch import Signal

# A change was noted in the outbox, inside the transaction that made it.
changes_noted = Signal()

# Somebody searched: text, exact (whether it found what was asked) and token, which tells visitors
# apart for a day.
searched = Signal()
