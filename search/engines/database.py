"""The index inside the site's own database: no server of its own, right the moment a change is
drained. It is meant for one machine and small shops, and answers where Elasticsearch is away.

What is the same on SQLite and PostgreSQL stands here; matching and ranking words are theirs
(fts5.py, postgres.py).
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from django.db.models import (
    Case,
    Expression,
    ExpressionWrapper,
    F,
    FloatField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from search import ranking
from search.analysis import index_words
from search.choices import Sort
from search.documents import DocumentType
from search.engines import database_writing
from search.engines.base import Hit, Progress, Results, Suggestion
from search.engines.database_facets import facets_of, filtered
from search.matching import Words
from search.models import IndexedDocument
from search.query import SearchQuery
from search.snippets import marked, snippet

Documents: TypeAlias = "QuerySet[IndexedDocument]"
ORDERS = {
    Sort.NEWEST: F("published_at").desc(nulls_last=True),
    Sort.PRICE_UP: F("price").asc(nulls_last=True),
    Sort.PRICE_DOWN: F("price").desc(nulls_last=True),
}
# What was chosen first, then what is new: the order where no words say what is sought.
UNSOUGHT = (F("score").desc(), F("selected").desc(), F("published_at").desc(nulls_last=True))


class DatabaseEngine(ABC):
    name = "database"

    @abstractmethod
    def _matching(self, documents: Documents, words: Words, *, every: bool) -> Documents:
        """Those with every word of the query, or with any."""

    @abstractmethod
    def _text_rank(self, words: Words) -> Expression:
        """How well the words fit a document that `_matching` let through; more is better."""

    @abstractmethod
    def _completing(self, documents: Documents, words: Sequence[str]) -> Documents:
        """Those whose title has these words, the last one perhaps unfinished; best first."""

    def search(self, query: SearchQuery) -> Results:
        words = Words.of(query.text)
        found, nearest = self._found(_live_documents(), query, words)
        narrowed = filtered(found, query)
        start = (query.page - 1) * query.per_page
        ordered = self._ordered(narrowed, query, words).values_list("pk", flat=True)
        page = list(ordered[start : start + query.per_page])
        return Results(
            hits=_hits(page, words),
            total=narrowed.count(),
            facets=facets_of(found, query),
            nearest=nearest,
        )

    def _found(
        self, documents: Documents, query: SearchQuery, words: Words
    ) -> tuple[Documents, bool]:
        if not words:
            return documents, bool(query.text)
        strict = self._matching(documents, words, every=True)
        if filtered(strict, query).exists():
            return strict, False
        return self._matching(documents, words, every=False), True

    def _ordered(self, documents: Documents, query: SearchQuery, words: Words) -> Documents:
        if query.sort in ORDERS:
            return documents.order_by(ORDERS[Sort(query.sort)], "-pk")
        if not words:
            return documents.order_by(*UNSOUGHT, "-pk")
        relevance = ExpressionWrapper(
            self._text_rank(words) * _bonus(words), output_field=FloatField()
        )
        return documents.order_by(relevance.desc(), "-pk")

    def suggest(self, text: str, *, kinds: Sequence[str], limit: int) -> list[Suggestion]:
        words = index_words(text)
        if not words:
            return []
        documents = filtered(_live_documents(), SearchQuery(kinds=tuple(kinds)))
        found = self._completing(documents, words)[:limit]
        return [Suggestion(row.title, row.url, row.kind, row.picture_url) for row in found]

    def prepare(self, document_types: Iterable[DocumentType]) -> None:  # noqa: B027 - see below
        """Its tables came with the site's first migration, so that every change is noted in
        them. `rebuild_search` is for a site that has had other tables."""

    def refresh(self, document_type: DocumentType, object_ids: Sequence[int]) -> None:
        database_writing.refresh(document_type, object_ids)

    def rebuild(self, document_type: DocumentType, on_progress: Progress) -> int:
        return database_writing.rebuild(document_type, on_progress)


def _live_documents() -> Documents:
    return IndexedDocument.objects.filter(generation__live=True)


def _bonus(words: Words) -> Combinable:
    """What the text's rank is multiplied by; ranking.py has the formula."""
    is_the_thing = Q(head_terms__contains=f" {words.last[0]} ")
    for term in words.last[1:]:
        is_the_thing |= Q(head_terms__contains=f" {term} ")
    bonus = 1.0 + F("score") * ranking.CHOSEN + _if(is_the_thing, ranking.HEAD)
    if len(words.phrase) > 1:
        in_order = Q(title_terms__contains=f" {' '.join(words.phrase)} ")
        bonus += _if(in_order, ranking.PHRASE)
    return bonus


def _if(condition: Q, bonus: float) -> Case:
    return Case(When(condition, then=Value(bonus)), default=Value(0.0))


def _hits(page: Sequence[int], words: Words) -> tuple[Hit, ...]:
    rows = IndexedDocument.objects.in_bulk(page)
    # A row may have gone since the page was read.
    return tuple(_hit(rows[pk], words) for pk in page if pk in rows)


def _hit(row: IndexedDocument, words: Words) -> Hit:
    return Hit(
        kind=row.kind,
        object_id=row.object_id,
        title=row.title,
        url=row.url,
        reference=row.reference,
        summary=row.summary,
        category_path=tuple(row.category_path.strip("/").split("/")),
        brand=row.brand,
        merchant=row.merchant,
        merchant_slug=row.merchant_slug,
        price=row.price,
        currency=row.currency,
        picture_url=row.picture_url,
        has_video=row.has_video,
        selected=row.selected,
        score=row.score,
        published_at=row.published_at,
        title_html=marked(row.title, words.terms),
        snippet_html=snippet((row.summary, row.body), words.terms),
    )
