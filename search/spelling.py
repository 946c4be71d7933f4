"""Setting typing mistakes right by the words of the titles."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import words
from search.models import IndexedWord

SHORTEST = 4
"""Characters; shorter words are like too many others."""
SHORTEST_PART = 3
"""Characters of either part of a compound."""
LIKENESS = 0.74
"""1 less the changes for each letter; letters that changed places are one change."""
CANDIDATES = 5_000


def corrected(text: str) -> str:
    """The text with its unknown words replaced by known ones spelt much like them; empty where
    there is nothing to replace."""
    typed = list(words(text))
    known = _known([word.folded for word in typed])
    pieces, position, changed = [], 0, False
    for word in typed:
        better = "" if word.folded in known else _likest(word.folded) or _in_two(word.folded)
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


def _in_two(word: str) -> str:
    """A compound as two words that are known: 'breadbin' where titles say 'bread bin'."""
    parts = [(word[:i], word[i:]) for i in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)]
    if not word.isalpha() or not parts:
        return ""
    known = _known([part for pair in parts for part in pair])
    return next((" ".join(pair) for pair in parts if known.issuperset(pair)), "")


def _likest(word: str) -> str:
    """Of the known words that take fewest changes to become, the most frequent one."""
    if len(word) < SHORTEST or not word.isalpha():
        return ""
    slack = 1 if len(word) < 2 * SHORTEST else 2
    # The first letter is hardly ever the wrong one, and narrows the list by an index.
    known = (
        IndexedWord.objects.filter(generation__live=True, text__startswith=word[0])
        .extra(
            where=["length(text) BETWEEN %s AND %s"],
            params=[max(SHORTEST, len(word) - slack), len(word) + slack],
        )
        .order_by("-weight")
        .values_list("text", flat=True)[:CANDIDATES]
    )
    alike = process.extractOne(
        word, list(known), scorer=OSA.normalized_similarity, score_cutoff=LIKENESS
    )
    return alike[0] if alike else ""
