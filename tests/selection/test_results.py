import dataclasses

import pytest

from products.documents import build_documents
from selection.models import Vote
from selection.selectors import (
    report_for,
    results_of,
    scores_of,
    selected_product_ids,
)
from selection.services import close_round
from tests.factories.accounts import UserFactory
from tests.factories.products import ProductFactory
from tests.factories.selection import EntryFactory, RoundFactory, VoteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    """The winner of a round of two, still open; three shoppers voted on it and two wrote."""
    round = RoundFactory(seats=1)
    winner, loser = EntryFactory.create_batch(2, round=round)
    for number, comment in enumerate(["Quiet, and easy to clean.", "", "Too dear."]):
        VoteFactory(
            entry=winner,
            choice="no" if comment == "Too dear." else "yes",
            comment=comment,
            shopper=UserFactory(
                email=f"shopper-{number}@mail.example", display_name=f"Shopper Name {number}"
            ),
        )
    VoteFactory(entry=loser, choice="no")
    return winner


def test_nothing_is_told_before_the_close(entry):
    assert report_for(entry) is None
    assert list(results_of(entry.round)) == []
    assert selected_product_ids() == set()
    assert scores_of([entry.product_id]) == {}


def test_the_merchant_reads_votes_rank_and_comments(entry):
    entry.round = close_round(round=entry.round)

    report = report_for(entry)

    assert (report.result.yes, report.result.no, report.result.rank) == (2, 1, 1)
    assert report.result.selected
    assert report.ranked == 2
    assert sorted((comment.choice, comment.text) for comment in report.comments) == [
        ("no", "Too dear."),
        ("yes", "Quiet, and easy to clean."),
    ]


def test_the_report_holds_nothing_that_identifies_a_shopper(entry):
    entry.round = close_round(round=entry.round)

    report = report_for(entry)

    fields = {field.name for field in dataclasses.fields(report.comments[0])}
    assert fields == {"choice", "text"}
    told = repr([report.ranked, report.comments, vars(report.result)])
    for vote in Vote.objects.filter(entry=entry):
        assert vote.shopper.email not in told
        assert vote.shopper.display_name not in told


def test_comments_do_not_stand_in_the_order_in_which_they_came():
    round = RoundFactory(seed="42" * 16)
    entry = EntryFactory(round=round)
    texts = [f"Comment {number}" for number in range(8)]
    for text in texts:
        VoteFactory(entry=entry, comment=text)
    entry.round = close_round(round=round)

    first, second = ([one.text for one in report_for(entry).comments] for _ in range(2))

    assert sorted(first) == texts
    assert first != texts
    assert first == second


def test_an_entry_that_left_has_a_report_without_a_result():
    entry = EntryFactory(state="withdrawn")
    entry.round = close_round(round=entry.round)

    assert report_for(entry).result is None


def test_results_are_read_with_their_cards_in_a_fixed_number_of_queries(
    django_assert_num_queries,
):
    round = RoundFactory()
    EntryFactory.create_batch(3, round=round)
    close_round(round=round)

    with django_assert_num_queries(2):  # results, pictures
        for result in results_of(round):
            assert result.entry.product.merchant.name
            assert result.entry.get_absolute_url()
            assert result.entry.video.source.poster
            assert list(result.entry.product.pictures.all()) == []


def test_a_product_that_won_once_stays_selected(django_assert_num_queries):
    entry = EntryFactory()
    VoteFactory(entry=entry, choice="yes")
    won = close_round(round=entry.round)
    later = EntryFactory(
        round=RoundFactory(category=entry.round.category), product=entry.product, video=entry.video
    )
    VoteFactory(entry=later, choice="no")
    close_round(round=later.round)
    never = ProductFactory(listed=True)

    with django_assert_num_queries(1):
        scores = scores_of([entry.product_id, never.pk])

    assert set(scores) == {entry.product_id}
    assert (scores[entry.product_id].selected, scores[entry.product_id].round) == (True, won)
    assert selected_product_ids() == {entry.product_id}


def test_search_learns_what_was_selected_at_the_close_and_not_before(entry):
    [before] = build_documents([entry.product_id])

    close_round(round=entry.round)

    [after] = build_documents([entry.product_id])
    entry.refresh_from_db()
    assert (before.selected, before.score) == (False, 0.0)
    assert (after.selected, after.score) == (True, entry.result.score)
