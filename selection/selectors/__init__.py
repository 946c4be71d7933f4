"""Every read of an audition. While a round is open none of them says how it stands."""

from selection.selectors.counting import count_votes, recount_ledger
from selection.selectors.people import member_ids_by_merchant, voters_in
from selection.selectors.results import (
    Comment,
    Report,
    Selection,
    report_for,
    results_of,
    scores_of,
    selected_product_ids,
)
from selection.selectors.rounds import (
    eligible_products,
    entries_for,
    entries_of,
    entry_for_page,
    open_rounds,
    rounds_for_listing,
    rounds_to_enter,
    votes_by,
    votes_of,
)

__all__ = [
    "Comment",
    "Report",
    "Selection",
    "count_votes",
    "eligible_products",
    "entries_for",
    "entries_of",
    "entry_for_page",
    "member_ids_by_merchant",
    "open_rounds",
    "recount_ledger",
    "report_for",
    "results_of",
    "rounds_for_listing",
    "rounds_to_enter",
    "scores_of",
    "selected_product_ids",
    "voters_in",
    "votes_by",
    "votes_of",
]
