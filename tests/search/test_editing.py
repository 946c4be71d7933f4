"""Synonyms, and results put first and last: what editors decide, over the services."""

from dataclasses import replace

import pytest

from search import editing, services, thesaurus
from search.errors import CurationRefusedError, SynonymsRefusedError
from search.first_synonyms import write_first_synonyms
from search.models import Curation, Synonyms
from search.query import SearchQuery
from search.selectors import curated_things, curations, synonyms_that_share_words
from tests.factories.search import Shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_synonyms_yet():
    """Instead of those that a new site begins with."""
    Synonyms.objects.all().delete()
    thesaurus.current.forget()
    yield
    thesaurus.current.forget()


def test_those_that_a_site_begins_with_can_be_edited():
    write_first_synonyms()
    rows = list(Synonyms.objects.all())

    for row in rows:
        saved = save(row.words, row.also_finds, synonyms=row)
        assert (saved.words, saved.also_finds) == (row.words, row.also_finds)

    assert rows


def found(text):
    return [hit.title for hit in services.search(SearchQuery(text=text)).hits]


def nothing_exact(text):
    results = services.search(SearchQuery(text=text))
    return results.nearest or results.nothing or not results.total


@pytest.fixture
def shop(products, database_only):
    """Three kettles that are found for 'kettle', in some order, and a pan that is not."""
    things = {
        name: products.put(title=name) for name in ("Kettle one", "Kettle two", "Kettle three")
    }
    things["Pan"] = products.put(title="Pan")
    services.rebuild()
    return things


def save(words, also_finds="", synonyms=None, **kwargs):
    return editing.save_synonyms(synonyms=synonyms, words=words, also_finds=also_finds, **kwargs)


def test_synonyms_find_each_other_from_the_next_search(shop, django_capture_on_commit_callbacks):
    assert nothing_exact("skillet")

    with django_capture_on_commit_callbacks(execute=True):
        row = save("skillet, pan")
    assert found("skillet") == ["Pan"]

    with django_capture_on_commit_callbacks(execute=True):
        save(row.words, synonyms=row, is_active=False)
    assert nothing_exact("skillet")


def test_words_are_kept_tidy_and_those_that_search_reads_alike_once():
    row = save("  TV ,televisions\n television ,, tv  set ")

    assert row.words == "TV, televisions, tv set"


@pytest.mark.parametrize(
    ("words", "also", "field", "why"),
    [
        ("", "", "words", "Write the words"),
        ("kettle", "", "words", "stands alone"),
        ("kettle, Kettles", "", "words", "stands alone"),
        ("kettle, !!", "", "words", "no word"),
        ("kettle, pan", "kettles", "also_finds", "among the words above"),
        ("kettle, " + "long " * 30, "", "words", "too long"),
        ("kettle, one two three four five", "", "words", "too long"),
        (",".join(f"word{n}" for n in range(21)), "", "words", "At most 20"),
    ],
)
def test_what_search_could_not_use_is_refused_with_the_reason(words, also, field, why):
    with pytest.raises(SynonymsRefusedError, match=why) as refusal:
        save(words, also)

    assert refusal.value.field == field
    assert not Synonyms.objects.exists()


def test_what_says_nothing_new_is_refused():
    first = save("tv, television, telly")
    save("tagine", "casserole, pot")

    for words, also in (("Telly, TV", ""), ("tv", "telly"), ("tagines", "pots")):
        with pytest.raises(SynonymsRefusedError, match="there already"):
            save(words, also)

    save("tv, television", synonyms=first)
    save("tv, set")
    save("tagine", "samovar")


def test_lists_that_share_a_word_are_told_apart():
    tv, other, apart = save("tv, television"), save("TV, set"), save("wok, pan")

    assert synonyms_that_share_words(tv) == [other]
    assert synonyms_that_share_words(apart) == []


