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
    ExpressionWrapper,
    F,
    FloatField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from search import indexed, ranking
from search.analysis import index_terms, index_words
from search.choices import Sort
from search.curation import Curated, Key
from search.documents import DocumentType, document_types
from search.engines import database_writing
from search.engines.base import (
    NOT_CURATED,
    Hit,
    Progress,
    Results,
    Suggestion,
    near_wanted,
)
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
LOOKED_AT_FOR_EACH_SIMILAR = 4
# What was chosen first, then what is new: the order where no words say what is sought.
UNSOUGHT = (F("score").desc(), F("selected").desc(), F("published_at").desc(nulls_last=True))


class DatabaseEngine(ABC):
    name = "database"

    @abstractmethod
    def _has(self, words: Words, *, every: bool) -> Combinable:
        """The condition that a document has every word, or any."""

    @abstractmethod
    def _ranked(self, words: Words, *, every: bool) -> Documents:
        """Those for which `_has` holds, with `text_rank`, which is more where words fit better."""

    @abstractmethod
    def _completing(self, documents: Documents, words: Sequence[str]) -> Documents:
        """Those whose title has these words, the last one perhaps unfinished; best first."""

    def search(self, query: SearchQuery, curated: Curated = NOT_CURATED) -> Results:
        words = Words.of(query.text)
        curated = curated if query.sort == Sort.RELEVANCE else NOT_CURATED
        found, nearest = self._found(words, curated, every=True), bool(query.text) and not words
        total = filtered(found, query).count()
        if words and not total:
            found, nearest = self._found(words, curated, every=False), True
            total = filtered(found, query).count()
        start = (query.page - 1) * query.per_page
        page = slice(start, start + query.per_page)
        return Results(
            hits=self._page(query, words, curated, page, every=not nearest),
            near=() if nearest else self._near(query, words, curated, total),
            total=total,
            facets=facets_of(found, query),
            nearest=nearest,
        )

    def _found(self, words: Words, curated: Curated, *, every: bool) -> Documents:
        if not words:
            return _live_documents()
        wanted = Q(self._has(words, every=every))
        return _live_documents().filter(wanted | _is_one_of(curated.first))

    def _page(
        self, query: SearchQuery, words: Words, curated: Curated, part: slice, *, every: bool
    ) -> tuple[Hit, ...]:
        if query.sort in ORDERS or not words:
            order = [ORDERS[Sort(query.sort)]] if query.sort in ORDERS else UNSOUGHT
            found = filtered(self._found(words, curated, every=every), query)
            return _hits(found.order_by(*order, "-pk"), words, part)
        first = _hits(_placed_first(curated, query), words)
        rest = self._by_relevance(words, curated, every=every).exclude(_is_one_of(curated.first))
        after = slice(max(part.start - len(first), 0), max(part.stop - len(first), 0))
        return first[part] + _hits(filtered(rest, query), words, after)

    def _near(
        self, query: SearchQuery, words: Words, curated: Curated, total: int
    ) -> tuple[Hit, ...]:
        limit = near_wanted(query, total)
        if not words or not limit:
            return ()
        others = self._by_relevance(words, curated, every=False).exclude(
            Q(self._has(words, every=True)) | _is_one_of(curated.first)
        )
        return _hits(filtered(others, query), words, slice(0, limit))

    def _by_relevance(self, words: Words, curated: Curated, *, every: bool) -> Documents:
        bonus = _bonus(words)
        if words.literal != words:
            literal = Q(self._has(words.literal, every=True))
            if not words.seek_accessory:
                literal &= Q(is_accessory=False)
                if words.thing_has_other_names:
                    literal &= _is_the_thing(words)
            bonus *= _if(literal, ranking.LITERAL, otherwise=1.0)
        if not words.seek_accessory:
            bonus *= _if(Q(is_accessory=True), ranking.ACCESSORY, otherwise=1.0)
        relevance = ExpressionWrapper(F("text_rank") * bonus, output_field=FloatField())
        found = self._ranked(words, every=every).filter(_is_listed()).annotate(relevance=relevance)
        last = [_if(_is_one_of(curated.last), 1.0)] if curated.last else []
        return found.order_by(*last, F("relevance").desc(), "-pk")

    def suggest(self, text: str, *, kinds: Sequence[str], limit: int) -> list[Suggestion]:
        words = index_words(text)
        if not words:
            return []
        rows: list[IndexedDocument] = []
        for kind in document_types():
            if not kinds or kind in kinds:
                documents = _generations_live().filter(kind=kind)
                rows += self._completing(documents, words)[:limit]
        return [Suggestion(row.title, row.url, row.kind, row.picture_url) for row in rows]

    def similar(
        self, *, kind: str, object_id: int, kinds: Sequence[str], limit: int
    ) -> tuple[Hit, ...]:
        like = _live_documents().filter(kind=kind, object_id=object_id).first()
        if like is None:
            return ()
        words = Words.alike(like.title_terms, like.head_terms)
        others = self._by_relevance(words, NOT_CURATED, every=False).exclude(pk=like.pk)
        found = filtered(others, SearchQuery(kinds=tuple(kinds)))
        hits = _hits(found, Words(()), slice(0, LOOKED_AT_FOR_EACH_SIMILAR * limit))
        return tuple(hit for hit in hits if _has_much_of(hit, words))[:limit]

    def prepare(self, document_types: Iterable[DocumentType]) -> None:  # noqa: B027 - see below
        """Its tables came with the site's first migration, so that every change is noted in
        them. `rebuild_search` is for a site that has had other tables."""

    def refresh(self, document_type: DocumentType, object_ids: Sequence[int]) -> None:
        database_writing.refresh(document_type, object_ids)

    def fingerprints(
        self, document_type: DocumentType, *, after: int, limit: int
    ) -> dict[int, str]:
        return indexed.fingerprints_after(document_type.kind, after, limit)

    def fingerprints_of(
        self, document_type: DocumentType, object_ids: Sequence[int]
    ) -> dict[int, str]:
        return indexed.fingerprints_of(document_type.kind, object_ids)

    def rebuild(self, document_type: DocumentType, on_progress: Progress) -> int:
        return database_writing.rebuild(document_type, on_progress)


