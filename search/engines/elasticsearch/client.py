"""The connection to Elasticsearch, and what its errors mean to the rest of search."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from math import ceil

from django.conf import settings
from elastic_transport.client_utils import DEFAULT
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.serializer import OrjsonSerializer

from search.engines.base import EngineAwayError, IndexMissingError

SERIALIZER = OrjsonSerializer()
JSON = "application/vnd.elasticsearch+json"
STEP = 0.02  # seconds
WRITE_TIMEOUT = 20
"""Seconds that a write may take; nobody waits at a page for it."""


def client() -> Elasticsearch:
    """The client for what the settings name; safe to share between threads."""
    return _client(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_CA_CERTS)


def patient_client(seconds: float) -> Elasticsearch:
    """The same with a limit on each request, to the next STEP."""
    steps = ceil(seconds / STEP)
    return _patient(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_CA_CERTS, steps)


def forget_connections() -> None:
    """In a process just forked: its parent's connections are the parent's."""
    _patient.cache_clear()
    _client.cache_clear()


@contextmanager
def errors_translated() -> Iterator[None]:
    """Raises EngineAwayError for everything that a later try or another engine may answer.
    What is wrong with a request of ours stays an ApiError."""
    try:
        yield
    except TransportError as error:
        raise EngineAwayError(f"Elasticsearch does not answer: {error}") from error
    except ApiError as error:
        if error.error in {"index_not_found_exception", "aliases_not_found_exception"}:
            raise IndexMissingError(str(error)) from error
        if error.meta.status in {401, 403, 429} or error.meta.status >= 500:
            raise EngineAwayError(f"Elasticsearch refuses: {error}") from error
        raise


@lru_cache(maxsize=256)  # making one anew for each search costs more than the search's JSON
def _patient(url: str, ca_certs: str, steps: int) -> Elasticsearch:
    return _client(url, ca_certs).options(request_timeout=steps * STEP)


@lru_cache(maxsize=4)
def _client(url: str, ca_certs: str) -> Elasticsearch:
    # Each caller states its own timeout. A node that takes no connection is passed over at once
    # for the next. Nothing else is tried twice here, for that belongs to the outbox and to the
    # database engine: repeating a request that hung only makes a shopper wait twice.
    nodes = url.split(",")
    return Elasticsearch(
        nodes,
        # The library takes an authority as a mistake where there is no TLS; such a server is
        # found not to answer instead.
        ca_certs=ca_certs if ca_certs and url.startswith("https:") else DEFAULT,
        serializers={JSON: SERIALIZER},
        max_retries=len(nodes) - 1,
        retry_on_status=(),
        retry_on_timeout=False,
    )
