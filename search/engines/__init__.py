"""The engines, and which of them this deployment uses."""

from django.conf import settings
from django.db import connection

from search import outbox
from search.engines.base import Engine, EngineAwayError
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.fts5 import Fts5Engine
from search.engines.postgres import PostgresEngine

DATABASE_ENGINES: dict[str, type[DatabaseEngine]] = {
    "sqlite": Fts5Engine,
    "postgresql": PostgresEngine,
}


def database() -> DatabaseEngine:
    """The engine inside the site's own database; always there and always kept right."""
    return DATABASE_ENGINES[connection.vendor]()


def current(seconds: float | None = None) -> Engine:
    """The engine for one question: Elasticsearch where the settings name one. It has so many
    seconds from now, or ELASTICSEARCH_TIMEOUT, to answer all that the question takes. Raises
    EngineAwayError where it has not taken what was changed: one that can be read but not written,
    or is only just back, must not show what was withdrawn."""
    if not settings.ELASTICSEARCH_URL:
        return database()
    if outbox.is_behind(ElasticsearchEngine.name):
        raise EngineAwayError("Elasticsearch has not taken every change yet.")
    return ElasticsearchEngine(seconds=seconds or settings.ELASTICSEARCH_TIMEOUT)


def kept() -> list[Engine]:
    """Every engine that changes are written to, the one that can't be away first."""
    return [database(), ElasticsearchEngine()] if settings.ELASTICSEARCH_URL else [database()]
