"""Why a result stands where it does, in words and round figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from search import ranking
from search.choices import Sort
from search.engines.base import Explanation, Part
from search.query import SearchQuery

WORDS = "text"
"""The part that is the words' own relevance; the others raise it."""


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    figure: str
    counts: bool
    """Whether it makes any difference to this result."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the page says of one result."""

    place: int
    total: int
    rows: Sequence[Row]
    relevance: str
    order: str
    """What results are ordered by instead of relevance; empty where by that."""
    pinned: bool
    buried: bool


def account_of(explanation: Explanation, query: SearchQuery) -> Account:
    sort = Sort(query.sort)
    return Account(
        place=explanation.place,
        total=explanation.total,
        rows=[_row(part) for part in explanation.parts],
        relevance=number_format(explanation.relevance, decimal_pos=2),
        order="" if sort == Sort.RELEVANCE else str(sort.label),
        pinned=explanation.pinned,
        buried=explanation.buried,
    )


def what_raises() -> list[str]:
    """Each thing beside the words that a result's place comes from."""
    return [str(label) for name, label in ranking.PARTS.items() if name != WORDS]


def _row(part: Part) -> Row:
    label = str(ranking.PARTS.get(part.name, part.name))
    if part.name == WORDS:
        return Row(label, number_format(part.factor, decimal_pos=2), counts=True)
    if not part.factor:
        return Row(label, _("makes no difference"), counts=False)
    raised = number_format(part.factor * 100, decimal_pos=0)
    return Row(label, _("+%(percent)s %%") % {"percent": raised}, counts=True)
