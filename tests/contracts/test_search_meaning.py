"""What search understands beyond the words themselves, the same on every engine."""

import pytest

from search.models import Synonyms
from search.query import SearchQuery

SAME = [
    # Typed, and how the only matching thing is called.
    ("television stand", "TV stand"),
    ("hdd", "External hard drive"),
    ("external hdd", "External hard drive"),
    ("hard drive", "HDD 2 TB"),
    ("colour printer", "Color printer"),
    ("gray organizer", "Grey organiser"),
    ('15.6" laptop', "Laptop 39.6 cm"),
    ("laptop 39.6 cm", "Laptop 15.6 inch"),
    ("1 tb disk", "Disk 1000GB"),
    ("2 kg dumbbell", "Dumbbell 2000 g"),
    ("0.5 l flask", "Flask 500ml"),
]


@pytest.fixture
def synonyms(db):
    Synonyms.objects.all().delete()
    Synonyms.objects.create(words="tv, television")
    Synonyms.objects.create(words="hard drive, hdd")
    Synonyms.objects.create(words="laptop", also_finds="macbook")
    Synonyms.objects.create(words="kettle, teapot", is_active=False)


@pytest.mark.parametrize(("typed", "title"), SAME)
def test_other_words_for_it(synonyms, products, index, titles, typed, title):
    products.put(title=title)
    products.put(title="Something else altogether")
    index()

    assert titles(typed) == [title]


def test_the_words_themselves_come_before_synonyms(synonyms, products, index, titles):
    products.put(title="TV wall", body="television " * 3)
    products.put(title="Television wall")
    index()

    assert titles("television wall") == ["Television wall", "TV wall"]


def test_synonyms_can_lead_one_way_and_be_off(synonyms, products, index, titles):
    products.put(title="Macbook")
    products.put(title="Laptop")
    products.put(title="Teapot")
    index()

    assert titles("laptop") == ["Laptop", "Macbook"]
    assert titles("macbook") == ["Macbook"]
    assert titles("kettle") == []


def test_marks_the_synonym_too(synonyms, products, index, engine):
    products.put(title="A TV for the wall")
    index()

    [hit] = engine.search(SearchQuery(text="television")).hits

    assert hit.title_html == "A <mark>TV</mark> for the wall"


def test_a_thing_comes_before_what_goes_with_it(products, index, titles):
    products.put(title="Tablet case Tablet", summary="tablet")
    products.put(title="Battery for tablet")
    products.put(title="Slate 7 tablet with case")
    index()

    assert titles("tablet")[0] == "Slate 7 tablet with case"
    assert titles("tablet case")[0] == "Tablet case Tablet"


def test_other_words_for_a_thing_come_before_what_goes_with_it(synonyms, products, index, titles):
    products.put(title="Television stand")
    products.put(title="TV 32 inch")
    index()

    assert titles("television") == ["TV 32 inch", "Television stand"]


def test_what_only_mentions_a_thing_comes_after_it(synonyms, products, index, titles):
    Synonyms.objects.create(words="laptop, notebook")
    products.put(title="Laptop keyboard", summary="A keyboard for your laptop")
    products.put(title="ProBook notebook PC, black")
    index()

    assert titles("laptop") == ["ProBook notebook PC, black", "Laptop keyboard"]


def test_few_results_are_followed_by_near_ones(products, index, engine):
    products.put(title="Red kettle")
    products.put(title="Blue kettle")
    products.put(title="Red pot")
    products.put(title="Towel")
    index()

    found = engine.search(SearchQuery(text="red kettle"))

    assert [hit.title for hit in found.hits] == ["Red kettle"]
    assert {hit.title for hit in found.near} == {"Blue kettle", "Red pot"}
    assert (found.total, found.nearest) == (1, False)
    assert sum(value.count for value in _facet(found, "kind").values) == 1


def test_near_ones_pass_the_filters_and_stay_out_of_other_orders(products, index, engine):
    products.put(title="Red kettle", brand="Acme")
    products.put(title="Blue kettle", brand="Acme")
    products.put(title="Red pot", brand="Bolt")
    index()

    narrowed = engine.search(SearchQuery(text="red kettle", brands=("Acme",)))

    assert [hit.title for hit in narrowed.near] == ["Blue kettle"]
    assert engine.search(SearchQuery(text="red kettle", sort="price")).near == ()
    assert engine.search(SearchQuery(text="red kettle", page=2)).near == ()


def test_similar_things(products, guides, index, engine):
    cooker = products.put(title="Rice cooker Mini", category_path=("kitchen", "cookers"))
    products.put(title="Rice cooker Maxi", category_path=("kitchen", "cookers"))
    products.put(title="Rice bowl", category_path=("kitchen",))
    products.put(title="Garden hose", category_path=("garden",))
    products.put(title="Mini trampoline", category_path=("garden",))
    guides.put(title="Choosing a rice cooker", category_path=("kitchen", "cookers"))
    index()

    def similar(**options):
        found = engine.similar(
            kind="product", object_id=cooker.object_id, **{"kinds": (), "limit": 5, **options}
        )
        return [hit.title for hit in found]

    assert "Rice cooker Mini" not in similar()
    assert not {"Garden hose", "Mini trampoline"} & set(similar())
    assert similar(kinds=("product",))[0] == "Rice cooker Maxi"
    assert similar(kinds=("guide",)) == ["Choosing a rice cooker"]
    assert len(similar(limit=1)) == 1
    assert engine.similar(kind="product", object_id=987_654, kinds=(), limit=5) == ()


def test_kinds_that_are_not_listed_are_only_suggested(shelves, products, index, engine, titles):
    category = shelves["category"]
    category.put(title="Kettles")
    products.put(title="Kettle")
    index()

    assert titles("kettle") == ["Kettle"]
    assert {each.kind for each in engine.suggest("kett", kinds=(), limit=5)} == {
        "product",
        "category",
    }


def _facet(found, name):
    [facet] = [facet for facet in found.facets if facet.name == name]
    return facet