def test_removed_synonyms_find_nothing(shop, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = save("skillet, pan")
    assert found("skillet") == ["Pan"]

    with django_capture_on_commit_callbacks(execute=True):
        editing.remove_synonyms(synonyms=row)

    assert not Synonyms.objects.exists()
    assert nothing_exact("skillet")


def first(text, document):
    return editing.put_first(text=text, kind="product", object_id=document.object_id)


def titles(text, *, last=False):
    return [thing.document.title for thing in curated_things(text) if thing.buried == last]


def test_what_is_put_first_comes_first_for_all_that_is_the_same_query(shop):
    first("kettle", shop["Kettle three"])
    first("Kettles", shop["Pan"])

    assert titles("the kettle") == ["Kettle three", "Pan"]
    assert found("kettle")[:2] == ["Kettle three", "Pan"]
    assert len(found("kettle")) == 4
    assert found("pan") == ["Pan"]
    [row] = curations()
    assert (row.text, row.first, row.last) == ("kettle", 2, 0)


def test_first_ones_move_and_stay_at_the_ends(shop):
    for name in ("Kettle one", "Kettle two", "Kettle three"):
        first("kettle", shop[name])
    two = {"text": "kettle", "kind": "product", "object_id": shop["Kettle two"].object_id}

    editing.move(**two, up=True)
    assert titles("kettle") == ["Kettle two", "Kettle one", "Kettle three"]
    editing.move(**two, up=True)
    assert titles("kettle") == ["Kettle two", "Kettle one", "Kettle three"]
    editing.move(**two, up=False)
    editing.move(**two, up=False)
    assert titles("kettle") == ["Kettle one", "Kettle three", "Kettle two"]

    editing.let_go(**two)
    with pytest.raises(CurationRefusedError, match="let go"):
        editing.move(**two, up=True)


def test_what_is_put_last_comes_last_and_can_be_put_first_instead(shop):
    one = {"text": "kettle", "kind": "product", "object_id": shop["Kettle one"].object_id}
    editing.bury(**one)
    assert titles("kettle", last=True) == ["Kettle one"]
    assert found("kettle")[-1] == "Kettle one"

    editing.put_first(**one)

    assert (titles("kettle"), titles("kettle", last=True)) == (["Kettle one"], [])
    editing.let_go(**one)
    assert not curations()
    assert Curation.objects.get().text == "kettle"  # what was changed once is still told of


def test_what_is_not_public_can_not_be_put_anywhere(shop, products):
    products.take_off(shop["Pan"])

    for action in (editing.put_first, editing.bury):
        with pytest.raises(CurationRefusedError, match="not public"):
            action(text="kettle", kind="product", object_id=shop["Pan"].object_id)
        with pytest.raises(CurationRefusedError, match="not public"):
            action(text="kettle", kind="nothing", object_id=1)


def test_what_is_only_suggested_is_no_result(monkeypatch, shop):
    shelf = Shelf("category")
    category = shelf.put()
    only_suggested = replace(shelf.type, listed=False)
    monkeypatch.setattr(editing, "document_types", lambda: {"category": only_suggested})

    with pytest.raises(CurationRefusedError, match="not public"):
        editing.put_first(text="kettle", kind="category", object_id=category.object_id)


def test_what_went_off_stays_on_the_list_without_a_document(shop, products):
    first("kettle", shop["Pan"])
    products.take_off(shop["Pan"])

    [thing] = curated_things("kettle")

    assert thing.document is None


def test_a_query_without_words_has_no_results_to_change(shop):
    with pytest.raises(CurationRefusedError, match="Write the words"):
        first("?!", shop["Pan"])


def test_no_more_than_so_many_come_first(shop, monkeypatch):
    monkeypatch.setattr(editing, "MOST_CURATED", 2)
    first("kettle", shop["Pan"])
    first("kettle", shop["Kettle one"])
    first("kettle", shop["Kettle one"])

    with pytest.raises(CurationRefusedError, match="let one go"):
        first("kettle", shop["Kettle two"])


def test_the_documents_of_a_query_are_read_together(shop, products, django_assert_num_queries):
    for document in shop.values():
        first("kettle", document)

    with django_assert_num_queries(1):  # a shelf asks no database
        curated_things("kettle")
