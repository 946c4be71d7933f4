"""Every write of an audition. Votes are taken in the database, at once, never through a queue."""

from selection.services.closing import close_due_rounds, close_round
from selection.services.entries import enter_round, set_entry_aside, withdraw_entry
from selection.services.rounds import edit_round, open_round
from selection.services.votes import cast_vote, take_back_vote

__all__ = [
    "cast_vote",
    "close_due_rounds",
    "close_round",
    "edit_round",
    "enter_round",
    "open_round",
    "set_entry_aside",
    "take_back_vote",
    "withdraw_entry",
]
