"""Marking the words sought in what was found. Every character of a document is escaped before
anything is marked: titles and texts come from strangers."""

from collections.abc import Collection, Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from search.analysis import Token, tokens_with

SNIPPET_LENGTH = 200
"""Characters, give or take a word."""
SCANNED = 20_000
"""Characters of a text looked through for the best passage."""


def marked(text: str, terms: Collection[str]) -> SafeString:
    """The text as HTML with each word that has one of the terms in `<mark>`."""
    return _mark(text, tokens_with(terms, text))


def snippet(texts: Iterable[str], terms: Collection[str]) -> SafeString:
    """The passage that has most of the terms, from the first text that has any; the beginning
    of the first text where none has."""
    first = ""
    for text in texts:
        text = text[:SCANNED]
        first = first or text
        found = tokens_with(terms, text) if terms else []
        if found:
            return _passage(text, found)
    return mark_safe(escape(_clipped(first, 0, SNIPPET_LENGTH)))  # noqa: S308 - just escaped


def _passage(text: str, found: list[Token]) -> SafeString:
    if len(text) <= SNIPPET_LENGTH:
        return _mark(text, found)
    best = max(found, key=lambda token: _variety(found, token.start))
    start = max(0, best.start - SNIPPET_LENGTH // 4)
    clipped = _clipped(text, start, start + SNIPPET_LENGTH)
    # Analysed again, because clipping moved every word.
    terms = {token.term for token in found}
    return marked(clipped, terms)


def _variety(found: list[Token], start: int) -> tuple[int, int]:
    inside = [token.term for token in found if start <= token.start < start + SNIPPET_LENGTH]
    return len(set(inside)), -start


def _clipped(text: str, start: int, end: int) -> str:
    """From about `start` to about `end`, whole words, with dots where something is left out."""
    if start > 0:
        start = text.find(" ", start) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1) if " " in text[start:end] else end
    passage = " ".join(text[start:end].split())
    return ("… " if start > 0 else "") + passage + (" …" if end < len(text) else "")


def _mark(text: str, found: list[Token]) -> SafeString:
    pieces, position = [], 0
    for start, end in _merged(found):
        pieces += [escape(text[position:start]), "<mark>", escape(text[start:end]), "</mark>"]
        position = end
    pieces.append(escape(text[position:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece of the text is escaped above


def _merged(found: list[Token]) -> list[tuple[int, int]]:
    """Spans that don't overlap; pairs of Chinese characters do."""
    spans: list[tuple[int, int]] = []
    for token in found:
        if spans and token.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], token.end))
        else:
            spans.append((token.start, token.end))
    return spans
