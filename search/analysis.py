"""From text to the terms that are indexed and sought. It happens here rather than in an engine,
so that every engine finds the same things, whatever modules it was built with.

A term is a word folded (case, accents, width) and stemmed. Compound words and model numbers are
indexed in parts and joined ('wi-fi' as wi, fi and wifi). Chinese, Japanese and Korean, which
put no spaces between words, are indexed as pairs of characters.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from threading import Lock
from typing import NamedTuple

import snowballstemmer

from search.measures import Measure, measures
from search.variants import american

MAX_TERMS = 16
"""Words of a query beyond this many are not sought."""
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
# A number keeps its point; a letter keeps the accents that follow it as characters of their own.
_ONE = rf"[{_CJK}]++|\d++(?:[.,]\d++)++|(?:[^\W_{_CJK}]++(?:(?<=[^\W\d_])[\u0300-\u036f])?+)++"
_WORD = re.compile(_ONE)
_MEASURE = re.compile(r"(\d+)([a-z]+)|([a-z]+)(\d+)")
_IS_CJK = re.compile(rf"[{_CJK}]")
# What holds the parts of one word or number together.
_JOINTS = "-\u2010\u2011\u2013/.+'\u2019&_"  # hyphens, a dash, apostrophes
_RUN = re.compile(rf"(?:{_ONE})(?:[{_JOINTS}](?:{_ONE}))*+")
LONGEST_REMEMBERED = 40
"""Characters of a word whose terms are kept; longer ones are seldom met again."""
STOP_WORDS = frozenset(
    "a an and are as at be by do for from how i in is it my of on or s t that the this to was "  # noqa: SIM905 - a list of words reads best as words
    "what which with you your".split()
)
_stemmer = snowballstemmer.stemmer("english")
_stemmer_lock = Lock()  # it keeps the word it works on in itself


class Word(NamedTuple):
    start: int
    end: int
    folded: str


class Token(NamedTuple):
    """One word where it stands in a text, and the term it is sought by."""

    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One word of a query: found where any of its spellings is, each a sequence of terms."""

    text: str
    spellings: tuple[tuple[str, ...], ...]
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Other words for it, which count for a little less."""


def fold(word: str) -> str:
    """Lower case, without accents and typographic variants."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if char.isalnum() or char in ".,")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The term for one folded word. Numbers and names with numbers are left as they are."""
    if not word.isascii() or not word.isalpha():
        return word
    with _stemmer_lock:
        return str(_stemmer.stemWord(american(word)))


def words(text: str) -> Iterator[Word]:
    """The words of a text, folded, in order."""
    for match in _WORD.finditer(text):
        if word := _folded(match.group()):
            yield Word(*match.span(), word)


def tokens_with(terms: Collection[str], text: str) -> list[Token]:
    """The words of a text that have one of these terms, in order; for marking."""
    found = []
    sought = frozenset(terms)
    for match in _WORD.finditer(text):
        word = match.group()
        known = _known_terms(word) if len(word) <= LONGEST_REMEMBERED else _terms_of_word(word)
        if not sought.isdisjoint(known):
            found += [token for token in _tokens_at(match, known) if token.term in sought]
    return found


def index_terms(text: str) -> list[str]:
    """The terms of a text in order; at the end, what a dash or the like joins as one term, and
    sizes and amounts in one unit."""
    parts: list[str] = []
    joined: list[str] = []
    for run in _RUN.findall(text):
        # A shop's texts say the same words again and again.
        read = _known_run if len(run) <= LONGEST_REMEMBERED else _terms_of_run
        of_parts, of_all = read(run)
        parts += of_parts
        joined += of_all
    return parts + joined + [measure.term for measure in measures(text)]


def index_words(text: str) -> list[str]:
    """The words of a text folded but not stemmed, for completing what is being typed."""
    return [word for word in map(_folded, _WORD.findall(text)) if word]


