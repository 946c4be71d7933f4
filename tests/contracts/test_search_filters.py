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
    ({"brands": ("Café",)}, lambda hit: hit.brand == "Café"),
    ({"brands": ("Café", "Bolt")}, lambda hit: hit.brand in {"Café", "Bolt"}),
    ({"brands": ("acme",)}, lambda hit: False),
    ({"brands": ("acme", "Acme")}, lambda hit: hit.brand == "Acme"),
    ({"merchants": ("shop-1",)}, lambda hit: hit.merchant_slug == "shop-1"),
    ({"merchants": ("shop-1", "shop-0")}, lambda hit: hit.merchant_slug),
    (
        {"brands": ("Acme", "Bolt"), "merchants": ("shop-1",)},
        lambda hit: hit.brand in {"Acme", "Bolt"} and hit.merchant_slug == "shop-1",
    ),
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


BY_ATTRIBUTE = [
    ({"colour": ("red",), "size": ("2",)}, lambda has: has == {"colour": "red", "size": "2"}),
    ({"size": ("2", "3")}, lambda has: has["size"] in {"2", "3"}),
    ({"colour": ("blue",), "size": ("1", "2")}, lambda has: has == {"colour": "blue", "size": "1"}),
    ({"colour": ("green", "red")}, lambda has: has["colour"] == "red"),
    ({"colour": ("green",)}, lambda has: False),
    ({"weight": ("2",)}, lambda has: False),
    # What reads like an instruction is a name that nothing has.
    ({"colour__regex": (".*",)}, lambda has: False),
    ({"colour__isnull": ("",)}, lambda has: False),
]


def test_filters_by_attribute(catalogue, products, engine):
    for attributes, passes in BY_ATTRIBUTE:
        found = engine.search(SearchQuery(attributes=attributes, per_page=100))

        expected = {
            document.object_id
            for document in products.documents.values()
            if passes(document.attributes)
        }
        assert {hit.object_id for hit in found.hits} == expected, attributes


NARROWED = [
    {},
    {"text": "kettle"},
    {"text": "kettle", "brands": ("Acme",)},
    {"text": "kettle", "brands": ("Acme", "Café"), "merchants": ("shop-0", "shop-1")},
    {"category": "kitchen", "has_video": True},
    {"brands": ("Bolt",), "merchants": ("shop-0",), "price_min": 50.0, "price_max": 100.0},
    {"kinds": ("product",), "selected": True},
    {"attributes": {"colour": ("red",)}},
    {"attributes": {"colour": ("red",), "size": ("1", "2")}, "brands": ("Café",)},
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


def test_values_chosen_together_add_up(catalogue, engine):
    """What the counts beside several chosen values say is what choosing one more brings."""
    for name in ("brand", "merchant", "attr.colour", "attr.size"):
        query = SearchQuery(attribute_facets=("colour", "size"), category="kitchen")
        [facet] = [one for one in engine.search(query).facets if one.name == name]
        total = 0
        for value in facet.values:
            query = query.with_facet(name, value.value)
            found = engine.search(query)

            total += value.count
            assert found.total == total, (name, value)
            assert facet in found.facets, "its own filter leaves a facet's counts alone"


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
    assert [value.value for value in facets["price"]] == ["-25", "25-50", "50-100", "100-250"]


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
