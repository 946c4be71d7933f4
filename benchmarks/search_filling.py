"""Filling the index of Elasticsearch anew, and all indices, and beside it the client library's own
bulk helper with the same documents. Run inside a shop's environment; prints the seconds that each
took."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import django
from elasticsearch import Elasticsearch, helpers  # noqa: TID251 - the reference

django.setup()

from django.conf import settings  # noqa: E402 - Django is set up first

from benchmarks.search_shop import connection  # noqa: E402
from search import services  # noqa: E402

KIND = "product"


def measure() -> dict[str, float]:
    """Seconds by the clock."""
    services.rebuild()  # what a process learns once, it has learnt
    server = connection().options(request_timeout=60)
    live = f"{settings.ELASTICSEARCH_INDEX_PREFIX}-{KIND}"
    documents = [hit["_source"] for hit in helpers.scan(server, index=live, size=1000)]
    return {
        "documents": len(documents),
        "bare": _seconds(lambda: _bulk(server, f"{live}-bare", documents)),
        "elasticsearch": _seconds(lambda: services.rebuild(engine_names=["elasticsearch"])),
        "everything": _seconds(services.rebuild),
        "bare again": _seconds(lambda: _bulk(server, f"{live}-bare", documents)),
    }


def _bulk(server: Elasticsearch, index: str, documents: list[dict[str, Any]]) -> None:
    """As its documentation shows, with nothing tuned."""
    server.options(ignore_status=404).indices.delete(index=index)
    server.indices.create(index=index)
    helpers.bulk(server, _actions(index, documents))
    server.indices.refresh(index=index)


def _actions(index: str, documents: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for document in documents:
        yield {"_index": index, "_id": str(document["object_id"]), "_source": document}


def _seconds(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


if __name__ == "__main__":
    json.dump(measure(), sys.stdout)
