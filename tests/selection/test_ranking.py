from itertools import permutations

import pytest

from selection.ranking import Tally, lot, rank_entries, wilson_lower_bound

SEED = "ab" * 16


@pytest.mark.parametrize(
    ("yes", "no", "bound"),
    [
        (0, 0, 0.0),
        (0, 50, 0.0),
        (1, 0, 0.2065),
        (2, 0, 0.3424),
        (10, 0, 0.7225),
        (90, 10, 0.8256),
        (50, 50, 0.4038),
        (1, 9, 0.0179),
    ],
)
def test_the_score_is_wilsons_lower_bound(yes, no, bound):
    """Against tabled values of the 95 % score interval."""
    assert wilson_lower_bound(yes=yes, no=no) == pytest.approx(bound, abs=5e-5)


def test_more_votes_of_the_same_share_score_higher_and_stay_below_the_share():
    bounds = [wilson_lower_bound(yes=8 * n, no=2 * n) for n in (1, 10, 100, 10_000)]

    assert bounds == sorted(bounds)
    assert bounds[-1] < 0.8


def test_many_good_votes_beat_a_few_perfect_ones():
    ranked = rank_entries(tallies=[Tally(1, 2, 0), Tally(2, 90, 10)], seats=1, seed=SEED)

    assert [(place.tally.entry_id, place.rank, place.selected) for place in ranked] == [
        (2, 1, True),
        (1, 2, False),
    ]


def test_ties_go_by_the_lot_whatever_the_order_of_counting():
    tallies = [Tally(pk, 3, 1) for pk in (11, 12, 13, 14)]
    by_lot = sorted((11, 12, 13, 14), key=lambda pk: lot(seed=SEED, entry_id=pk))

    for order in permutations(tallies):
        ranked = rank_entries(tallies=order, seats=2, seed=SEED)
        assert [place.tally.entry_id for place in ranked] == by_lot
        assert [place.rank for place in ranked] == [1, 2, 3, 4]
        assert [place.selected for place in ranked] == [True, True, False, False]


def test_the_lot_differs_between_rounds():
    winners = {
        rank_entries(tallies=[Tally(1, 5, 5), Tally(2, 5, 5)], seats=1, seed=f"{n:032x}")[
            0
        ].tally.entry_id
        for n in range(20)
    }

    assert winners == {1, 2}


def test_nothing_is_selected_that_nobody_wanted():
    ranked = rank_entries(
        tallies=[Tally(1, 1, 4), Tally(2, 0, 0), Tally(3, 0, 9)], seats=3, seed=SEED
    )

    assert [place.selected for place in ranked] == [True, False, False]
    assert rank_entries(tallies=[], seats=3, seed=SEED) == []
