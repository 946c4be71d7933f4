import time

import pytest
from django.core.management import call_command
from django.db import transaction
from tenacity import Retrying, stop_after_delay, wait_fixed

from search import engines, services
from search.engines.base import EngineAwayError
from search.engines.elasticsearch.engine import breaker
from search.models import OutboxEntry, Reading
from search.query import SearchQuery
from search.tasks import drain_outbox
from tests.elasticsearch import own_indices, settle

pytestmark = pytest.mark.django_db


def found(text="", **query):
    return [hit.title for hit in services.search(SearchQuery(text=text, **query)).hits]


@pytest.fixture
def noted(django_capture_on_commit_callbacks):
    """Note documents as changed, and let the transaction end."""

    def note(*documents):
        with django_capture_on_commit_callbacks(execute=True):
            services.note_changes(
                kind="product", object_ids=[document.object_id for document in documents]
            )

    return note


def test_a_change_is_found_once_its_transaction_ends(products, database_only, noted):
    kettle = products.put(title="Kettle")
    services.note_changes(kind="product", object_ids=[kettle.object_id])
    assert found("kettle") == []

    noted(kettle)

    assert found("kettle") == ["Kettle"]
    assert not OutboxEntry.objects.exists()


def test_a_change_that_is_rolled_back_leaves_nothing(
    products, database_only, django_capture_on_commit_callbacks
):
    kettle = products.put(title="Kettle")

    @transaction.atomic
    def change_and_fail():
        services.note_changes(kind="product", object_ids=[kettle.object_id])
        raise RuntimeError("the form was wrong after all")

    with (
        django_capture_on_commit_callbacks(execute=True) as callbacks,
        pytest.raises(RuntimeError),
    ):
        change_and_fail()

    assert callbacks == []
    assert not OutboxEntry.objects.exists()
    assert found("kettle") == []


def test_noting_nothing_does_nothing(products, database_only):
    services.note_changes(kind="product", object_ids=[])

    assert not OutboxEntry.objects.exists()


def test_many_changes_are_worked_off_in_a_bounded_number_of_queries(
    products, database_only, django_assert_max_num_queries
):
    documents = [products.put() for _number in range(150)]
    services.note_changes(kind="product", object_ids=[each.object_id for each in documents])

    with django_assert_max_num_queries(30):
        assert services.drain_outbox() == 150

    assert services.search(SearchQuery()).total == 150


def test_a_search_takes_few_queries(products, database_only, noted, django_assert_max_num_queries):
    noted(*[products.put(title=f"Kettle {n}", brand="Acme") for n in range(30)])

    with django_assert_max_num_queries(14):
        services.search(SearchQuery(text="kettle", brands=("Acme",)))


def test_one_bad_document_does_not_hold_up_the_others(products, database_only, noted):
    good, bad, other = (products.put(title=f"Kettle {n}") for n in range(3))

    def fail_for_bad(object_ids):
        if bad.object_id in object_ids:
            raise ValueError("its picture is gone")

    products.before_build = fail_for_bad
    noted(good, bad, other)

    assert sorted(found("kettle")) == ["Kettle 0", "Kettle 2"]
    [waiting] = OutboxEntry.objects.all()
    assert (waiting.object_id, waiting.attempts) == (bad.object_id, 1)
    assert waiting.error == "its picture is gone"
    assert waiting.not_before is not None

    products.before_build = lambda object_ids: None
    OutboxEntry.objects.update(not_before=None)
    drain_outbox()
    assert sorted(found("kettle")) == ["Kettle 0", "Kettle 1", "Kettle 2"]


def test_notes_for_what_this_deployment_does_not_have_are_thrown_away(products, database_only):
    OutboxEntry.objects.create(engine="elasticsearch", kind="product", object_id=1)
    OutboxEntry.objects.create(engine="database", kind="no-such-kind", object_id=1)

    assert services.drain_outbox() == 0
    services.reconcile()
    assert not OutboxEntry.objects.exists()


def test_a_typing_mistake_is_set_right_and_said(products, database_only, noted):
    noted(products.put(title="Electric kettle"), products.put(title="Rice cooker"))

    results = services.search(SearchQuery(text="electric ketle"))

    assert [hit.title for hit in results.hits] == ["Electric kettle"]
    assert (results.nearest, results.suggestion) == (True, "electric kettle")
    assert [each.text for each in services.suggest("rcie coo")] == ["Rice cooker"]


def test_a_compound_is_tried_as_two_words(products, database_only, noted):
    noted(products.put(title="Bread bin"), products.put(title="Comb"))

    results = services.search(SearchQuery(text="breadbin"))

    assert [hit.title for hit in results.hits] == ["Bread bin"]
    assert (results.corrected, results.suggestion) == (True, "bread bin")


