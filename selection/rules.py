"""Who may do what in an audition. Pure: answers from what it is given, changes nothing."""

from products.models import Category
from selection.choices import RoundState
from selection.models import Round

FIXED_ONCE_OPEN = ("category", "opens_at", "closes_at", "seats")
"""What shoppers and merchants relied on when the round opened."""


def may_enter(round: Round) -> bool:
    """Products may join until the round ends."""
    return round.state in {RoundState.ANNOUNCED, RoundState.OPEN}


def may_withdraw(round: Round) -> bool:
    return round.state in {RoundState.ANNOUNCED, RoundState.OPEN}


def may_vote(round: Round) -> bool:
    return round.state == RoundState.OPEN


def may_change(round: Round, field: str) -> bool:
    """Once a round is open its rules stand; its words may still be mended."""
    if round.state == RoundState.ANNOUNCED:
        return True
    return field not in FIXED_ONCE_OPEN


def is_in_category(category: Category, round: Round) -> bool:
    """At the round's category or below it."""
    return category == round.category or category.is_descendant_of(round.category)
