import pytest

from search.analysis import MAX_TERMS, index_terms, query_units
from search.heads import heads


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Rice cookers", ["rice", "cooker"]),
        ("Crème Brûlée", ["creme", "brule"]),
        ("cre\u0300me", ["creme"]),
        ("Wi-Fi router", ["wi", "fi", "router", "wifi"]),
        ('15.6" screen', ["15.6", "screen", "39.6cm"]),
        ("1,5 l", ["1.5", "l", "1500ml"]),
        ("the cook's pot", ["the", "cook", "pot"]),
        ("电饭煲", ["电饭", "饭煲"]),
        ("饭", ["饭"]),
        ("—…!", []),
    ],
)
def test_terms(text, terms):
    assert index_terms(text) == terms


def test_a_query_leaves_out_what_says_nothing_unless_there_is_nothing_else():
    assert [unit.text for unit in query_units("a bag for the laptop")] == ["bag", "laptop"]
    assert [unit.text for unit in query_units("the who")] == ["who"]
    assert [unit.text for unit in query_units("to be or not to be")] == ["not"]
    assert [unit.text for unit in query_units("what is this")] == ["what", "is", "this"]


def test_a_query_has_an_end():
    assert len(query_units("word " * 1000)) == MAX_TERMS


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Urban Laptop Bag 15.6 black", ["bag"]),
        ("Power adapter for laptops", ["adapt"]),
        ("Aspire 5 laptop, silver", ["aspir", "laptop"]),
        ("Case with stand for tablets", ["case"]),
        ("Kettle Black", ["kettl"]),
        ("", []),
        ("80 175", []),
    ],
)
def test_the_head_says_what_the_thing_is(title, head):
    assert heads(title) == head