def test_words_that_nothing_is_like_are_no_dead_end(products, database_only, noted):
    noted(products.put(title="Electric kettle"))

    results = services.search(SearchQuery(text="xylophone"))

    assert (results.nothing, results.nearest, results.suggestion) == (True, True, "")
    assert [hit.title for hit in results.hits] == ["Electric kettle"]


def test_rebuild_fills_what_was_never_noted(products, database_only, capsys):
    products.put(title="Kettle")

    call_command("rebuild_search")

    assert found("kettle") == ["Kettle"]
    assert capsys.readouterr().out == "product: 1 documents\n"


class TestElasticsearchAway:
    def test_the_database_answers_and_says_so(self, products, database_only, noted, settings):
        noted(products.put(title="Kettle"))
        settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
        breaker.reset()

        results = services.search(SearchQuery(text="kettle"))

        assert [hit.title for hit in results.hits] == ["Kettle"]
        assert results.reduced
        assert [each.text for each in services.suggest("kett")] == ["Kettle"]

    def test_one_that_hangs_is_not_waited_for(self, products, never_answers):
        def seconds():
            started = time.monotonic()
            assert services.search(SearchQuery(text="kettle")).reduced
            return time.monotonic() - started

        assert max(seconds(), seconds()) < 1.0
        # The circuit is open: nobody waits any more.
        assert breaker.opened
        assert seconds() < 0.3

    def test_changes_wait_for_it_and_are_in_the_database(self, products, nobody_listens, noted):
        noted(products.put(title="Kettle"))

        [waiting] = OutboxEntry.objects.all()
        assert waiting.engine == "elasticsearch"
        assert found("kettle") == ["Kettle"]
        assert services.drain_outbox() == 0

    def test_rebuild_says_that_it_is_away(self, products, nobody_listens):
        with pytest.raises(EngineAwayError):
            services.rebuild()


class TestElasticsearch:
    @pytest.fixture(autouse=True)
    def _indices(self, elasticsearch_url, settings):
        with own_indices(settings):
            yield

    def test_a_change_is_found_in_both(self, products, noted, settings):
        noted(products.put(title="Kettle"))

        settle(engines.current())

        results = services.search(SearchQuery(text="kettle"))
        assert ([hit.title for hit in results.hits], results.reduced) == (["Kettle"], False)
        assert not OutboxEntry.objects.exists()
        settings.ELASTICSEARCH_URL = ""
        assert found("kettle") == ["Kettle"]

    def test_a_fresh_one_is_filled_by_itself(self, products):
        products.put(title="Kettle")
        assert services.search(SearchQuery(text="kettle")).reduced

        services.drain_outbox()
        settle(engines.current())

        results = services.search(SearchQuery(text="kettle"))
        assert ([hit.title for hit in results.hits], results.reduced) == (["Kettle"], False)

    def test_comes_back_by_itself(self, products, noted, settings, elasticsearch_url, relay):
        settings.ELASTICSEARCH_URL = relay.url
        noted(products.put(title="Kettle"))
        settle(engines.current())
        assert not services.search(SearchQuery(text="kettle")).reduced

        relay.cut()
        assert services.search(SearchQuery(text="kettle")).reduced
        noted(products.put(title="Kettle two"))
        assert OutboxEntry.objects.count() == 1
        assert sorted(found("kettle")) == ["Kettle", "Kettle two"]

        relay.restore()
        waiting = Retrying(stop=stop_after_delay(20), wait=wait_fixed(0.1), reraise=True)
        waiting(self._all_is_well)

    @staticmethod
    def _all_is_well():
        drain_outbox()
        settle(engines.current())
        results = services.search(SearchQuery(text="kettle"))
        assert (results.reduced, results.total) == (False, 2)
        assert not OutboxEntry.objects.exists()

    def test_an_older_reading_never_replaces_a_newer_one(self, products, noted):
        kettle = products.put(title="Kettle old")
        noted(kettle)
        readings = []

        def change_meanwhile(object_ids):
            # While this reading is under way, the thing changes and another worker is quicker.
            if not readings:
                readings.append(object_ids)
                products.put(title="Kettle new", object_id=kettle.object_id)
                noted(kettle)

        products.before_build = change_meanwhile
        engines.current().refresh(products.type, [kettle.object_id])
        settle(engines.current())

        assert readings
        assert found("kettle") == ["Kettle new"]

    def test_readings_leave_one_row(self, products, noted):
        for _number in range(3):
            noted(products.put())

        assert Reading.objects.count() == 1
