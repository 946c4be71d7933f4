import logging

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from config.celery import app
from search import engines, reconciling, services, tasks
from search.engines.elasticsearch.client import client
from search.engines.elasticsearch.mapping import index_name
from search.models import IndexedDocument, OutboxEntry
from tests.elasticsearch import own_indices, settle

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["database", "elasticsearch"])
def engine(request, settings):
    """The engine that is looked at; the database's is always kept too."""
    if request.param == "database":
        settings.ELASTICSEARCH_URL = ""
        yield engines.database()
        return
    request.getfixturevalue("elasticsearch_url")
    with own_indices(settings):
        yield engines.current()


@pytest.fixture
def compared(engine, products):
    """What is found to differ in that engine."""

    def compare():
        settle(engine)
        return reconciling.compare(engine, products.type)

    return compare


@pytest.fixture
def filled(engine, products):
    """Five documents that the engines have."""
    documents = [products.put(title=f"Kettle {n}") for n in range(5)]
    note(*documents)
    services.drain_outbox()
    settle(engine)
    return documents


def note(*documents):
    ids = [document.object_id for document in documents]
    services.note_changes(kind="product", object_ids=ids)


def damage(products, documents):
    """One that nobody noted, one changed without a word, and one that should have gone."""
    missing = products.put(title="Kettle new")
    stale = products.put(title="Kettle changed", object_id=documents[1].object_id)
    products.take_off(documents[3])
    return missing.object_id, stale.object_id, documents[3].object_id


def test_where_nothing_differs_nothing_is_found(filled, compared):
    drift = compared()

    assert (drift.compared, drift.total, drift.away) == (5, 0, "")


@pytest.mark.parametrize("window", [1, 2, 3, 500])
def test_what_is_missing_stale_or_left_over_is_found_and_put_right(
    filled, products, engine, compared, monkeypatch, window
):
    monkeypatch.setattr(reconciling, "WINDOW", window)
    missing, stale, extra = damage(products, filled)

    found = {drift.engine: drift for drift in services.reconcile()}[engine.name]

    assert (found.missing, found.stale, found.extra) == ([missing], [stale], [extra])
    assert compared().total == 0
    assert not OutboxEntry.objects.exists()


def test_an_index_of_things_that_are_all_gone_is_emptied(filled, products, compared):
    for document in filled:
        products.take_off(document)

    assert len(compared().extra) == 5
    services.reconcile()

    drift = compared()
    assert (drift.compared, drift.total) == (0, 0)


def test_what_is_noted_is_on_its_way_and_no_drift(filled, products, compared):
    products.put(title="Kettle changed", object_id=filled[0].object_id)
    note(filled[0])

    assert compared().total == 0
    services.drain_outbox()
    assert compared().total == 0


def test_what_changes_while_it_is_looked_at_is_no_drift(filled, products, engine, compared):
    """The change, its note and its draining all fall between two looks."""
    changed = []

    def change_and_drain(ids):
        if not changed:
            changed.append(products.put(title="Kettle changed", object_id=filled[0].object_id))
            note(filled[0])
            services.drain_outbox()

    products.before_build = change_and_drain

    assert compared().total == 0
    assert changed
    products.before_build = lambda ids: None
    assert compared().total == 0


def test_it_can_be_said_without_changing_anything(filled, products, engine, compared, capsys):
    damage(products, filled)
    settle(engine)

    call_command("reconcile_search", "--dry-run")

    said = capsys.readouterr().out
    assert f"{engine.name}, product: 5 compared, 1 missing, 1 stale, 1 left over\n" in said
    assert "Nothing was changed." in said
    assert compared().total == 3


def test_the_command_says_how_much_it_found(filled, products, engine, compared, capsys):
    damage(products, filled)
    settle(engine)
    total = 3 * len(engines.kept())

    call_command("reconcile_search", "--kind", "product")

    assert f"{total} differed. Put right." in capsys.readouterr().out
    call_command("reconcile_search")
    assert "0 differed. All is as it should be." in capsys.readouterr().out


