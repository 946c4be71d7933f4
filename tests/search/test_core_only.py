"""Nothing that search asks of Elasticsearch depends on more than its core, so that the small build
that tests run and the stock one in production give the same answers."""

import os

import pytest

from search.engines.elasticsearch.client import client
from search.engines.elasticsearch.mapping import template

# What the server has by itself, without any of its modules.
CORE_TYPES = {
    *("alias", "binary", "boolean", "byte", "completion", "date", "dense_vector", "double"),
    *("float", "integer", "ip", "keyword", "long", "nested", "object", "short", "text"),
}
CORE_ANALYZERS = {"keyword", "simple", "standard", "stop", "whitespace"}
# What a node can't do without, to talk and to be secured; nothing that analyses or searches.
SMALL_BUILD = {"apm", "transport-netty4", "x-pack-core", "x-pack-security"}


def fields(mapping):
    for field in mapping.get("properties", {}).values():
        yield field
        yield from fields(field)
        yield from field.get("fields", {}).values()


def test_fields_are_of_the_cores_types():
    mappings = template("test")["template"]["mappings"]

    found = list(fields(mappings))
    assert found
    assert {field["type"] for field in found} <= CORE_TYPES
    assert {field["analyzer"] for field in found if "analyzer" in field} <= CORE_ANALYZERS
    assert "runtime" not in mappings


def test_analysis_is_not_the_servers():
    assert "analysis" not in template("test")["template"]["settings"]


def test_the_requests_of_all_these_tests_were_answered_without_modules(elasticsearch_url, settings):
    """tests/contracts sends every request there is to this server."""
    settings.ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_ADMIN_URL", elasticsearch_url)
    server = client().options(request_timeout=20)

    nodes = server.nodes.info(metric="plugins")["nodes"].values()
    modules = {module["name"] for node in nodes for module in node["modules"]}
    if "analysis-common" in modules:
        pytest.skip("these tests run on the stock distribution, which has all modules")
    assert modules <= SMALL_BUILD
    assert not any(node["plugins"] for node in nodes)
