"""Every engine that is there, filled with documents that the tests put on shelves."""

import pytest
from django.conf import settings as django_settings

from search import documents, engines
from search.engines.elasticsearch import ElasticsearchEngine
from search.query import SearchQuery
from tests.elasticsearch import own_indices, settle
from tests.factories.search import Shelf


@pytest.fixture(params=["database", "elasticsearch"])
def engine(request, db, settings):
    """With tables and indices of this test's own."""
    if request.param == "database":
        settings.ELASTICSEARCH_URL = ""
        yield engines.database()
        return
    if not django_settings.ELASTICSEARCH_URL:
        pytest.skip("ELASTICSEARCH_URL names no Elasticsearch")
    with own_indices(settings):
        yield ElasticsearchEngine()


@pytest.fixture
def shelves(monkeypatch):
    """Two kinds of documents, one that is only suggested, and no app's."""
    shelves = {kind: Shelf(kind) for kind in ("product", "guide")}
    shelves["category"] = Shelf("category", listed=False)
    monkeypatch.setattr(documents, "_types", {kind: shelf.type for kind, shelf in shelves.items()})
    return shelves


@pytest.fixture
def products(shelves):
    return shelves["product"]


@pytest.fixture
def guides(shelves):
    return shelves["guide"]


@pytest.fixture
def index(engine, shelves):
    """Bring the engine up to what is on the shelves: `index()`, or `index(document)` for one."""

    def bring_up(*changed):
        engine.prepare(shelf.type for shelf in shelves.values())
        for shelf in shelves.values():
            ids = [each.object_id for each in changed if each.kind == shelf.kind]
            engine.refresh(shelf.type, ids if changed else list(shelf.documents))
        settle(engine)

    return bring_up


@pytest.fixture
def titles(engine):
    """The titles that a search finds, in order."""

    def search(text="", **query):
        found = engine.search(SearchQuery(text=text, **query))
        return [hit.title for hit in found.hits]

    return search
