"""Setting typing mistakes right by the words of the titles."""

from difflib import get_close_matches

from search.analysis import words
from search.models import IndexedWord

SHORTEST = 4
"""Characters; shorter words are like too many others."""
LIKENESS = 0.72
CANDIDATES = 5_000


def corrected(text: str) -> str:
    """The text with its unknown words replaced by known ones spelt much like them; empty where
    there is nothing to replace."""
    typed = list(words(text))
    known = _known([word.folded for word in typed])
    pieces, position, changed = [], 0, False
    for word in typed:
        better = "" if word.folded in known else _likest(word.folded)
        pieces += [text[position : word.start], better or text[word.start : word.end]]
        position = word.end
        changed = changed or bool(better)
    return "".join([*pieces, text[position:]]) if changed else ""


def _known(typed: list[str]) -> set[str]:
    return set(
        IndexedWord.objects.filter(generation__live=True, text__in=typed).values_list(
            "text", flat=True
        )
    )


def _likest(word: str) -> str:
    if len(word) < SHORTEST or not word.isalpha():
        return ""
    slack = 1 if len(word) < 2 * SHORTEST else 2
    # The first letter is hardly ever the wrong one, and narrows the list by an index.
    weights = dict(
        IndexedWord.objects.filter(generation__live=True, text__startswith=word[0])
        .extra(
            where=["length(text) BETWEEN %s AND %s"], params=[len(word) - slack, len(word) + slack]
        )
        .order_by("-weight")
        .values_list("text", "weight")[:CANDIDATES]
    )
    alike = get_close_matches(word, list(weights), n=3, cutoff=LIKENESS)
    return alike[0] if alike else ""
