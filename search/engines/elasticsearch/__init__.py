"""Elasticsearch as the engine: one index for each kind of document, behind an alias."""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
