from collections.abc import Iterable, Sequence
from time import monotonic
from typing import Any

from circuitbreaker import CircuitBreaker, CircuitBreakerError
from django.conf import settings

from search.analysis import index_words
from search.curation import Curated
from search.documents import DocumentType, document_types
from search.engines.base import (
    NOT_CURATED,
    EngineAwayError,
    Hit,
    Progress,
    Results,
    Suggestion,
    near_wanted,
)
from search.engines.elasticsearch import fingerprints, writing
from search.engines.elasticsearch.client import errors_translated, patient_client
from search.engines.elasticsearch.mapping import hit_of, index_name
from search.engines.elasticsearch.requests import (
    facets_from,
    near_request,
    search_request,
    similar_request,
    suggest_request,
)
from search.matching import Words
from search.query import SearchQuery

SHORTEST_WAIT = 0.05  # seconds
# After so many failures in a row nobody waits for Elasticsearch any more; after so many seconds
# the next one to search tries it again.
breaker = CircuitBreaker(
    failure_threshold=2,
    recovery_timeout=3,
    expected_exception=EngineAwayError,
    name="searching Elasticsearch",
)


class ElasticsearchEngine:
    name = "elasticsearch"

    def __init__(self, *, seconds: float | None = None) -> None:
        """`seconds` are for all that this one is asked together; without them each request has
        the ELASTICSEARCH_TIMEOUT of the settings."""
        self._deadline = None if seconds is None else monotonic() + seconds

    def search(self, query: SearchQuery, curated: Curated = NOT_CURATED) -> Results:
        words = Words.of(query.text)
        indices = _indices(query.kinds)
        if not indices:
            return Results(hits=(), total=0)
        found = self._answer(indices, search_request(query, words, curated))
        total = found["hits"]["total"]["value"]
        near: tuple[Hit, ...] = ()
        if words and not total:
            found = self._answer(indices, search_request(query, words, curated, every=False))
        elif words and (limit := near_wanted(query, total)):
            request = near_request(query, words, curated, limit=limit)
            near = _hits(self._answer(indices, request), words)
        return Results(
            hits=_hits(found, words),
            near=near,
            total=found["hits"]["total"]["value"],
            facets=facets_from(found["aggregations"]),
            nearest=bool(query.text) and not (words and total),
        )

    def suggest(self, text: str, *, kinds: Sequence[str], limit: int) -> list[Suggestion]:
        words = index_words(text)
        indices = _indices(kinds, suggested=True)
        if not words or not indices:
            return []
        found = self._answer(indices, suggest_request(words, limit))
        return [
            _suggestion(hit["_source"])
            for best_of_kind in found["hits"]["hits"]
            for hit in best_of_kind["inner_hits"]["best"]["hits"]["hits"]
        ]

    def similar(
        self, *, kind: str, object_id: int, kinds: Sequence[str], limit: int
    ) -> tuple[Hit, ...]:
        like = [{"_index": index_name(kind), "_id": str(object_id)}]
        found = self._answer(_indices(kinds), similar_request(like, limit))
        return _hits(found, Words(()))

    def prepare(self, document_types: Iterable[DocumentType]) -> None:
        writing.prepare(document_types)

    def refresh(self, document_type: DocumentType, object_ids: Sequence[int]) -> None:
        writing.refresh(document_type, object_ids)

    def fingerprints(
        self, document_type: DocumentType, *, after: int, limit: int
    ) -> dict[int, str]:
        return fingerprints.after(document_type, after, limit)

    def fingerprints_of(
        self, document_type: DocumentType, object_ids: Sequence[int]
    ) -> dict[int, str]:
        return fingerprints.of(document_type, object_ids)

    def rebuild(self, document_type: DocumentType, on_progress: Progress) -> int:
        return writing.rebuild(document_type, on_progress)

    def _answer(self, indices: Sequence[str], request: dict[str, Any]) -> dict[str, Any]:
        """Raises EngineAwayError, at once while the last answers were none."""
        try:
            answer: dict[str, Any] = _ask(indices, request, self._seconds_left())
        except CircuitBreakerError as error:
            raise EngineAwayError(str(error)) from error
        return answer

    def _seconds_left(self) -> float:
        if self._deadline is None:
            return float(settings.ELASTICSEARCH_TIMEOUT)
        return max(self._deadline - monotonic(), SHORTEST_WAIT)


def _indices(kinds: Sequence[str], *, suggested: bool = False) -> list[str]:
    return [
        index_name(kind)
        for kind, document_type in document_types().items()
        if (not kinds or kind in kinds) and (document_type.listed or suggested)
    ]


def _hits(found: dict[str, Any], words: Words) -> tuple[Hit, ...]:
    return tuple(
        hit_of(hit["_source"], words, relevance=hit["_score"] or 0.0)
        for hit in found["hits"]["hits"]
    )


def _suggestion(source: dict[str, Any]) -> Suggestion:
    shown = source["shown"]
    return Suggestion(shown["title"], shown["url"], source["kind"], shown["picture_url"])


@breaker
def _ask(indices: Sequence[str], request: dict[str, Any], seconds: float) -> dict[str, Any]:
    with errors_translated():
        response = patient_client(seconds).search(
            index=list(indices),
            # A word is as rare as it is in all the indices together, not in each.
            search_type="dfs_query_then_fetch",
            allow_partial_search_results=False,
            **request,
        )
    return dict(response.body)
