import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import Notification
from search.models import OutboxEntry
from selection import tasks
from selection.choices import RoundState
from selection.errors import RoundRefusedError
from selection.models import LedgerLine, Result, Vote
from selection.ranking import wilson_lower_bound
from selection.services import cast_vote, close_due_rounds, close_round, set_entry_aside
from selection.services.closing import CountMismatchError
from selection.services.entries import withdraw_entry
from selection.signals import round_closed
from tests.factories.accounts import UserFactory
from tests.factories.merchants import MembershipFactory
from tests.factories.selection import EntryFactory, RoundFactory, VoteFactory

pytestmark = pytest.mark.django_db


def vote_on(entry, *, yes, no=0, shoppers):
    for shopper, choice in zip(shoppers, ["yes"] * yes + ["no"] * no, strict=False):
        cast_vote(entry=entry, shopper=shopper, choice=choice)


@pytest.fixture
def voted_round():
    """Three entries and two seats: 5 of 6, 4 of 4 and 1 of 4 wanted them."""
    round = RoundFactory(seats=2)
    shoppers = UserFactory.create_batch(6)
    first, second, third = EntryFactory.create_batch(3, round=round)
    vote_on(first, yes=5, no=1, shoppers=shoppers)
    vote_on(second, yes=4, shoppers=shoppers)
    vote_on(third, yes=1, no=3, shoppers=shoppers)
    return round


def test_the_close_ranks_the_entries_and_selects_the_best(voted_round):
    first, second, third = voted_round.entries.order_by("pk")

    closed = close_round(round=voted_round)

    assert closed.state == RoundState.CLOSED
    assert list(
        Result.objects.order_by("rank").values_list("entry", "rank", "yes", "no", "selected")
    ) == [
        (second.pk, 1, 4, 0, True),
        (first.pk, 2, 5, 1, True),
        (third.pk, 3, 1, 3, False),
    ]
    assert first.result.score == wilson_lower_bound(yes=5, no=1)


def test_closing_again_changes_nothing(voted_round):
    closed = close_round(round=voted_round)
    results = list(Result.objects.values())
    told = Notification.objects.count()
    heard = []
    round_closed.connect(heard.append, dispatch_uid="again")
    try:
        again = close_round(round=voted_round)
    finally:
        round_closed.disconnect(dispatch_uid="again")

    assert again.closed_at == closed.closed_at
    assert list(Result.objects.values()) == results
    assert Notification.objects.count() == told
    assert heard == []


def test_the_database_keeps_a_result_to_one(voted_round):
    close_round(round=voted_round)

    with pytest.raises(IntegrityError):
        Result.objects.create(
            entry=voted_round.entries.first(), yes=9, no=0, score=1, rank=1, selected=True
        )


def test_closing_an_open_round_ends_it_now(voted_round):
    before = timezone.now()

    closed = close_round(round=voted_round)

    assert before <= closed.closes_at <= timezone.now()
    assert closed.closes_at == closed.closed_at


def test_a_round_that_has_not_opened_cannot_be_closed():
    round = RoundFactory(announced=True)

    with pytest.raises(RoundRefusedError, match="has not opened yet"):
        close_round(round=round)

    round.refresh_from_db()
    assert round.closed_at is None


def test_what_left_the_round_is_not_ranked(voted_round):
    first, second, third = voted_round.entries.order_by("pk")
    withdraw_entry(entry=first, user=MembershipFactory(merchant=first.product.merchant).user)
    set_entry_aside(entry=second, editor=UserFactory(), reason="Another model.")
    taken_down = EntryFactory(round=voted_round)
    VoteFactory(entry=taken_down)
    taken_down.video.live = False
    taken_down.video.save()

    close_round(round=voted_round)

    assert list(Result.objects.values_list("entry", "rank", "selected")) == [(third.pk, 1, True)]


def test_a_round_without_entries_closes_without_results():
    closed = close_round(round=RoundFactory())

    assert closed.state == RoundState.CLOSED
    assert not Result.objects.exists()


def test_a_vote_that_the_ledger_does_not_know_stops_the_close(voted_round):
    entry = voted_round.entries.first()
    Vote.objects.create(round=voted_round, entry=entry, shopper=UserFactory(), choice="yes")

    with pytest.raises(CountMismatchError):
        close_round(round=voted_round)

    voted_round.refresh_from_db()
    assert voted_round.closed_at is None
    assert not Result.objects.exists()
    assert not Notification.objects.exists()


def test_a_line_that_no_vote_shows_stops_the_close(voted_round):
    LedgerLine.objects.create(
        round=voted_round, entry=voted_round.entries.first(), shopper_id=10**6, mark="yes"
    )

    with pytest.raises(CountMismatchError):
        close_round(round=voted_round)


def test_rounds_whose_time_is_up_are_closed_and_one_that_cannot_be_counted_waits():
    due, wrong, running = RoundFactory(over=True), RoundFactory(over=True), RoundFactory()
    LedgerLine.objects.create(
        round=wrong, entry=EntryFactory(round=wrong), shopper_id=1, mark="yes"
    )

    tasks.close_due_rounds.delay()

    for round in (due, wrong, running):
        round.refresh_from_db()
    assert [round.state for round in (due, wrong, running)] == [
        RoundState.CLOSED,
        RoundState.COUNTING,
        RoundState.OPEN,
    ]
    assert close_due_rounds() == []


def test_everyone_concerned_is_told_once(voted_round):
    winner, loser = voted_round.entries.order_by("pk")[1:]
    owner = MembershipFactory(merchant=winner.product.merchant).user
    other_owner = MembershipFactory(merchant=loser.product.merchant).user
    onlooker = UserFactory()

    close_round(round=voted_round)

    good, bad = owner.notifications.get(), other_owner.notifications.get()
    assert good.url == f"/merchant/{winner.product.merchant.slug}/entries/{winner.pk}/"
    assert good.subject == f"{winner.product.title} was selected"
    assert f"In the audition “{voted_round.title}” it came 1 of 3, with 4 yes of 4 votes." in (
        good.body
    )
    assert bad.subject == f"{loser.product.title} was not selected this time"
    voters = {vote.shopper for vote in Vote.objects.filter(round=voted_round)}
    assert len(voters) == 6
    assert [list(voter.notifications.values_list("subject", flat=True)) for voter in voters] == [
        [f"The audition “{voted_round.title}” is decided"]
    ] * 6
    assert not onlooker.notifications.exists()


def test_search_is_told_of_the_products(voted_round):
    OutboxEntry.objects.all().delete()

    close_round(round=voted_round)

    noted = OutboxEntry.objects.filter(kind="product").values_list("object_id", flat=True)
    assert set(noted) == set(voted_round.entries.values_list("product_id", flat=True))


def queries_to_close(entries, voters, django_assert_max_num_queries):
    round = RoundFactory(seats=1)
    shoppers = UserFactory.create_batch(voters)
    for entry in EntryFactory.create_batch(entries, round=round):
        MembershipFactory(merchant=entry.product.merchant)
        vote_on(entry, yes=voters, shoppers=shoppers)
    with django_assert_max_num_queries(40) as queries:
        close_round(round=round)
    return len(queries)


def test_the_close_takes_as_many_queries_for_many_as_for_few(django_assert_max_num_queries):
    few = queries_to_close(2, 2, django_assert_max_num_queries)
    many = queries_to_close(6, 8, django_assert_max_num_queries)

    assert many == few
