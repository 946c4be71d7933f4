"""How entries are ranked when a round closes. Pure: the same counts always give the same ranks.

**Score.** The lower bound of the Wilson score interval of the share of yes among the votes, at
95 % (E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
Journal of the American Statistical Association 22, 1927, pp. 209-212). It asks: how large is the
share of shoppers who want this sold, at least, as far as these votes can tell? So 90 of 100 beats
2 of 2, and being seen more often is no advantage by itself.

**Ties**, by a rule that stands before the first vote:
1. the higher score;
2. then more yes;
3. then the lot: SHA-256 of the round's seed and the entry's number, lowest first. The seed is
   drawn when the round is made, before there are entries.

**Selected** are the first `seats` in this order that at least one shopper said yes to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt

Z_95 = 1.959963984540054
"""The standard normal's 97.5 % quantile: two sides make 95 %."""


@dataclass(frozen=True, slots=True)
class Tally:
    entry_id: int
    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class Ranked:
    tally: Tally
    score: float
    rank: int
    selected: bool


def wilson_lower_bound(*, yes: int, no: int) -> float:
    """0 to 1; 0 where nobody voted."""
    votes = yes + no
    if yes == 0:
        return 0.0
    share = yes / votes
    z2 = Z_95 * Z_95
    centre = share + z2 / (2 * votes)
    margin = Z_95 * sqrt((share * (1 - share) + z2 / (4 * votes)) / votes)
    return (centre - margin) / (1 + z2 / votes)


def rank_entries(*, tallies: Iterable[Tally], seats: int, seed: str) -> list[Ranked]:
    """Best first, ranks from 1 without gaps or doubles."""

    def place(tally: Tally) -> tuple[float, int, str]:
        return (
            -wilson_lower_bound(yes=tally.yes, no=tally.no),
            -tally.yes,
            lot(seed=seed, entry_id=tally.entry_id),
        )

    return [
        Ranked(
            tally=tally,
            score=wilson_lower_bound(yes=tally.yes, no=tally.no),
            rank=rank,
            selected=rank <= seats and tally.yes > 0,
        )
        for rank, tally in enumerate(sorted(tallies, key=place), start=1)
    ]


def lot(*, seed: str, entry_id: int) -> str:
    """What decides when score and yes are the same; nobody can choose it."""
    return sha256(f"{seed}:{entry_id}".encode()).hexdigest()
