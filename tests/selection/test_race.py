"""Votes that arrive at the same moment, on a real database: PostgreSQL where the run was given
one, the embedded SQLite otherwise."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Barrier, Event

import pytest
from django.db import connection

from selection.errors import VoteRefusedError
from selection.models import LedgerLine, Result, Vote
from selection.selectors import count_votes, recount_ledger
from selection.services import cast_vote, close_round, take_back_vote
from tests.factories.accounts import UserFactory
from tests.factories.selection import EntryFactory, RoundFactory

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 16
VOTERS = 200


def at_once(act, *, threads=THREADS):
    """`act(number)` in so many threads, none before all are there. Returns what each returned."""
    barrier = Barrier(threads)

    def run(number):
        try:
            barrier.wait(timeout=60)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


def test_sixteen_requests_for_each_of_two_hundred_voters_leave_one_vote_each():
    entry = EntryFactory()
    voters = UserFactory.create_batch(VOTERS)

    def vote_for_all(number):
        # Each thread starts with the same voter, so that they meet on every one.
        for position, voter in enumerate(voters, start=number):
            cast_vote(entry=entry, shopper=voter, choice="yes" if position % 2 else "no")

    at_once(vote_for_all)

    assert Vote.objects.count() == VOTERS
    assert LedgerLine.objects.count() == THREADS * VOTERS
    assert recount_ledger(entry.round) == count_votes(entry.round)


def test_the_same_request_sixteen_times_at_once_is_written_once():
    entry = EntryFactory()
    voters = UserFactory.create_batch(10)
    keys = {voter.pk: uuid.uuid4() for voter in voters}

    answers = at_once(
        lambda number: [
            cast_vote(entry=entry, shopper=voter, choice="yes", key=keys[voter.pk]).pk
            for voter in voters
        ]
    )

    assert LedgerLine.objects.count() == len(voters)
    assert [list(pks) for pks in answers] == [answers[0]] * THREADS
    assert set(answers[0]) == set(Vote.objects.values_list("pk", flat=True))


def test_votes_changed_and_taken_back_at_once_still_match_the_ledger():
    entry = EntryFactory()
    voters = UserFactory.create_batch(5)

    def act(number):
        for voter in voters * 3:
            if number % 4 == 0:
                take_back_vote(entry=entry, shopper=voter)
            else:
                cast_vote(entry=entry, shopper=voter, choice="yes" if number % 2 else "no")

    at_once(act)

    assert recount_ledger(entry.round) == count_votes(entry.round)


def test_every_vote_acknowledged_before_the_close_is_in_the_result_and_none_after_it():
    entry = EntryFactory(round=RoundFactory(seats=1))
    voters = UserFactory.create_batch(VOTERS)
    voting_runs = Event()

    def vote_until_refused(number):
        for accepted, voter in enumerate(cycle(voters)):
            if accepted == 3:
                voting_runs.set()
            try:
                cast_vote(entry=entry, shopper=voter, choice="no" if number % 3 else "yes")
            except VoteRefusedError:
                break
        return Counter(accepted=accepted)

    def close_while_voting(number):
        assert voting_runs.wait(timeout=60)
        close_round(round=entry.round)
        return Counter(closed=1)

    answers = at_once(lambda number: (vote_until_refused if number else close_while_voting)(number))

    total = sum(answers, Counter())
    result = Result.objects.get()
    assert total["closed"] == 1
    assert LedgerLine.objects.count() == total["accepted"] >= 3
    tally = recount_ledger(entry.round)[entry.pk]
    assert (result.yes, result.no) == (tally.yes, tally.no)
    assert result.yes + result.no == Vote.objects.count()


def test_closing_sixteen_times_at_once_writes_the_results_once():
    entry = EntryFactory()
    cast_vote(entry=entry, shopper=UserFactory(), choice="yes")

    closed = at_once(lambda number: close_round(round=entry.round).closed_at)

    assert len(set(closed)) == 1
    assert Result.objects.count() == 1
    assert entry.votes.get().shopper.notifications.count() == 1
