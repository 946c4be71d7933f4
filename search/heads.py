"""What a thing is, read from its name: a 'laptop bag' is a bag, an 'adapter for laptops' an
adapter. Who seeks a laptop wants neither, and who seeks a bag wants the first.

In English the word that says what a thing is, the head, ends its phrase: what goes before it
tells more about it, and a preposition, a number, a comma or a colour begins something else.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest

from search.analysis import Word, stem, words

_COLOURS = frozenset(
    stem(colour)
    for colour in (
        *("beige", "black", "blue", "brown", "clear", "gold", "gray", "green", "grey"),
        *("multicolour", "multicolor", "orange", "pink", "purple", "red", "silver"),
        *("transparent", "violet", "white", "yellow"),
    )
)
_PREPOSITIONS = frozenset(
    "and at by compatible f for from in including of on to w with without".split()  # noqa: SIM905
)
# A new phrase begins; what a preposition said before holds no longer.
_BREAK = re.compile(r"[,;:(|\u2013\u2014]|\s-\s")


def heads(text: str) -> list[str]:
    """The terms of the words that end a phrase, those after a preposition left out."""
    found, qualifying = [], False
    for word, before, after, following in _with_neighbours(text):
        if before != " " and _BREAK.search(before):
            qualifying = False
        if word.folded in _PREPOSITIONS:
            qualifying = True
        elif not qualifying and _ends_phrase(after, following) and _can_be_head(word):
            found.append(stem(word.folded))
    return list(dict.fromkeys(found))


def _with_neighbours(text: str) -> Iterator[tuple[Word, str, str, Word | None]]:
    """Each word with what stands before it and after it, and the word that follows."""
    found = list(words(text))
    before = text[: found[0].start] if found else ""
    for word, following in zip_longest(found, found[1:]):
        after = text[word.end : _start(following, text)]
        yield word, before, after, following
        before = after


def _start(word: Word | None, text: str) -> int:
    return len(text) if word is None else word.start


def _can_be_head(word: Word) -> bool:
    return word.folded.isalpha() and len(word.folded) > 1 and stem(word.folded) not in _COLOURS


def _ends_phrase(after: str, following: Word | None) -> bool:
    if following is None or after not in {" ", "-", "\u00ae", "'"}:
        return True
    if after != " ":
        return False
    return (
        not following.folded.isalpha()
        or following.folded in _PREPOSITIONS
        or stem(following.folded) in _COLOURS
    )