def _generations_live() -> Documents:
    return IndexedDocument.objects.filter(generation__live=True)


def _live_documents() -> Documents:
    return _generations_live().filter(_is_listed())


def _is_listed() -> Q:
    listed = [kind for kind, each in document_types().items() if each.listed]
    return Q(generation__live=True, kind__in=listed)


def _is_one_of(keys: Iterable[Key]) -> Q:
    """Holds for nothing where there are no keys."""
    condition = Q(pk__in=())
    for kind, object_id in keys:
        condition |= Q(kind=kind, object_id=object_id)
    return condition


def _placed_first(curated: Curated, query: SearchQuery) -> Documents:
    places = [
        When(kind=kind, object_id=object_id, then=Value(place))
        for place, (kind, object_id) in enumerate(curated.first)
    ]
    if not places:
        return _live_documents().none()
    found = _live_documents().filter(_is_one_of(curated.first))
    return filtered(found, query).order_by(Case(*places, default=Value(0)))


def _bonus(words: Words) -> Combinable:
    """What the text's rank is multiplied by; ranking.py has the formula."""
    bonus = 1.0 + F("score") * ranking.CHOSEN + _if(_is_the_thing(words), ranking.HEAD)
    bonus += _if(Q(published_at__gte=ranking.new_since()), ranking.NEW)
    if len(words.phrase) > 1:
        in_order = Q(title_terms__contains=f" {' '.join(words.phrase)} ")
        bonus += _if(in_order, ranking.PHRASE)
    return bonus


def _has_much_of(hit: Hit, words: Words) -> bool:
    """Two words in common; one is too often chance ('mini')."""
    own = {term for text in (hit.title, hit.summary) for term in index_terms(text)}
    return len(words.terms & own) >= min(2, len(words.units))


def _is_the_thing(words: Words) -> Q:
    condition = Q(head_terms__contains=f" {words.last[0]} ")
    for term in words.last[1:]:
        condition |= Q(head_terms__contains=f" {term} ")
    return condition


def _if(condition: Q, value: float, *, otherwise: float = 0.0) -> Case:
    return Case(When(condition, then=Value(value)), default=Value(otherwise))


def _hits(documents: Documents, words: Words, part: slice = slice(None)) -> tuple[Hit, ...]:
    """This part of what was found. Ordered by little before whole rows are read."""
    columns = ["pk", "relevance"] if "relevance" in documents.query.annotations else ["pk"]
    page = list(documents.values_list(*columns)[part])
    rows = IndexedDocument.objects.in_bulk([pk for pk, *_relevance in page])
    # A row may have gone since the page was read.
    return tuple(
        _hit(rows[pk], words, relevance=sum(relevance)) for pk, *relevance in page if pk in rows
    )


def _hit(row: IndexedDocument, words: Words, *, relevance: float) -> Hit:
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
        relevance=relevance,
    )
