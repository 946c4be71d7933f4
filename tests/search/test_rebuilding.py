import pytest
from django.core.management import CommandError, call_command

from search import documents, engines, services
from search.query import SearchQuery
from tests.elasticsearch import own_indices, settle
from tests.factories.search import Shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelves(monkeypatch):
    shelves = [Shelf("product"), Shelf("guide")]
    monkeypatch.setattr(documents, "_types", {shelf.kind: shelf.type for shelf in shelves})
    for shelf in shelves:
        shelf.put(title=f"Kettle of the kind {shelf.kind}")
    return shelves


def in_the_database():
    return {hit.kind for hit in engines.database().search(SearchQuery(text="kettle")).hits}


def test_all_of_one_index_is_filled_though_the_next_is_away(shelves, nobody_listens):
    with pytest.raises(CommandError, match="stays as it was"):
        call_command("rebuild_search")

    assert in_the_database() == {"product", "guide"}


def test_one_index_alone(shelves, nobody_listens, capsys):
    call_command("rebuild_search", "--engine", "database", "--kind", "guide")

    assert in_the_database() == {"guide"}
    assert capsys.readouterr().out == "guide: 1 documents\n"


@pytest.mark.services
def test_elasticsearch_alone(shelves, elasticsearch_url, settings):
    with own_indices(settings):
        call_command("rebuild_search", "--engine", "elasticsearch")
        settle(engines.current())

        assert services.search(SearchQuery(text="kettle")).total == 2
        assert in_the_database() == set()
