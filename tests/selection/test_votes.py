import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from selection.choices import EntryState
from selection.errors import VoteRefusedError
from selection.models import LedgerLine, Vote
from selection.selectors import count_votes, recount_ledger, votes_by, votes_of
from selection.services import cast_vote, set_entry_aside, take_back_vote
from tests.factories.accounts import UserFactory
from tests.factories.merchants import MembershipFactory
from tests.factories.selection import EntryFactory, RoundFactory, VoteFactory

pytestmark = pytest.mark.django_db


def test_a_vote_is_saved_with_its_line_in_the_ledger():
    entry, shopper = EntryFactory(), UserFactory()

    vote = cast_vote(entry=entry, shopper=shopper, choice="yes", comment="  Small enough.  ")

    assert (vote.choice, vote.comment, vote.round_id) == ("yes", "Small enough.", entry.round_id)
    assert votes_by(shopper, entry.round) == {entry.pk: vote}
    line = LedgerLine.objects.get()
    assert (line.entry, line.shopper_id, line.mark) == (entry, shopper.pk, "yes")


def test_voting_again_changes_the_vote_and_keeps_both_lines():
    first = VoteFactory(choice="yes", comment="Good")

    second = cast_vote(entry=first.entry, shopper=first.shopper, choice="no", comment="Too dear")

    assert second.pk == first.pk
    assert second.created_at == first.created_at
    assert second.updated_at > first.updated_at
    assert (second.choice, second.comment) == ("no", "Too dear")
    assert list(LedgerLine.objects.values_list("mark", flat=True)) == ["yes", "no"]


def test_a_repeated_request_changes_nothing_and_returns_the_vote():
    entry, shopper, key = EntryFactory(), UserFactory(), uuid.uuid4()
    first = cast_vote(entry=entry, shopper=shopper, choice="yes", key=key)
    later = cast_vote(entry=entry, shopper=shopper, choice="no")

    repeated = cast_vote(entry=entry, shopper=shopper, choice="yes", key=key)

    assert repeated == first
    assert (repeated.choice, repeated.updated_at) == ("no", later.updated_at)
    assert LedgerLine.objects.count() == 2


def test_a_repeated_request_is_answered_even_after_the_close():
    vote, key = VoteFactory(), uuid.uuid4()
    cast_vote(entry=vote.entry, shopper=vote.shopper, choice="no", key=key)
    end_now(vote.round)

    repeated = cast_vote(entry=vote.entry, shopper=vote.shopper, choice="no", key=key)

    assert repeated == vote


def test_a_key_speaks_for_one_shopper_and_entry():
    key = uuid.uuid4()
    vote = VoteFactory(key=key)

    with pytest.raises(VoteRefusedError, match="out of date"):
        cast_vote(entry=vote.entry, shopper=UserFactory(), choice="yes", key=key)
    with pytest.raises(VoteRefusedError, match="out of date"):
        cast_vote(entry=EntryFactory(round=vote.round), shopper=vote.shopper, choice="yes", key=key)
    assert LedgerLine.objects.count() == 1


def test_a_vote_can_be_taken_back_and_given_again():
    vote = VoteFactory(choice="yes")

    take_back_vote(entry=vote.entry, shopper=vote.shopper)

    assert votes_by(vote.shopper, vote.round) == {}
    assert recount_ledger(vote.round) == {}
    cast_vote(entry=vote.entry, shopper=vote.shopper, choice="no")
    assert list(LedgerLine.objects.values_list("mark", flat=True)) == ["yes", "taken_back", "no"]


def test_taking_back_twice_writes_one_line():
    vote, key = VoteFactory(), uuid.uuid4()

    take_back_vote(entry=vote.entry, shopper=vote.shopper, key=key)
    take_back_vote(entry=vote.entry, shopper=vote.shopper, key=key)
    take_back_vote(entry=vote.entry, shopper=vote.shopper)

    assert list(LedgerLine.objects.values_list("mark", flat=True)) == ["yes", "taken_back"]


def end_now(round):
    round.closes_at = round.opens_at + (round.closes_at - round.opens_at) / 1000
    round.save()


@pytest.mark.parametrize("when", ["announced", "over"])
def test_votes_count_only_while_the_round_is_open(when):
    entry = EntryFactory(round=RoundFactory(**{when: True}))

    with pytest.raises(VoteRefusedError, match="Voting is closed"):
        cast_vote(entry=entry, shopper=UserFactory(), choice="yes")

    assert not Vote.objects.exists()
    assert not LedgerLine.objects.exists()


