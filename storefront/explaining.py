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
"""The part that is the words' own measure; the others raise it."""
LESSENS = "accessory"
"""The part that the whole is multiplied by, and lessened."""


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

    @property
    def is_near(self) -> bool:
        """Whether it comes after those that have all the words, having only some."""
        return self.place > self.total


def account_of(explanation: Explanation, query: SearchQuery) -> Account:
    sort = Sort(query.sort)
    return Account(
        place=explanation.place,
        total=explanation.total,
        # What lessens the whole comes after what the whole is made of.
        rows=[_row(part) for part in sorted(explanation.parts, key=_lessens)],
        relevance=number_format(explanation.relevance, decimal_pos=2),
        order="" if sort == Sort.RELEVANCE else str(sort.label),
        pinned=explanation.pinned,
        buried=explanation.buried,
    )


def what_raises() -> list[str]:
    """Each thing that raises a result beside its words."""
    return [str(label) for name, label in ranking.PARTS.items() if name not in {WORDS, LESSENS}]


def _lessens(part: Part) -> bool:
    return part.name == LESSENS


def _row(part: Part) -> Row:
    label = str(ranking.PARTS.get(part.name, part.name))
    if part.name == WORDS:
        return Row(label, number_format(part.factor, decimal_pos=2), counts=True)
    if part.factor == (1 if _lessens(part) else 0):
        return Row(label, _("makes no difference"), counts=False)
    share = 1 - part.factor if _lessens(part) else part.factor
    percent = {"percent": number_format(share * 100, decimal_pos=0)}
    words = _("\N{MINUS SIGN}%(percent)s %% of it all") if _lessens(part) else _("+%(percent)s %%")
    return Row(label, words % percent, counts=True)
