from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cms import services as editors
from products.services import list_product, update_product, withdraw_product
from search.documents import document_types
from selection import services
from selection.choices import Choice
from tests.factories.media_pipeline import VideoFactory
from tests.factories.merchants import MembershipFactory
from tests.factories.products import CategoryFactory, ProductFactory
from tests.factories.selection import EntryFactory, RoundFactory, VoteFactory


@pytest.fixture
def open_round(opened):
    """With a kettle entered."""
    entry = EntryFactory(round__title="Which of these?", product__title="Copper kettle")
    MembershipFactory(merchant=entry.product.merchant)
    opened()
    return entry.round


@pytest.fixture
def entry(open_round):
    return open_round.entries.get()


@pytest.fixture
def found_for(hits):
    """The auditions whose text has this word."""

    def found_for(word):
        marked = f"<mark>{word}</mark>"
        return [hit.object_id for hit in hits("audition", word) if marked in hit.snippet_html]

    return found_for


def test_from_the_day_it_is_announced_until_after_it_closed(is_found):
    now = timezone.now()
    round_ = services.open_round(
        category=CategoryFactory(),
        title="The best kettle",
        introduction="Which of these should we sell?",
        opens_at=now + timedelta(days=1),
        closes_at=now + timedelta(days=3),
        seats=1,
    )
    assert is_found(round_)
    services.edit_round(round=round_, title="The best teapot", category=CategoryFactory())
    round_.refresh_from_db()
    assert is_found(round_)
    with time_machine.travel(now + timedelta(days=2)):
        assert is_found(round_)
    with time_machine.travel(now + timedelta(days=4)):
        assert is_found(round_)
        services.close_due_rounds()
        assert is_found(round_)


def test_one_that_was_called_off_is_gone(is_found, opened):
    round_ = RoundFactory(announced=True)
    opened()
    assert is_found(round_)
    gone = type(round_).objects.get(pk=round_.pk)
    round_.delete()
    assert not is_found(gone)


def test_by_what_can_be_seen_in_it(open_round, entry, found_for, editor):
    assert found_for("kettle") == [open_round.pk]
    update_product(product=entry.product, title="Copper teapot")
    assert found_for("kettle") == []
    assert found_for("teapot") == [open_round.pk]
    services.set_entry_aside(entry=entry, editor=editor, reason="Not what it says.")
    assert found_for("teapot") == []


def test_by_what_enters_and_not_by_what_was_withdrawn(open_round, found_for, opened):
    member = MembershipFactory()
    product = ProductFactory(
        listed=True, merchant=member.merchant, category=open_round.category, title="Samovar"
    )
    video = VideoFactory(public=True, merchant=member.merchant)
    opened()
    assert found_for("Samovar") == []
    entry = services.enter_round(round=open_round, product=product, video=video, user=member.user)
    assert found_for("Samovar") == [open_round.pk]
    services.withdraw_entry(entry=entry, user=member.user)
    assert found_for("Samovar") == []


@pytest.mark.parametrize("what", ["product withdrawn", "product down", "video down", "video gone"])
def test_not_by_what_is_no_longer_public(open_round, entry, editor, found_for, what):
    assert found_for("kettle") == [open_round.pk]
    if what == "product withdrawn":
        withdraw_product(product=entry.product)
    elif what == "product down":
        editors.take_down(subject=entry.product, editor=editor, reason="No.")
    elif what == "video down":
        editors.take_down(subject=entry.video, editor=editor, reason="No.")
    else:
        entry.video.unpublish()
    assert found_for("kettle") == []


def test_an_open_round_tells_nothing_of_how_it_stands(open_round, entry, catch_up):
    other = EntryFactory(round=open_round, product__title="Tin kettle")
    audition, product = document_types()["audition"], document_types()["product"]

    def said():
        ids = [entry.product_id, other.product_id]
        return [*audition.build([open_round.pk]), *product.build(ids)]

    before = said()
    for _ in range(3):
        VoteFactory(entry=other, choice=Choice.YES)
        VoteFactory(entry=entry, choice=Choice.NO)
    assert said() == before


def test_what_was_selected_is_found_as_such_once_the_round_is_closed(open_round, entry, hits):
    VoteFactory(entry=entry, choice=Choice.YES)
    assert hits("product", selected=True) == ()
    services.close_round(round=open_round)
    assert [hit.object_id for hit in hits("product", selected=True)] == [entry.product_id]


def test_of_a_closed_round_only_what_was_counted(open_round, entry, found_for, editor, opened):
    VoteFactory(entry=entry)
    withdrawn = EntryFactory(round=open_round, product__title="Samovar").product
    opened()
    assert found_for("Samovar") == [open_round.pk]
    withdraw_product(product=withdrawn)
    services.close_round(round=open_round)
    assert found_for("kettle") == [open_round.pk]
    list_product(product=withdrawn)
    assert found_for("Samovar") == []
    editors.take_down(subject=entry.product, editor=editor, reason="Burns.")
    assert found_for("kettle") == []
