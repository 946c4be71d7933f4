"""What editors put first and last for a query, on every engine."""

import pytest

from search.curation import Curated
from search.query import SearchQuery


@pytest.fixture
def kettles(products, guides, index):
    made = [products.put(title=f"Kettle {n}", brand="Acme" if n < 3 else "Bolt") for n in range(6)]
    made.append(guides.put(title="Boiling water"))
    index()
    return made


@pytest.fixture
def found(engine):
    def search(first=(), last=(), **query):
        curated = Curated(
            first=tuple((each.kind, each.object_id) for each in first),
            last=frozenset((each.kind, each.object_id) for each in last),
        )
        return engine.search(SearchQuery(text="kettle", **query), curated)

    return search


def test_what_is_put_first_comes_first_in_its_order(kettles, found):
    results = found(first=[kettles[4], kettles[1]])

    assert [hit.title for hit in results.hits[:2]] == ["Kettle 4", "Kettle 1"]
    assert results.total == 6


def test_also_what_has_none_of_the_words(kettles, found):
    results = found(first=[kettles[6]])

    assert results.hits[0].title == "Boiling water"
    assert (results.total, len(results.hits)) == (7, 7)


def test_what_is_put_last_comes_last(kettles, found):
    results = found(last=[kettles[5], kettles[2]])

    assert {hit.title for hit in results.hits[-2:]} == {"Kettle 5", "Kettle 2"}
    assert results.total == 6


def test_pages_still_hold_everything_once(kettles, found):
    pages = [found(first=[kettles[5], kettles[6]], per_page=3, page=n) for n in (1, 2, 3, 4)]

    seen = [hit.key for page in pages for hit in page.hits]
    assert len(seen) == len(set(seen)) == 7


def test_filters_hold_for_it_too(kettles, found):
    results = found(first=[kettles[4], kettles[1]], brands=("Acme",))

    assert results.hits[0].title == "Kettle 1"
    assert results.total == 3


def test_another_order_is_left_alone(kettles, found):
    results = found(first=[kettles[0]], sort="newest")

    assert results.hits[0].title == "Kettle 5"
