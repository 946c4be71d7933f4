import pytest
from django.utils.html import strip_tags

from search.snippets import SNIPPET_LENGTH, marked, snippet


def test_marks_every_form_of_the_word():
    html = marked("Cooking: cook with a cooked cook's pot", {"cook"})

    assert html == (
        "<mark>Cooking</mark>: <mark>cook</mark> with a <mark>cooked</mark> "
        "<mark>cook</mark>&#x27;s pot"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('mark')</script>",
        "<mark onmouseover=alert(1)>mark</mark>",
        "a<b>mark</b>&amp;\"'",
        "mark<",
        "<mark",
    ],
)
def test_nothing_but_our_marks_is_html(text):
    html = marked(text, {"mark", "script", "alert"})

    assert strip_tags(html.replace("<mark>", "").replace("</mark>", "")) == html.replace(
        "<mark>", ""
    ).replace("</mark>", "")


def test_marks_pairs_of_characters_as_one():
    assert marked("日本語の本", {"日本", "本語"}) == "<mark>日本語</mark>の本"


def test_a_snippet_is_the_passage_with_most_of_the_words():
    text = "rice " + "filler " * 200 + "the rice cooker stands here " + "filler " * 200

    passage = snippet([text], {"rice", "cooker"})

    assert "<mark>rice</mark> <mark>cooker</mark> stands" in passage
    assert passage.startswith("… ")
    assert passage.endswith(" …")
    assert len(strip_tags(passage)) < SNIPPET_LENGTH + 20


def test_a_snippet_comes_from_the_first_text_that_has_a_word():
    assert snippet(["About pots.", "A rice cooker."], {"rice"}) == "A <mark>rice</mark> cooker."
    assert snippet(["About <pots>.", "Nothing."], {"rice"}) == "About &lt;pots&gt;."
    assert snippet(["", ""], {"rice"}) == ""


def test_a_text_without_spaces_is_cut_too():
    passage = snippet(["x" * 5000], set())

    assert len(passage) <= SNIPPET_LENGTH + 2