def test_a_vote_cannot_be_changed_or_taken_back_after_the_end():
    vote = VoteFactory()
    end_now(vote.round)

    with pytest.raises(VoteRefusedError, match="Voting is closed"):
        cast_vote(entry=vote.entry, shopper=vote.shopper, choice="no")
    with pytest.raises(VoteRefusedError, match="Voting is closed"):
        take_back_vote(entry=vote.entry, shopper=vote.shopper)

    vote.refresh_from_db()
    assert vote.choice == "yes"


def test_an_unconfirmed_address_cannot_vote():
    with pytest.raises(VoteRefusedError, match="Confirm your e-mail address first"):
        cast_vote(entry=EntryFactory(), shopper=UserFactory(confirmed=False), choice="yes")


def test_members_cannot_vote_on_their_own_merchants_entries():
    entry = EntryFactory()
    member = MembershipFactory(merchant=entry.product.merchant).user

    with pytest.raises(VoteRefusedError, match="merchant you belong to"):
        cast_vote(entry=entry, shopper=member, choice="yes")
    other = EntryFactory(round=entry.round)
    assert cast_vote(entry=other, shopper=member, choice="yes").entry == other


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"choice": "perhaps"}, "Choose yes or no."),
        (
            {"choice": "yes", "comment": "x" * 501},
            "Your comment is too long: it can have 500 characters.",
        ),
    ],
)
def test_what_cannot_be_saved_is_refused_with_the_reason(words, sentence):
    with pytest.raises(VoteRefusedError) as refused:
        cast_vote(entry=EntryFactory(), shopper=UserFactory(), **words)

    assert str(refused.value) == sentence


def test_what_shoppers_cannot_see_they_cannot_vote_on():
    withdrawn = EntryFactory(state=EntryState.WITHDRAWN)
    taken_down = EntryFactory(video__public=False)
    suspended = EntryFactory(product__merchant__suspended=True)
    aside = EntryFactory()
    set_entry_aside(entry=aside, editor=UserFactory(), reason="Not of this category.")

    for entry in (withdrawn, taken_down, suspended, aside):
        with pytest.raises(VoteRefusedError, match="no longer in the round"):
            cast_vote(entry=entry, shopper=UserFactory(), choice="yes")


def test_the_recount_of_the_ledger_equals_the_votes():
    round = RoundFactory()
    entries = EntryFactory.create_batch(2, round=round)
    for shopper in UserFactory.create_batch(4):
        for entry in entries:
            VoteFactory(entry=entry, shopper=shopper, choice="yes")
    changed, gone, *_rest = Vote.objects.filter(entry=entries[0])
    cast_vote(entry=entries[0], shopper=changed.shopper, choice="no")
    take_back_vote(entry=entries[0], shopper=gone.shopper)

    tallies = count_votes(round)

    assert recount_ledger(round) == tallies
    assert {pk: (tally.yes, tally.no) for pk, tally in tallies.items()} == {
        entries[0].pk: (2, 1),
        entries[1].pk: (4, 0),
    }


def test_a_deleted_account_leaves_the_count_as_it_was():
    vote = VoteFactory()

    vote.shopper.delete()

    vote.refresh_from_db()
    assert vote.shopper is None
    assert recount_ledger(vote.round) == count_votes(vote.round)


@pytest.mark.parametrize(
    "change", [lambda lines: lines.update(mark="no"), lambda lines: lines.delete()]
)
def test_the_database_refuses_to_change_the_ledger(change):
    VoteFactory()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(LedgerLine.objects.all())

    assert list(LedgerLine.objects.values_list("mark", flat=True)) == ["yes"]


def test_voting_takes_a_fixed_number_of_queries(django_assert_num_queries):
    entry, shopper = EntryFactory(), UserFactory()
    VoteFactory.create_batch(3, entry=entry)
    # Key, address, membership; savepoint, round, entry, vote, line, vote read back, released.
    locks = 1 if connection.vendor == "postgresql" else 0
    with django_assert_num_queries(10 + locks):
        cast_vote(entry=entry, shopper=shopper, choice="yes", key=uuid.uuid4())


def test_a_shoppers_votes_are_read_at_once(django_assert_num_queries):
    shopper = UserFactory()
    votes = [VoteFactory(shopper=shopper) for _ in range(3)]

    with django_assert_num_queries(1):
        listed = [(vote, vote.entry.product.merchant.name) for vote in votes_of(shopper)]

    assert [vote for vote, _name in listed] == votes[::-1]
