"""How rounds came out: for everyone, for search, and for the merchant. Only after the close."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from django.db.models import QuerySet

from selection.choices import Choice
from selection.models import Entry, Result, Round, Vote


@dataclass(frozen=True, slots=True)
class Comment:
    """What a shopper wrote, and on which side they stood. Nothing says who or when."""

    choice: Choice
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """An entry's result as its merchant reads it."""

    entry: Entry
    result: Result | None
    """None if it wasn't counted: withdrawn, set aside or taken down."""
    ranked: int
    """How many entries were ranked."""
    comments: list[Comment]


@dataclass(frozen=True, slots=True)
class Selection:
    """What auditions say of a product."""

    selected: bool
    score: float
    rank: int
    round: Round


def results_of(round: Round) -> QuerySet[Result]:
    """The ranking, best first, with all that cards show; empty until the round is closed."""
    return (
        Result.objects.filter(entry__round=round, entry__round__closed_at__isnull=False)
        .select_related(
            "entry__round__category",
            "entry__product__merchant",
            "entry__product__category",
            "entry__video__poster",
            "entry__video__source__poster",
        )
        .prefetch_related("entry__product__pictures__picture")
        .order_by("rank")
    )


def report_for(entry: Entry) -> Report | None:
    """For the merchant, once the round is closed; None before."""
    if entry.round.closed_at is None:
        return None
    return Report(
        entry=entry,
        result=Result.objects.filter(entry=entry).first(),
        ranked=Result.objects.filter(entry__round=entry.round_id).count(),
        comments=_comments_on(entry),
    )


def selected_product_ids() -> set[int]:
    """Every product that a round has selected."""
    return set(Result.objects.filter(selected=True).values_list("entry__product_id", flat=True))


def scores_of(product_ids: Iterable[int]) -> dict[int, Selection]:
    """For each of these products that was in a closed round: the round that selected it, or else
    its latest."""
    selections: dict[int, Selection] = {}
    for result in Result.objects.best_first_of(product_ids).select_related("entry__round"):
        selections.setdefault(
            result.entry.product_id,
            Selection(
                selected=result.selected,
                score=result.score,
                rank=result.rank,
                round=result.entry.round,
            ),
        )
    return selections


def _comments_on(entry: Entry) -> list[Comment]:
    """Shuffled by lot, for the order of arrival could tell a merchant who wrote which."""
    votes = list(
        Vote.objects.filter(entry=entry).exclude(comment="").values_list("pk", "choice", "comment")
    )
    votes.sort(key=lambda vote: blake2b(f"{entry.round.seed}:{vote[0]}".encode()).digest())
    return [Comment(choice=Choice(choice), text=text) for _pk, choice, text in votes]
