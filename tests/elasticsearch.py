"""A real Elasticsearch in tests: indices of a test's own, and waiting until they show."""

from contextlib import contextmanager
from uuid import uuid4

from search.engines.elasticsearch.client import client
from search.engines.elasticsearch.engine import breaker
from search.engines.elasticsearch.writing import writing_breaker


@contextmanager
def own_indices(settings):
    """Nobody else's, and gone at the end. A busy machine may take its time to answer."""
    prefix = settings.ELASTICSEARCH_INDEX_PREFIX = f"test-{uuid4().hex}"
    settings.ELASTICSEARCH_TIMEOUT = 20.0
    breaker.reset()
    writing_breaker.reset()
    server = client().options(request_timeout=60)
    try:
        yield
    finally:
        for index in server.indices.get(index=f"{prefix}-*", allow_no_indices=True):
            server.indices.delete(index=index)
        server.options(ignore_status=404).indices.delete_index_template(name=prefix)


def settle(engine):
    """Make what was written show now; the server does so within a second by itself."""
    if engine.name == "elasticsearch":
        client().options(request_timeout=60).indices.refresh(index="test-*", allow_no_indices=True)
