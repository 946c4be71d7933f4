"""Two workers with the same document, on the real database with real transactions."""

import threading

import pytest
from django.db import connections

from search import engines
from search.query import SearchQuery

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
