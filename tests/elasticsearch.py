"""A real Elasticsearch in tests: indices of a test's own, and waiting until they show."""

from contextlib import contextmanager
from uuid import uuid4

from django.conf import settings

from search.engines.elasticsearch.client import client
from search.engines.elasticsearch.engine import breaker
from search.engines.elasticsearch.writing import writing_breaker


@contextmanager
def own_indices(changed):
    """Nobody else's, and gone at the end. A busy machine may take its time to answer. `changed`
    is the fixture that puts settings back."""
    prefix = changed.ELASTICSEARCH_INDEX_PREFIX = f"test-{uuid4().hex}"
    changed.ELASTICSEARCH_TIMEOUT = 20.0
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
        # Only this test's: those of others, which run beside it, may go at any moment.
        own = f"{settings.ELASTICSEARCH_INDEX_PREFIX}-*"
        client().options(request_timeout=60).indices.refresh(index=own, allow_no_indices=True)
