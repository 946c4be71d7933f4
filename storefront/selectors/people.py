"""What a shopper has done here."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from accounts.models import User
from selection.models import Round, Vote
from selection.selectors import open_rounds, votes_of


@dataclass(frozen=True, slots=True)
class RoundToDo:
    round: Round
    judged: int
    """How many of its entries the shopper has voted on."""


@dataclass(frozen=True, slots=True)
class MyPage:
    votes: QuerySet[Vote]
    """Everywhere the shopper stands, the latest first; the view cuts it into pages."""
    rounds_to_do: Sequence[RoundToDo]
    """Open rounds that the shopper hasn't finished."""


def my_page(user: User) -> MyPage:
    rounds = list(open_rounds())
    judged = dict(
        Vote.objects.filter(shopper=user, round__in=rounds)
        .values_list("round")
        .annotate(count=Count("pk"))
    )
    votes = votes_of(user).select_related("entry__result", "round__category")
    return MyPage(
        votes=votes.prefetch_related("entry__product__pictures__picture__renditions"),
        rounds_to_do=[
            RoundToDo(one, judged.get(one.pk, 0))
            for one in rounds
            if judged.get(one.pk, 0) < one.entry_count  # type: ignore[attr-defined]  # annotated
        ],
    )
