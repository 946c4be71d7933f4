"""SQLite's full text search (FTS5) as the engine. Everything it is asked is made of analysed
terms in double quotes; nothing that was typed is read as its query language."""

from collections.abc import Iterable, Sequence

from django.db.models import F, FloatField
from django.db.models.expressions import RawSQL

from search.analysis import Unit
from search.engines.database import DatabaseEngine, Documents
from search.matching import Words

COLUMNS = "{title_terms head_terms keyword_terms body_terms}"
# In the order of the table's columns; the last, title_words, is only for completion.
RELEVANCE = (
    "-bm25(search_fulltext, 6.0, 8.0, 3.0, 1.0, 0.0) * (1 + 0.3 * search_indexeddocument.score)"
)
COMPLETION = "-bm25(search_fulltext) * (1 + 0.3 * search_indexeddocument.score)"


class Fts5Engine(DatabaseEngine):
    def _matching(self, documents: Documents, words: Words, *, every: bool) -> Documents:
        return _matched(documents, _expression(words, every=every), RELEVANCE)

    def _completing(self, documents: Documents, words: Sequence[str]) -> Documents:
        sought = [_quoted((word,)) for word in words]
        sought[-1] += " *"
        expression = f"{{title_words}} : ({' AND '.join(sought)})"
        return _matched(documents, expression, COMPLETION).order_by(F("relevance").desc(), "-pk")


def _matched(documents: Documents, expression: str, relevance: str) -> Documents:
    # The table is virtual and no model's; `extra` joins it and keeps the rest a queryset.
    ranked = documents.alias(relevance=RawSQL(relevance, [], output_field=FloatField()))  # noqa: S611 - ours
    return ranked.extra(
        tables=["search_fulltext"],
        where=[
            "search_fulltext.rowid = search_indexeddocument.id",
            "search_fulltext MATCH %s",
        ],
        params=[expression],
    )


def _expression(words: Words, *, every: bool) -> str:
    units = [_any_spelling(unit) for unit in words.units]
    if not every:
        return f"{COLUMNS} : ({' OR '.join(units + [_quoted((p,)) for _i, p in words.pairs])})"
    readings = [_all(units)]
    for index, pair in words.pairs:
        others = [_any_spelling(unit) for unit in words.without(index, 2)]
        readings.append(_all([*others, _quoted((pair,))]))
    if len(words.phrase) > 1:
        # Adds nobody, for it implies the first reading; counts in the rank of those it fits.
        readings.append(_quoted(words.phrase))
    return f"{COLUMNS} : ({' OR '.join(readings)})"


def _all(expressions: Iterable[str]) -> str:
    return f"({' AND '.join(expressions)})"


def _any_spelling(unit: Unit) -> str:
    return f"({' OR '.join(_quoted(spelling) for spelling in unit.spellings)})"


def _quoted(terms: Sequence[str]) -> str:
    """A phrase of FTS5; a quote can't stand in a term, and would be doubled if it did."""
    return '"{}"'.format(" ".join(terms).replace('"', '""'))
