"""The site's user of Elasticsearch has only the rights it needs, and a connection that isn't
what it should be is none. Runs on what ops/services starts, secured as in production."""

import os
from urllib.parse import urlsplit
from uuid import uuid4

import certifi
import pytest
from elasticsearch import ApiError, AuthorizationException, TransportError  # noqa: TID251 - refused
from elasticsearch import ConnectionError as NotConnectedError  # noqa: TID251 - by it itself

from search import services
from search.engines.elasticsearch.client import client
from search.engines.elasticsearch.engine import breaker
from search.engines.elasticsearch.writing import writing_breaker
from search.models import OutboxEntry
from search.query import SearchQuery
from tests.elasticsearch import own_indices

pytestmark = pytest.mark.django_db
JSON = {"content-type": "application/json", "accept": "application/json"}


@pytest.fixture
def url(elasticsearch_url, settings):
    """The address of a server that has security on; indices there of this test's own."""
    if not elasticsearch_url.startswith("https:"):
        pytest.skip("ELASTICSEARCH_URL names a server without TLS")
    with own_indices(settings):
        yield elasticsearch_url


@pytest.fixture
def administrator(url, settings):
    """A connection that may do everything."""
    address = os.environ.get("ELASTICSEARCH_ADMIN_URL")
    if not address:
        pytest.skip("ELASTICSEARCH_ADMIN_URL names no administrator of Elasticsearch")
    settings.ELASTICSEARCH_URL = address
    connection = client().options(request_timeout=60)
    settings.ELASTICSEARCH_URL = url
    return connection


@pytest.fixture
def private(administrator):
    """Somebody else's index, with a document."""
    name = f"private-{uuid4().hex}"
    administrator.index(index=name, id="1", document={"secret": "salary"}, refresh=True)
    yield name
    administrator.indices.delete(index=name)


@pytest.mark.parametrize(
    "reach",
    [
        lambda server, name: server.search(index=name),
        lambda server, name: server.get(index=name, id="1"),
        lambda server, name: server.index(index=name, document={"secret": "none"}),
        lambda server, name: server.delete(index=name, id="1"),
        lambda server, name: server.indices.delete(index=name),
        lambda server, name: server.indices.get_mapping(index=name),
        lambda server, name: server.indices.put_alias(index=name, name=f"test-{name}"),
        lambda server, name: server.indices.create(index=f"{name}-2"),
    ],
    ids=["search", "get", "index", "delete", "drop", "mapping", "alias", "create"],
)
def test_somebody_elses_index_is_out_of_reach(private, administrator, reach):
    with pytest.raises(AuthorizationException):
        reach(client(), private)

    assert administrator.get(index=private, id="1")["_source"] == {"secret": "salary"}


def test_searching_everything_finds_nothing_of_others(private, administrator):
    def indices(server):
        return {hit["_index"] for hit in server.search(index="*", size=100)["hits"]["hits"]}

    assert private in indices(administrator.options(request_timeout=60))
    assert private not in indices(client().options(request_timeout=60))


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/_security/user", None),
        ("PUT", "/_security/user/intruder", {"password": "intruder", "roles": ["superuser"]}),
        ("PUT", "/_security/role/intruder", {"cluster": ["all"]}),
        ("POST", "/_security/api_key", {"name": "intruder"}),
        (
            "PUT",
            "/_cluster/settings",
            {"persistent": {"cluster.routing.allocation.enable": "none"}},
        ),
        ("GET", "/_nodes", None),
        ("PUT", "/_snapshot/intruder", {"type": "fs", "settings": {"location": "intruder"}}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_cluster_is_not_the_sites_to_manage(url, method, path, body):
    with pytest.raises(AuthorizationException):
        client().perform_request(method, path, headers=JSON, body=body)


@pytest.mark.parametrize(
    ("refused", "change"),
    [
        (ApiError, {"user": "auditorium:wrong"}),
        (ApiError, {"user": "nobody:wrong"}),
        (NotConnectedError, {"scheme": "http"}),
        (TransportError, {"authority": certifi.where()}),
    ],
    ids=["wrong password", "unknown user", "without TLS", "another authority"],
)
class TestAConnectionThatIsNotRight:
    @pytest.fixture
    def connect_wrongly(self, url, settings, change):
        def connect_wrongly():
            scheme = change.get("scheme", "https")
            place = urlsplit(url).netloc
            user, _at, host = place.rpartition("@")
            settings.ELASTICSEARCH_URL = f"{scheme}://{change.get('user', user)}@{host}"
            authority = settings.ELASTICSEARCH_CA_CERTS
            settings.ELASTICSEARCH_CA_CERTS = change.get("authority", authority)

        yield connect_wrongly
        settings.ELASTICSEARCH_URL = url
        breaker.reset()
        writing_breaker.reset()

    def test_is_refused(self, connect_wrongly, refused):
        connect_wrongly()

        with pytest.raises(refused):
            client().search(index="test-*")

    def test_search_answers_from_the_database(self, products, connect_wrongly, refused):
        products.put(title="Kettle")
        services.rebuild()
        assert not services.search(SearchQuery(text="kettle")).reduced

        connect_wrongly()

        results = services.search(SearchQuery(text="kettle"))
        assert (results.reduced, results.total) == (True, 1)

    def test_changes_wait(self, products, connect_wrongly, refused):
        kettle = products.put(title="Kettle")
        connect_wrongly()

        services.note_changes(kind="product", object_ids=[kettle.object_id])
        services.drain_outbox()

        assert [entry.engine for entry in OutboxEntry.objects.all()] == ["elasticsearch"]
