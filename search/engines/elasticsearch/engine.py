from collections.abc import Iterable, Sequence
from time import monotonic
from typing import Any

from circuitbreaker import CircuitBreaker, CircuitBreakerError
from django.conf import settings

from search.analysis import index_words
from search.documents import DocumentType, document_types
from search.engines.base import EngineAwayError, Progress, Results, Suggestion
from search.engines.elasticsearch import writing
from search.engines.elasticsearch.client import client, errors_translated
from search.engines.elasticsearch.mapping import hit_of, index_name
from search.engines.elasticsearch.requests import (
    facets_from,
    search_request,
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

    def search(self, query: SearchQuery) -> Results:
        words = Words.of(query.text)
        indices = _indices(query.kinds)
        if not indices:
            return Results(hits=(), total=0)
        found = self._answer(indices, search_request(query, words, every=True))
        nearest = bool(query.text) and not words
        if words and not found["hits"]["total"]["value"]:
            found, nearest = self._answer(indices, search_request(query, words, every=False)), True
        return Results(
            hits=tuple(hit_of(hit["_source"], words) for hit in found["hits"]["hits"]),
            total=found["hits"]["total"]["value"],
            facets=facets_from(found["aggregations"]),
            nearest=nearest,
        )

    def suggest(self, text: str, *, kinds: Sequence[str], limit: int) -> list[Suggestion]:
        words = index_words(text)
        indices = _indices(kinds)
        if not words or not indices:
            return []
        found = self._answer(indices, suggest_request(words, limit))
        sources = [hit["_source"] for hit in found["hits"]["hits"]]
        return [
            Suggestion(
                source["shown"]["title"],
                source["shown"]["url"],
                source["kind"],
                source["shown"]["picture_url"],
            )
            for source in sources
        ]

    def prepare(self, document_types: Iterable[DocumentType]) -> None:
        writing.prepare(document_types)

    def refresh(self, document_type: DocumentType, object_ids: Sequence[int]) -> None:
        writing.refresh(document_type, object_ids)

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


def _indices(kinds: Sequence[str]) -> list[str]:
    return [index_name(kind) for kind in document_types() if not kinds or kind in kinds]


@breaker
def _ask(indices: Sequence[str], request: dict[str, Any], seconds: float) -> dict[str, Any]:
    with errors_translated():
        response = (
            client()
            .options(request_timeout=seconds)
            .search(
                index=list(indices),
                # A word is as rare as it is in all the indices together, not in each.
                search_type="dfs_query_then_fetch",
                allow_partial_search_results=False,
                **request,
            )
        )
    return dict(response.body)
