"""From text to the terms that are indexed and sought. It happens here rather than in an engine,
so that every engine finds the same things, whatever modules it was built with.

A term is a word folded (case, accents, width) and stemmed. Compound words and model numbers are
indexed in parts and joined ('wi-fi' as wi, fi and wifi). Chinese, Japanese and Korean, which
put no spaces between words, are indexed as pairs of characters.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import snowballstemmer

MAX_TERMS = 16
"""Words of a query beyond this many are not sought."""
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
# A number keeps its point; a letter keeps the accents that follow it as characters of their own.
_WORD = re.compile(
    rf"[{_CJK}]+|\d+(?:[.,]\d+)+|(?:(?![{_CJK}])[^\W_]|(?<=[^\W\d_])[\u0300-\u036f])+"
)
_MEASURE = re.compile(r"(\d+)([a-z]+)|([a-z]+)(\d+)")
_IS_CJK = re.compile(rf"[{_CJK}]")
# What holds the parts of one word or number together.
_JOINTS = frozenset("-\u2010\u2011\u2013/.+'\u2019&_")  # hyphens, a dash, apostrophes
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


@lru_cache(maxsize=100_000)
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
        return str(_stemmer.stemWord(word))


def words(text: str) -> Iterator[Word]:
    """The words of a text, folded, in order."""
    for match in _WORD.finditer(text):
        word = match.group()
        if _IS_CJK.match(word):
            word = unicodedata.normalize("NFKC", word)
        else:
            word = fold(word).replace(",", ".")
        if word:
            yield Word(match.start(), match.end(), word)


def tokens(text: str) -> Iterator[Token]:
    """The words of a text with their terms, in order; for marking."""
    for start, end, word in words(text):
        if _IS_CJK.match(word) and len(word) == end - start:
            for offset, pair in enumerate(_pairs(word)):
                yield Token(start + offset, start + offset + len(pair), pair)
        else:
            yield Token(start, end, stem(word))


def index_terms(text: str) -> list[str]:
    """The terms of a text in order; at the end, what a dash or the like joins as one term."""
    parts, joined = [], []
    for run in _runs(text):
        parts += [term for word in run for term in _terms_of(word.folded)]
        if len(run) > 1:
            joined.append(_joined(run))
    return parts + joined


def index_words(text: str) -> list[str]:
    """The words of a text folded but not stemmed, for completing what is being typed."""
    return [word.folded for word in words(text)]


def query_units(text: str) -> list[Unit]:
    """The words of a query, at most MAX_TERMS, without those that say nothing (unless there are
    no others)."""
    units = [_unit(run) for run in _runs(text)][:MAX_TERMS]
    telling = [unit for unit in units if unit.text not in STOP_WORDS]
    return telling or units


def joined_pair(left: Unit, right: Unit) -> str:
    """Two words of a query as the one word they may be elsewhere ('head set')."""
    return stem(left.text + right.text)


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


def _joined(run: list[Word]) -> str:
    return stem("".join(word.folded for word in run))


def _terms_of(word: str) -> list[str]:
    return _pairs(word) if _IS_CJK.match(word) else [stem(word)]


def _pairs(word: str) -> list[str]:
    if len(word) == 1:
        return [word]
    return [word[index : index + 2] for index in range(len(word) - 1)]
