"""PostgreSQL's full text search as the engine. The terms are analysed by us; PostgreSQL only
splits them at spaces ('simple')."""

from collections.abc import Iterable, Sequence

from django.db.models import BooleanField, F, FloatField
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Greatest, Length

from search import ranking
from search.analysis import Unit
from search.engines.database import DatabaseEngine, Documents
from search.matching import Words
from search.models import IndexedDocument
from search.thesaurus import Phrase

# Weights of body, summary, keywords and title; 1: the longer the text, the less a word in it.
HAS = "search_indexeddocument.terms @@ to_tsquery('simple', %s)"
RANK = "ts_rank(%s::float4[], search_indexeddocument.terms, to_tsquery('simple', %s), 1)"
WEIGHTS = [
    weight / ranking.TITLE
    for weight in (ranking.BODY, ranking.SUMMARY, ranking.KEYWORDS, ranking.TITLE)
]


class PostgresEngine(DatabaseEngine):
    def _has(self, words: Words, *, every: bool) -> Combinable:
        return RawSQL(HAS, [_expression(words, every=every)], output_field=BooleanField())  # noqa: S611 - a parameter

    def _ranked(self, words: Words, *, every: bool) -> Documents:
        rank = _rank(words)
        if words.literal != words:
            # ts_rank divides by the number of words asked for, and synonyms are many.
            share = len(words.terms) / len(words.literal.terms)
            rank = Greatest(_rank(words.literal), rank * ranking.SYNONYM * share)
        found = IndexedDocument.objects.filter(self._has(words, every=every))
        return found.annotate(text_rank=rank)

    def _completing(self, documents: Documents, words: Sequence[str]) -> Documents:
        sought = [_quoted((word,)) for word in words]
        sought[-1] += ":*"
        return documents.extra(
            where=["search_indexeddocument.words @@ to_tsquery('simple', %s)"],
            params=[" & ".join(sought)],
        ).order_by(F("score").desc(), Length("title"), "-pk")


def _rank(words: Words) -> Combinable:
    parameters = [WEIGHTS, _expression(words, every=False)]
    return RawSQL(RANK, parameters, output_field=FloatField())  # noqa: S611 - parameters


def _expression(words: Words, *, every: bool) -> str:
    units = [_any_spelling(unit) for unit in words.units]
    if not every:
        return " | ".join(units + [_any(each.phrases) for each in words.rewritings])
    readings = [_all(units)]
    for rewriting in words.rewritings:
        others = [_any_spelling(unit) for unit in words.without(rewriting)]
        readings.append(_all([*others, _any(rewriting.phrases)]))
    return " | ".join(readings)


def _all(expressions: Iterable[str]) -> str:
    return f"({' & '.join(expressions)})"


def _any_spelling(unit: Unit) -> str:
    return _any((*unit.spellings, *unit.synonyms))


def _any(phrases: Iterable[Phrase]) -> str:
    return f"({' | '.join(_quoted(phrase) for phrase in phrases)})"


def _quoted(terms: Sequence[str]) -> str:
    """Terms one after another; quotes and backslashes can't stand in a term, and would be
    doubled if they did."""
    escaped = [term.replace("\\", "\\\\").replace("'", "''") for term in terms]
    phrase = " <-> ".join(f"'{term}'" for term in escaped)
    return f"({phrase})" if len(escaped) > 1 else phrase
