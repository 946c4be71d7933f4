from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from selection.choices import RoundState
from selection.errors import RoundRefusedError
from selection.models import Round
from selection.selectors import open_rounds, rounds_for_listing
from selection.services import close_round, edit_round, open_round
from selection.signals import round_changed
from tests.factories.products import CategoryFactory
from tests.factories.selection import EntryFactory, RoundFactory

pytestmark = pytest.mark.django_db

OPENS = datetime(2030, 5, 1, 8, tzinfo=UTC)
CLOSES = datetime(2030, 5, 15, 20, tzinfo=UTC)


def announce(**changes):
    words = {
        "category": CategoryFactory(),
        "title": "Rice cookers for two",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "seats": 2,
    }
    return open_round(**(words | changes))


def test_a_round_opens_and_ends_by_its_dates():
    round = announce(introduction=" Small kitchens. ")

    assert (round.slug, round.introduction) == ("rice-cookers-for-two", "Small kitchens.")
    for moment, state in [
        (OPENS - timedelta(seconds=1), RoundState.ANNOUNCED),
        (OPENS, RoundState.OPEN),
        (CLOSES - timedelta(seconds=1), RoundState.OPEN),
        (CLOSES, RoundState.COUNTING),
    ]:
        with time_machine.travel(moment, tick=False):
            assert round.state == state
            assert (round in open_rounds()) == (state == RoundState.OPEN)


def test_a_second_round_of_the_same_title_gets_an_address_of_its_own():
    assert [announce().slug for _ in range(3)] == [
        "rice-cookers-for-two",
        "rice-cookers-for-two-2",
        "rice-cookers-for-two-3",
    ]
    assert announce(title="炊飯器").slug == "audition"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "  "}, "Give the round a title."),
        ({"closes_at": OPENS}, "A round must close after it opens. Change one of the dates."),
        (
            {"opens_at": OPENS.replace(year=2001), "closes_at": CLOSES.replace(year=2001)},
            "The closing date has passed. Choose one that is to come.",
        ),
        ({"seats": 0}, "At least one entry must be selected."),
    ],
)
def test_a_round_that_makes_no_sense_is_refused(changes, sentence):
    with pytest.raises(RoundRefusedError) as refused:
        announce(**changes)

    assert str(refused.value) == sentence
    assert not Round.objects.exists()


def test_the_database_keeps_dates_and_seats_sensible():
    round = RoundFactory()

    for wrong in ({"closes_at": round.opens_at}, {"seats": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Round.objects.filter(pk=round.pk).update(**wrong)


def test_everything_can_be_changed_before_a_round_opens():
    round = announce()
    heard = []
    round_changed.connect(lambda round, **kwargs: heard.append(round), weak=False, dispatch_uid="t")
    try:
        edit_round(round=round, seats=5, closes_at=CLOSES + timedelta(days=1))
    finally:
        round_changed.disconnect(dispatch_uid="t")

    round.refresh_from_db()
    assert (round.seats, round.closes_at) == (5, CLOSES + timedelta(days=1))
    assert heard == [round]


@pytest.mark.parametrize(
    "change", [{"seats": 9}, {"closes_at": OPENS + timedelta(days=99)}, {"opens_at": OPENS}]
)
def test_once_open_the_rules_stand_and_the_words_can_be_mended(change):
    round = RoundFactory(seats=1, title="Rice cokers")

    with pytest.raises(RoundRefusedError, match="The round has opened"):
        edit_round(round=round, title="Rice cookers", **change)
    round.refresh_from_db()
    assert (round.seats, round.title) == (1, "Rice cokers")

    edit_round(round=round, title="Rice cookers", seats=1)
    round.refresh_from_db()
    assert round.title == "Rice cookers"


def test_open_rounds_stand_first_in_the_list_each_with_its_entries(django_assert_num_queries):
    past = RoundFactory(over=True)
    close_round(round=past)
    upcoming = RoundFactory(announced=True)
    ends_first = RoundFactory(closes_at=timezone.now() + timedelta(days=1))
    ends_last = RoundFactory()
    EntryFactory.create_batch(2, round=ends_last)
    EntryFactory(round=ends_last, state="withdrawn")

    with django_assert_num_queries(1):
        listed = [(round, round.entry_count, round.category.name) for round in rounds_for_listing()]

    assert [(round, count) for round, count, _name in listed] == [
        (ends_first, 0),
        (ends_last, 2),
        (upcoming, 0),
        (past, 0),
    ]
    assert list(open_rounds()) == [ends_first, ends_last]
