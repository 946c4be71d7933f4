"""SQLite's full text search (FTS5) as the engine. Everything it is asked is made of analysed
terms in double quotes; nothing that was typed is read as its query language."""

from collections.abc import Iterable, Sequence

from django.db.models import BooleanField, FloatField
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce

from search import ranking
from search.analysis import Unit
from search.engines.database import DatabaseEngine, Documents
from search.matching import Words
from search.models import IndexedDocument
from search.thesaurus import Phrase

COLUMNS = "{title_terms keyword_terms summary_terms body_terms}"
# Weights in the order of the table's columns; the last, title_words, is only for completion.
WEIGHTS = [ranking.TITLE, ranking.KEYWORDS, ranking.SUMMARY, ranking.BODY, 0.0]
# FTS5 calls the best match the lowest.
HAS = (
    "search_indexeddocument.id IN "
    "(SELECT rowid FROM search_fulltext WHERE search_fulltext MATCH %s)"
)
RANK = "-bm25(search_fulltext, %s, %s, %s, %s, %s)"
LITERAL_RANK = (
    "(SELECT -bm25(search_fulltext, %s, %s, %s, %s, %s) FROM search_fulltext "
    "WHERE search_fulltext MATCH %s AND rowid = search_indexeddocument.id)"
)


class Fts5Engine(DatabaseEngine):
    def _has(self, words: Words, *, every: bool) -> Combinable:
        return RawSQL(HAS, [_expression(words, every=every)], output_field=BooleanField())  # noqa: S611 - a parameter

    def _ranked(self, words: Words, *, every: bool) -> Documents:
        found = _matched(IndexedDocument.objects.all(), _expression(words, every=every))
        rank = RawSQL(RANK, WEIGHTS, output_field=FloatField())  # noqa: S611 - no input in it
        if words.literal == words:
            return found.annotate(text_rank=rank)
        # Rare synonyms must not outweigh the words themselves, so these are measured alone.
        literal = [*WEIGHTS, _expression(words.literal, every=False)]
        literal_rank = RawSQL(LITERAL_RANK, literal, output_field=FloatField())  # noqa: S611 - parameters
        text_rank = Coalesce(literal_rank, rank * ranking.SYNONYM, output_field=FloatField())
        return found.annotate(text_rank=text_rank)

    def _completing(self, documents: Documents, words: Sequence[str]) -> Documents:
        sought = [_quoted((word,)) for word in words]
        sought[-1] += " *"
        expression = f"{{title_words}} : ({' AND '.join(sought)})"
        rank = RawSQL(RANK, [0.0, 0.0, 0.0, 0.0, 1.0], output_field=FloatField())  # noqa: S611
        return _matched(documents, expression).order_by(rank.desc(), "-pk")


def _matched(documents: Documents, expression: str) -> Documents:
    # The table is virtual and no model's; `extra` joins it and leaves the rest to Django.
    return documents.extra(
        tables=["search_fulltext"],
        where=["search_fulltext.rowid = search_indexeddocument.id", "search_fulltext MATCH %s"],
        params=[expression],
    )


def _expression(words: Words, *, every: bool) -> str:
    units = [_any_spelling(unit) for unit in words.units]
    if not every:
        rewritten = [_any(rewriting.phrases) for rewriting in words.rewritings]
        return f"{COLUMNS} : ({' OR '.join(units + rewritten)})"
    readings = [_all(units)]
    for rewriting in words.rewritings:
        others = [_any_spelling(unit) for unit in words.without(rewriting)]
        readings.append(_all([*others, _any(rewriting.phrases)]))
    return f"{COLUMNS} : ({' OR '.join(readings)})"


def _all(expressions: Iterable[str]) -> str:
    return f"({' AND '.join(expressions)})"


def _any_spelling(unit: Unit) -> str:
    return _any((*unit.spellings, *unit.synonyms))


def _any(phrases: Iterable[Phrase]) -> str:
    return f"({' OR '.join(_quoted(phrase) for phrase in phrases)})"


def _quoted(terms: Sequence[str]) -> str:
    """A phrase of FTS5; a quote can't stand in a term, and would be doubled if it did."""
    return '"{}"'.format(" ".join(terms).replace('"', '""'))
