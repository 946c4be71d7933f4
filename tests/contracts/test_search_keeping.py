"""Keeping an index as the database is: changes, rebuilding, and the two at once."""

import pytest

from search.engines.base import EngineAwayError
from search.query import SearchQuery
from tests.elasticsearch import settle


def test_a_changed_document_is_found_as_it_is_now(products, index, titles):
    document = products.put(title="Kettle", object_id=7)
    index()
    products.put(title="Teapot", object_id=document.object_id)
    index(document)

    assert titles("kettle") == []
    assert titles("teapot") == ["Teapot"]


def test_a_document_that_is_no_longer_public_is_gone(products, index, engine, titles):
    document = products.put(title="Kettle")
    products.put(title="Kettle two")
    index()
    products.take_off(document)
    index(document)

    assert titles("kettle") == ["Kettle two"]
    assert engine.suggest("kett", kinds=(), limit=5)[0].text == "Kettle two"


def test_doing_it_again_changes_nothing(products, index, engine):
    document = products.put(title="Kettle")
    index()
    before = engine.search(SearchQuery(text="kettle"))
    index(document)
    index(document)

    assert engine.search(SearchQuery(text="kettle")).hits == before.hits


def test_what_was_never_there_can_be_taken_out(products, index, titles):
    document = products.put(title="Kettle")
    products.take_off(document)
    index(document)

    assert titles() == []


def test_rebuilding_finds_what_is_there_now_and_nothing_else(products, index, engine, titles):
    gone = products.put(title="Kettle gone")
    index()
    products.take_off(gone)
    products.put(title="Kettle never noted")

    count = engine.rebuild(products.type, lambda count: None)
    settle(engine)

    assert count == 1
    assert titles("kettle", kinds=("product",)) == ["Kettle never noted"]


def test_rebuilding_tells_how_far_it_is(products, engine):
    for _number in range(3):
        products.put()
    told = []

    engine.rebuild(products.type, told.append)

    assert sum(told) == 3


def test_the_live_index_answers_while_another_is_filled(products, index, engine, titles):
    products.put(title="Kettle")
    index()
    seen = []
    products.before_build = lambda ids: seen.append(titles("kettle"))

    engine.rebuild(products.type, lambda count: None)
    settle(engine)

    assert seen == [["Kettle"]]
    assert titles("kettle") == ["Kettle"]


def test_what_changes_during_a_rebuild_is_in_the_new_index(products, index, engine, titles):
    going = products.put(title="Kettle going")
    changing = products.put(title="Kettle old")
    index()

    def change_everything(count):
        # After the rebuild has read and written them all, before it swaps.
        products.take_off(going)
        products.put(title="Kettle new", object_id=changing.object_id)
        added = products.put(title="Kettle added")
        index(going, changing, added)

    engine.rebuild(products.type, change_everything)
    settle(engine)

    assert sorted(titles("kettle")) == ["Kettle added", "Kettle new"]


def test_a_rebuild_that_fails_leaves_the_live_index_as_it_was(products, index, engine, titles):
    products.put(title="Kettle")
    index()

    def fail(ids):
        raise RuntimeError("the machine goes down")

    products.before_build = fail
    with pytest.raises(RuntimeError):
        engine.rebuild(products.type, lambda count: None)
    products.before_build = lambda ids: None

    assert titles("kettle") == ["Kettle"]
    products.put(title="Kettle two")
    assert engine.rebuild(products.type, lambda count: None) == 2


def test_of_two_rebuilds_the_later_one_goes_on(products, index, engine, titles):
    products.put(title="Kettle")
    index()
    started = []

    def start_another(count):
        if not started:
            started.append(True)
            assert engine.rebuild(products.type, lambda count: None) == 1

    with pytest.raises(EngineAwayError):
        engine.rebuild(products.type, start_another)
    settle(engine)

    assert titles("kettle") == ["Kettle"]
