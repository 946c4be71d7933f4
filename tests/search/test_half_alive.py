"""An Elasticsearch that can be read but not written, as when its disk is full, or one that is only
just back: it still has what was withdrawn since, and must not show it."""

import pytest

from search import engines, services
from search.engines.base import EngineAwayError
from search.engines.elasticsearch.client import client
from search.engines.elasticsearch.mapping import index_name
from search.models import OutboxEntry
from search.query import SearchQuery
from tests.elasticsearch import own_indices, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(elasticsearch_url, settings):
    with own_indices(settings):
        yield


@pytest.fixture
def kettle(products, own):
    kettle = products.put(title="Kettle")
    change(kettle)
    settle(engines.current())
    return kettle


def change(document, **kwargs):
    services.note_changes(kind="product", object_ids=[document.object_id], **kwargs)
    services.drain_outbox()


def let_it_write(may):
    settings = {"index.blocks.write": not may}
    client().indices.put_settings(index=index_name("product"), settings=settings)


def found():
    results = services.search(SearchQuery(text="kettle"))
    return [hit.title for hit in results.hits], results.reduced


def test_what_was_withdrawn_is_not_shown_by_one_that_was_not_told(products, kettle):
    assert found() == (["Kettle"], False)
    let_it_write(False)
    products.take_off(kettle)
    change(kettle)

    assert found() == ([], True)
    assert services.suggest("kett") == []
    assert services.similar(kind="product", object_id=kettle.object_id) == ()


def test_it_is_asked_again_once_it_has_every_change(products, kettle):
    let_it_write(False)
    products.put(title="Kettle two", object_id=kettle.object_id)
    change(kettle)
    let_it_write(True)
    assert found() == (["Kettle two"], True)

    OutboxEntry.objects.update(not_before=None)
    services.drain_outbox()
    settle(engines.current())

    assert found() == (["Kettle two"], False)


def test_one_that_is_away_is_not_asked_before_it_was_told(products, kettle, settings):
    there, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, "http://127.0.0.1:9"
    products.take_off(kettle)
    change(kettle)
    settings.ELASTICSEARCH_URL = there

    with pytest.raises(EngineAwayError):
        engines.current()
    assert found() == ([], True)


def test_what_can_wait_keeps_nobody_from_it(products, kettle):
    let_it_write(False)
    change(products.put(title="Kettle two"), can_wait=True)

    assert found() == (["Kettle"], False)


def test_a_document_that_it_refuses_keeps_nobody_from_it(products, kettle):
    change(products.put(title="Kettle two", price="not a price"))

    assert OutboxEntry.objects.get(engine="elasticsearch").attempts == 1
    assert found()[1] is False