def query_units(text: str) -> list[Unit]:
    """The words of a query, at most MAX_TERMS, without those that say nothing (unless there are
    no others)."""
    units = list(_units(text))[:MAX_TERMS]
    telling = [unit for unit in units if unit.text not in STOP_WORDS]
    return telling or units


def joined_pair(left: Unit, right: Unit) -> str:
    """Two words of a query as the one word they may be elsewhere ('head set')."""
    return stem(left.text + right.text)


def _units(text: str) -> Iterator[Unit]:
    """The runs of a query; those that say one measure together as one."""
    sizes = list(measures(text))
    for size, runs in groupby(_runs(text), lambda run: _measure_at(run[0].start, sizes)):
        if size is None:
            yield from map(_unit, runs)
        else:
            yield _unit_of_measure(size, [word for run in runs for word in run])


def _measure_at(position: int, sizes: list[Measure]) -> Measure | None:
    return next((size for size in sizes if size.start <= position < size.end), None)


def _unit_of_measure(size: Measure, run: list[Word]) -> Unit:
    """Found by its number alone too: documents leave units out ('laptop 15.6')."""
    written = _unit(run)
    spellings = [*written.spellings, (size.term,)]
    return Unit(written.text, tuple(dict.fromkeys(spellings)))


def _unit(run: list[Word]) -> Unit:
    parts = tuple(term for word in run for term in _terms_of(word.folded))
    spellings: tuple[tuple[str, ...], ...] = (parts,)
    measure = _MEASURE.fullmatch(run[0].folded)
    if len(run) > 1:
        spellings = (parts, (_joined(run),))
    elif measure:  # '500gb' is '500 GB' elsewhere
        spellings = (parts, tuple(stem(part) for part in measure.groups() if part))
    return Unit("".join(word.folded for word in run), spellings)


def _runs(text: str) -> Iterator[list[Word]]:
    """Words grouped with those that a single joint holds to them; possessives let go."""
    run: list[Word] = []
    for word in words(text):
        if run and (word.start - run[-1].end != 1 or text[run[-1].end] not in _JOINTS):
            yield run
            run = []
        if run and word.folded == "s":
            continue
        run.append(word)
    if run:
        yield run


def _terms_of_run(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The terms of words that joints hold together: of each, and of all as one."""
    runs = list(_runs(text))  # several where a possessive was let go
    parts = tuple(term for run in runs for word in run for term in _terms_of(word.folded))
    return parts, tuple(_joined(run) for run in runs if len(run) > 1)


_known_run = lru_cache(maxsize=100_000)(_terms_of_run)


def _terms_of_word(word: str) -> tuple[str, ...]:
    """The terms of a word as it is written."""
    folded = _folded(word)
    return tuple(_terms_of(folded)) if folded else ()


_known_terms = lru_cache(maxsize=100_000)(_terms_of_word)


def _tokens_at(match: re.Match[str], terms: tuple[str, ...]) -> Iterator[Token]:
    """A word's terms where they stand."""
    start, end = match.span()
    if len(terms) == 1 or len(terms) != end - start - 1:
        yield from (Token(start, end, term) for term in terms)
        return
    for offset, pair in enumerate(terms):
        yield Token(start + offset, start + offset + len(pair), pair)


def _folded(word: str) -> str:
    return _known_folded(word) if len(word) <= LONGEST_REMEMBERED else _fold_word(word)


def _fold_word(word: str) -> str:
    if _IS_CJK.match(word):
        return unicodedata.normalize("NFKC", word)
    return fold(word).replace(",", ".")


_known_folded = lru_cache(maxsize=100_000)(_fold_word)


def _joined(run: list[Word]) -> str:
    return stem("".join(word.folded for word in run))


def _terms_of(word: str) -> list[str]:
    return _pairs(word) if _IS_CJK.match(word) else [stem(word)]


def _pairs(word: str) -> list[str]:
    if len(word) == 1:
        return [word]
    return [word[index : index + 2] for index in range(len(word) - 1)]
