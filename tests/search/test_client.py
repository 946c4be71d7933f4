"""Several nodes at several addresses: one that is down is passed over, one that hangs isn't asked
again in another's name."""

import socket
from contextlib import closing, suppress
from urllib.parse import urlsplit

import pytest
from elasticsearch import ConnectionTimeout  # noqa: TID251 - what it raises

from search import services
from search.engines.elasticsearch.client import client
from search.engines.elasticsearch.engine import breaker
from search.engines.elasticsearch.mapping import index_name
from search.query import SearchQuery
from tests.elasticsearch import own_indices


@pytest.fixture
def closed_port():
    """A port of this machine where nobody listens."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.mark.django_db
def test_a_node_that_is_down_is_passed_over(products, elasticsearch_url, closed_port, settings):
    with own_indices(settings):
        products.put(title="Kettle")
        services.rebuild()
        scheme = urlsplit(elasticsearch_url).scheme
        settings.ELASTICSEARCH_URL = f"{scheme}://127.0.0.1:{closed_port},{elasticsearch_url}"
        breaker.reset()

        answers = [services.search(SearchQuery(text="kettle")) for _number in range(10)]

    assert [(results.total, results.reduced) for results in answers] == [(1, False)] * 10


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("replicas", "made"),
    [
        ("2", {"number_of_shards": "3", "number_of_replicas": "2"}),
        ("0-1", {"number_of_shards": "3", "auto_expand_replicas": "0-1"}),
    ],
)
def test_a_rebuild_makes_as_many_parts_and_copies_as_are_set(
    products, elasticsearch_url, settings, replicas, made
):
    settings.ELASTICSEARCH_SHARDS = 3
    settings.ELASTICSEARCH_REPLICAS = replicas
    with own_indices(settings):
        products.put(title="Kettle")
        services.rebuild()
        [index] = client().indices.get_settings(index=index_name("product")).values()

    assert made.items() <= index["settings"]["index"].items()


def test_a_request_that_hangs_is_not_repeated_elsewhere(settings):
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as one,
        closing(socket.create_server(("127.0.0.1", 0))) as other,
    ):
        addresses = [f"http://127.0.0.1:{each.getsockname()[1]}" for each in (one, other)]
        settings.ELASTICSEARCH_URL = ",".join(addresses)

        with pytest.raises(ConnectionTimeout):
            client().options(request_timeout=0.2).search(index="test-*")

        assert was_asked(one) + was_asked(other) == 1


def was_asked(listener):
    listener.setblocking(False)
    with suppress(BlockingIOError):
        listener.accept()[0].close()
        return True
    return False
