import pytest

from search.query import SearchQuery


@pytest.fixture
def catalogue(products, guides, index):
    """Enough of everything that every facet has several values."""
    brands, colours = ("Acme", "Bolt", "Café"), ("red", "blue")
    paths = (("kitchen", "kettles"), ("kitchen", "pots"), ("garden",))
    for number in range(24):
        products.put(
            title=f"Kettle {number}" if number % 4 else f"Pot {number}",
            category_path=paths[number % 3],
            brand=brands[number % 3 if number % 5 else 0],
            merchant=f"Shop {number % 2}",
            merchant_slug=f"shop-{number % 2}",
            price=None if number % 7 == 0 else 10.0 * number,
            has_video=number % 2 == 0,
            selected=number % 6 == 0,
            attributes={"colour": colours[number % 2], "size": str(number % 4)},
        )
    guides.put(title="Kettle care", category_path=("kitchen",), merchant="", has_video=True)
    index()


FILTERS = [
    ({"kinds": ("guide",)}, lambda hit: hit.kind == "guide"),
    ({"kinds": ("guide", "product")}, lambda hit: True),
    ({"kinds": ("nothing",)}, lambda hit: False),
    ({"category": "kitchen"}, lambda hit: "kitchen" in hit.category_path),
    ({"category": "pots"}, lambda hit: "pots" in hit.category_path),
    ({"category": "pot"}, lambda hit: False),
    ({"brand": "Café"}, lambda hit: hit.brand == "Café"),
    ({"brand": "acme"}, lambda hit: False),
    ({"merchant": "shop-1"}, lambda hit: hit.merchant_slug == "shop-1"),
    ({"price_min": 50.0}, lambda hit: hit.price is not None and hit.price >= 50),
    ({"price_max": 50.0}, lambda hit: hit.price is not None and hit.price <= 50),
    ({"has_video": True}, lambda hit: hit.has_video),
    ({"has_video": False}, lambda hit: not hit.has_video),
    ({"selected": True}, lambda hit: hit.selected),
]


def test_filters(catalogue, engine):
    every = engine.search(SearchQuery(per_page=100)).hits

    for filters, passes in FILTERS:
        found = engine.search(SearchQuery(per_page=100, **filters))

        expected = {(hit.kind, hit.object_id) for hit in every if passes(hit)}
        assert {(hit.kind, hit.object_id) for hit in found.hits} == expected, filters
        assert found.total == len(expected), filters


def test_filters_by_attribute(catalogue, products, engine):
    found = engine.search(SearchQuery(attributes={"colour": "red", "size": "2"}, per_page=100))

    expected = {
        document.object_id
        for document in products.documents.values()
        if document.attributes == {"colour": "red", "size": "2"}
    }
    assert {hit.object_id for hit in found.hits} == expected
    assert expected


NARROWED = [
    {},
    {"text": "kettle"},
    {"text": "kettle", "brand": "Acme"},
    {"category": "kitchen", "has_video": True},
    {"brand": "Bolt", "merchant": "shop-0", "price_min": 50.0, "price_max": 100.0},
    {"kinds": ("product",), "selected": True},
    {"attributes": {"colour": "red"}},
    {"attributes": {"colour": "red", "size": "1"}, "brand": "Café"},
]


def test_a_facets_count_is_what_choosing_it_shows(catalogue, engine):
    for filters in NARROWED:
        query = SearchQuery(attribute_facets=("colour", "size"), **filters)
        facets = engine.search(query).facets

        assert len(facets) > 1
        for facet in facets:
            # Other values are counted as if this facet were not set.
            opened = query.without_facet(facet.name)
            for value in facet.values:
                narrowed = opened.with_facet(facet.name, value.value)
                assert engine.search(narrowed).total == value.count, (facet.name, value)


def test_facets_have_every_value_and_names_for_people(catalogue, engine):
    found = engine.search(SearchQuery(attribute_facets=("colour",)))
    facets = {facet.name: facet.values for facet in found.facets}

    assert set(facets) == {
        *("kind", "category", "brand", "merchant", "price", "has_video", "selected"),
        "attr.colour",
    }
    assert [(value.value, value.label, value.count) for value in facets["merchant"]] == [
        ("shop-0", "Shop 0", 12),
        ("shop-1", "Shop 1", 12),
    ]
    assert {value.value for value in facets["category"]} == {
        "kitchen",
        "kettles",
        "pots",
        "garden",
    }
    assert {value.value: value.count for value in facets["kind"]} == {"product": 24, "guide": 1}


SORTS = {
    "price": lambda hit: (hit.price is None, hit.price or 0),
    "-price": lambda hit: (hit.price is None, -(hit.price or 0)),
    "newest": lambda hit: -hit.published_at.timestamp(),
}


def test_sorts(catalogue, engine):
    for sort, order in SORTS.items():
        for text in ("", "kettle"):
            hits = engine.search(SearchQuery(text=text, sort=sort, per_page=100)).hits

            assert len(hits) > 10
            assert [order(hit) for hit in hits] == sorted(order(hit) for hit in hits)


def test_pages_hold_everything_once(catalogue, engine):
    for sort in ("relevance", *SORTS):
        for text in ("", "kettle"):
            query = SearchQuery(text=text, sort=sort, per_page=5)
            total = engine.search(query).total
            pages = [engine.search(query.at_page(page)) for page in range(1, 7)]

            seen = [(hit.kind, hit.object_id) for page in pages for hit in page.hits]

            assert len(seen) == len(set(seen)) == total
            assert engine.search(query.at_page(50)).hits == ()
            assert pages[0].page_count(5) == -(-total // 5)