def test_every_night_it_is_done_and_said_in_the_log(filled, products, engine, compared, caplog):
    damage(products, filled)
    settle(engine)
    assert app.conf.beat_schedule["search-reconcile"]["task"] == tasks.reconcile_search.name

    with caplog.at_level(logging.WARNING, "search.reconciling"):
        tasks.reconcile_search()

    assert f"{engine.name} differed from what there is in 3 of 5 (product)" in caplog.text
    assert compared().total == 0


def test_one_that_cannot_be_described_spoils_no_other(filled, products, compared, caplog):
    missing, stale, extra = damage(products, filled)
    bad = filled[0].object_id

    def fail_for_bad(ids):
        if bad in ids:
            raise ValueError("its picture is gone")

    products.before_build = fail_for_bad

    drift = compared()

    assert (drift.missing, drift.stale, drift.extra) == ([missing], [stale], [extra])
    assert f"product {bad} can't be described" in caplog.text


def test_a_rebuild_under_way_is_no_drift_and_takes_repairs_too(filled, products, engine, compared):
    seen = []

    def look(count):
        seen.append(compared().total)
        missing = products.put(title="Kettle late")
        seen.append([drift.missing for drift in services.reconcile()][-1] == [missing.object_id])

    engine.rebuild(products.type, look)

    assert seen == [0, True]
    assert compared().total == 0


def test_what_an_engine_did_not_take_is_said(filled, products, engine, compared):
    note(filled[0])
    OutboxEntry.objects.update(attempts=3)

    assert compared().waiting == 1


def test_memory_does_not_grow_with_the_shop(filled, products, compared, monkeypatch):
    monkeypatch.setattr(reconciling, "WINDOW", 2)
    at_once = []
    products.before_build = lambda ids: at_once.append(len(ids))

    assert compared().compared == 5
    assert max(at_once) <= 2


def test_few_queries_for_many_documents(products, database_only, django_assert_max_num_queries):
    note(*[products.put() for _ in range(300)])
    services.drain_outbox()

    with django_assert_max_num_queries(10):
        assert services.reconcile(repair=False)[0].compared == 300


class TestElasticsearch:
    @pytest.fixture(autouse=True)
    def _indices(self, elasticsearch_url, settings):
        with own_indices(settings):
            yield

    @pytest.fixture
    def kettle(self, products):
        kettle = products.put(title="Kettle")
        note(kettle)
        services.drain_outbox()
        return kettle

    def there(self, kettle):
        return {"index": index_name("product"), "id": str(kettle.object_id)}

    def test_an_index_of_which_an_older_copy_was_put_back_is_brought_up(self, products, kettle):
        version = client().get(**self.there(kettle))["_version"]
        client().delete(**self.there(kettle), version=version, version_type="external_gte")
        settle(engines.current())

        found = {drift.engine: drift for drift in services.reconcile()}

        assert (found["database"].total, found["elasticsearch"].missing) == (0, [kettle.object_id])
        assert not found["elasticsearch"].filled_anew
        settle(engines.current())
        assert reconciling.compare(engines.current(), products.type).total == 0

    def test_an_index_from_after_the_databases_copy_is_filled_anew(self, products, kettle, capsys):
        """It takes whatever it is given for older than what it has."""
        source = client().get(**self.there(kettle))["_source"]
        client().index(
            **self.there(kettle), document=source, version=1_000_000, version_type="external"
        )
        products.put(title="Teapot", object_id=kettle.object_id)
        note(kettle)

        call_command("reconcile_search")

        assert (
            "elasticsearch, product: 1 compared, 0 missing, 1 stale, 0 left over, filled anew"
            in (capsys.readouterr().out)
        )
        settle(engines.current())
        assert reconciling.compare(engines.current(), products.type).total == 0

    def test_one_that_is_away_is_said_to_be(self, products, settings, nobody_listens, capsys):
        note(products.put())

        with pytest.raises(CommandError, match="elasticsearch, product"):
            call_command("reconcile_search")

        assert "database, product: 1 compared, 0 missing" in capsys.readouterr().out
        assert IndexedDocument.objects.count() == 1
