"""Two workers with the same document, on the real database with real transactions."""

import threading

import pytest
from django.db import connections

from search import engines, services
from search.engines.base import EngineAwayError
from search.engines.elasticsearch import ElasticsearchEngine, writing
from search.engines.elasticsearch.client import client
from search.engines.elasticsearch.mapping import index_name
from search.query import SearchQuery
from tests.elasticsearch import own_indices, settle

pytestmark = pytest.mark.django_db(transaction=True)


def in_thread(work):
    def run():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_worker_with_an_older_reading_does_not_win(products, database_only):
    kettle = products.put(title="Kettle old")
    slow_has_read, quick_is_done = threading.Event(), threading.Event()

    def be_slow(object_ids):
        if not slow_has_read.is_set():
            slow_has_read.set()
            # A quick worker that isn't kept waiting is done in this time, and wins wrongly.
            quick_is_done.wait(timeout=1.5)

    def refresh_quickly():
        slow_has_read.wait(timeout=30)
        products.put(title="Kettle new", object_id=kettle.object_id)
        engines.database().refresh(products.type, [kettle.object_id])
        quick_is_done.set()

    # The kind's first generation is there, as on any site that has had a change.
    engines.database().refresh(products.type, [kettle.object_id])
    products.before_build = be_slow
    quick = in_thread(refresh_quickly)
    slow = in_thread(lambda: engines.database().refresh(products.type, [kettle.object_id]))
    for thread in (quick, slow):
        thread.join(timeout=60)

    assert quick_is_done.is_set()
    hits = engines.database().search(SearchQuery(text="kettle")).hits
    assert [hit.title for hit in hits] == ["Kettle new"]


@pytest.fixture
def own(elasticsearch_url, settings):
    with own_indices(settings):
        yield


def test_of_two_who_fill_elasticsearch_for_the_first_time_one_goes_on(products, own, monkeypatch):
    """As two workers of a new site do: neither sees the other's index before it has made its
    own."""
    kettle = products.put(title="Kettle")
    both_have_looked, look, first_look = threading.Barrier(2), writing._aliases, threading.local()

    def look_together(*args):
        found = look(*args)
        if not hasattr(first_look, "over"):
            first_look.over = True
            both_have_looked.wait(timeout=30)
        return found

    def fill():
        try:
            ElasticsearchEngine().rebuild(products.type, lambda count: None)
        except EngineAwayError:
            gave_up.append(True)

    gave_up = []
    with monkeypatch.context() as patch:
        patch.setattr(writing, "_aliases", look_together)
        for thread in [in_thread(fill), in_thread(fill)]:
            thread.join(timeout=60)

    assert gave_up == [True]
    assert len(client().indices.get(index=f"{index_name('product')}*")) == 1
    products.put(title="Teapot", object_id=kettle.object_id)
    services.note_changes(kind="product", object_ids=[kettle.object_id])
    services.drain_outbox()
    settle(engines.current())
    results = services.search(SearchQuery(text="teapot"))
    assert ([hit.title for hit in results.hits], results.reduced) == (["Teapot"], False)
