"""In which order notes are worked off, and by whom."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from search import outbox, services
from search.engines.base import EngineAwayError
from search.models import OutboxEntry
from tests.factories.search import Shelf

pytestmark = pytest.mark.django_db


class Notebook:
    """An engine that only writes down what it is given; `then` is called after each time."""

    def __init__(self, name, pages):
        self.name, self._pages, self.then = name, pages, lambda: None

    def prepare(self, document_types):
        pass

    def refresh(self, document_type, object_ids):
        self._pages.append((self.name, list(object_ids)))
        self.then()


@pytest.fixture
def pages():
    return []


@pytest.fixture
def notebooks(pages, monkeypatch):
    """Two engines, small batches."""
    cache.clear()
    notebooks = [Notebook("database", pages), Notebook("elasticsearch", pages)]
    monkeypatch.setattr("search.engines.kept", lambda: notebooks)
    monkeypatch.setattr(outbox, "WAITING_BATCH", 2)
    monkeypatch.setattr("search.documents._types", {"product": Shelf().type})
    return notebooks


def note(*object_ids, **kwargs):
    services.note_changes(kind="product", object_ids=object_ids, **kwargs)


def test_what_a_person_did_goes_before_what_can_wait(notebooks, pages):
    note(1, 2, 3, can_wait=True)
    note(9)
    services.drain_outbox()

    assert [ids for name, ids in pages if name == "database"] == [[9], [1, 2], [3]]
    assert [ids for name, ids in pages if name == "elasticsearch"] == [[9], [1, 2], [3]]
    assert not OutboxEntry.objects.exists()


def test_it_does_not_wait_for_the_end_of_an_import(notebooks, pages):
    database, _elasticsearch = notebooks
    database.then = lambda: note(9) if len(pages) == 1 else None
    note(1, 2, 3, 4, can_wait=True)
    services.drain_outbox()

    assert [ids for name, ids in pages if name == "database"] == [[1, 2], [9], [3, 4]]


def test_no_engine_waits_until_the_other_has_all(notebooks, pages):
    note(1, 2, 3, 4, can_wait=True)
    services.drain_outbox()

    assert [name for name, _ids in pages] == ["database", "elasticsearch"] * 2


def test_one_worker_at_a_time_is_at_what_can_wait(notebooks, pages):
    """The second one, called while the first is at it, takes what can't wait and leaves."""
    database, _elasticsearch = notebooks
    seconds = []

    def second_worker():
        if not seconds:
            seconds.append(True)
            note(9)
            seconds.append(outbox.drain([database], {"product": Shelf().type}))

    database.then = second_worker
    note(1, 2, 3, 4, can_wait=True)
    services.drain_outbox()

    assert seconds == [True, 1]
    assert [ids for name, ids in pages if name == "database"] == [[1, 2], [9], [3, 4]]
    assert not OutboxEntry.objects.exists()


def test_where_the_cache_is_away_it_is_done_all_the_same(notebooks, pages, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise ConnectionError("Redis is away")

    monkeypatch.setattr(outbox.cache, "add", fail)
    note(1, can_wait=True)
    services.drain_outbox()

    assert not OutboxEntry.objects.exists()
    assert "Nobody can tell" in caplog.text


def test_an_engine_that_hangs_is_left_until_the_next_time(notebooks, pages):
    """Each try takes so long that what was tried before is due again: that could go on for ever."""
    _database, elasticsearch = notebooks
    note(9)
    note(1, 2, 3, 4, can_wait=True)

    with time_machine.travel(timezone.now(), tick=False) as clock:

        def hang():
            clock.shift(timedelta(seconds=outbox.LONGEST_WAIT + 10))
            assert len(pages) < 20
            raise EngineAwayError("hangs")

        elasticsearch.then = hang
        services.drain_outbox()

    assert [ids for name, ids in pages if name == "elasticsearch"] == [[9]]
    assert [ids for name, ids in pages if name == "database"] == [[9], [1, 2], [3, 4]]
    assert OutboxEntry.objects.filter(engine="elasticsearch").count() == 5
