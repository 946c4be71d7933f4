"""What a thing is, read from its name: a 'laptop bag' is a bag, an 'adapter for laptops' an
adapter. Who seeks a laptop wants neither, and who seeks a bag wants the first.

In English the word that says what a thing is, the head, ends its phrase: what goes before it
tells more about it, and a preposition, a number, a comma or a colour begins something else.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
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
# What comes with a thing is not what it is: 'memory card + adapter'.
_ADDED = re.compile(r"[+&]")
_ACCESSORIES = frozenset(
    stem(noun)
    for noun in (
        *("accessory", "adapter", "adaptor", "arm", "attachment", "backpack", "bag", "battery"),
        *("bracket", "cable", "cart", "cartridge", "case", "charger", "cleaner", "cleaning"),
        *("clip", "connector", "cooler", "cord", "cover", "cradle", "dock", "enclosure", "film"),
        *("filter", "folio", "foil", "grip", "holder", "holster", "hood", "jacket", "lens"),
        *("lock", "mount", "pad", "part", "pouch", "privacy", "protector", "replacement"),
        *("shelf", "skin", "sleeve", "spare", "stand", "strap", "stylus", "toner", "tray"),
        *("tripod", "upgrade", "warranty"),
    )
)
# Nouns that say little by themselves.
_LIGHT = frozenset(
    stem(noun) for noun in ("computer", "device", "machine", "pc", "set", "system", "unit")
)
# A new phrase begins; what a preposition said before holds no longer.
_BREAK = re.compile(r"[,;:(|\u2013\u2014]|\s-\s")


def heads(text: str) -> list[str]:
    """The terms of the words that end a phrase, those after a preposition left out. Before a word
    that says little ('tablet PC', 'speaker system') the one before it counts as well."""
    found: dict[str, None] = {}
    previous: Word | None = None
    for word, after, following in _naming_words(text):
        if _ends_phrase(after, following) and _can_be_head(word):
            term = stem(word.folded)
            if term in _LIGHT and previous is not None and word.start - previous.end == 1:
                found[stem(previous.folded)] = None
            found[term] = None
        previous = word
    return list(found)


def is_accessory(title: str) -> bool:
    """Whether a name says something that goes with another thing: 'laptop battery', but not
    'laptop with battery'."""
    return any(stem(word.folded) in _ACCESSORIES for word, *_around in _naming_words(title))


def seek_accessory(terms: Iterable[str]) -> bool:
    """Whether a query's terms ask for such a thing."""
    return not _ACCESSORIES.isdisjoint(terms)


@lru_cache(maxsize=8)  # a title is asked about twice
def _naming_words(text: str) -> tuple[tuple[Word, str, Word | None], ...]:
    """The words that say what a thing is and not what it is for or comes with, each with what
    stands after it and the word that follows."""
    naming, qualifying = [], False
    for word, before, after, following in _with_neighbours(text):
        if before != " ":
            if _BREAK.search(before):
                qualifying = False
            if _ADDED.search(before):
                qualifying = True
        if word.folded in _PREPOSITIONS:
            qualifying = True
        elif not qualifying:
            naming.append((word, after, following))
    return tuple(naming)


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
