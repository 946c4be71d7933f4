"""Writing to Elasticsearch. Every document carries the number of the reading it comes from as
its version: a write that was under way for long is refused where a later reading already is."""

import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from circuitbreaker import CircuitBreaker, CircuitBreakerError
from django.conf import settings
from elasticsearch import Elasticsearch, NotFoundError

from search.documents import DocumentType
from search.engines.base import EngineAwayError, IndexMissingError, Progress
from search.engines.elasticsearch.client import (
    SERIALIZER,
    WRITE_TIMEOUT,
    client,
    errors_translated,
)
from search.engines.elasticsearch.mapping import SHOWN_AFTER, index_name, source_of, template
from search.engines.elasticsearch.sharing import work_off
from search.models import Reading

BATCH = 500
ABANDONED_AFTER = timedelta(minutes=30)
"""A first filling that began so long ago and didn't end is begun anew."""
PRESENCE_TIMEOUT = 3
"""Seconds to find out whether Elasticsearch is there."""
writing_breaker = CircuitBreaker(
    failure_threshold=1,
    recovery_timeout=3,
    expected_exception=EngineAwayError,
    name="writing to Elasticsearch",
)
logger = logging.getLogger(__name__)


class DocumentRejectedError(Exception):
    """Elasticsearch won't take a document as it is."""


def prepare(document_types: Iterable[DocumentType]) -> None:
    """Fill each kind that has no live index, unless someone else is at it. Raises
    EngineAwayError, at once while Elasticsearch was away a moment ago: workers have other work
    than waiting for it."""
    try:
        there = _all_aliases()
    except CircuitBreakerError as error:
        raise EngineAwayError(str(error)) from error
    with errors_translated():
        for document_type in document_types:
            if index_name(document_type.kind) not in there:
                _fill_for_the_first_time(_writer(), document_type)


def refresh(document_type: DocumentType, object_ids: Sequence[int]) -> None:
    """Write these objects as they are now into the live index and any being filled."""
    with errors_translated():
        elasticsearch = _writer()
        targets = _aliases(elasticsearch, document_type.kind)
        if index_name(document_type.kind) not in targets:
            raise IndexMissingError(f"Elasticsearch has no index of the kind {document_type.kind}.")
        # By their own names: an alias takes no writes while two indices share it.
        indices = sorted({index for behind in targets.values() for index in behind})
        _write(elasticsearch, indices, document_type, object_ids, _draw_reading())


def rebuild(document_type: DocumentType, on_progress: Progress) -> int:
    """Fill a new index beside the live one, then swap them. The last one to begin goes on; one
    that was under way ends with EngineAwayError."""
    with errors_translated():
        index = _new_index(_writer(), document_type.kind)
        # One number for all: a change noted meanwhile draws a higher one and goes over it.
        work = partial(_write_batch, index, document_type, _draw_reading())
        ids = list(document_type.all_ids())
        batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
        for count in work_off(batches, work):
            on_progress(count)
        return _swap(_writer(), document_type.kind, index)


def _write_batch(
    index: str, document_type: DocumentType, version: int, object_ids: Sequence[int]
) -> None:
    with errors_translated():
        _write(_writer(), [index], document_type, object_ids, version)


def _writer() -> Elasticsearch:
    return client().options(request_timeout=WRITE_TIMEOUT)


@writing_breaker
def _all_aliases() -> set[str]:
    with errors_translated():
        asked = client().options(request_timeout=PRESENCE_TIMEOUT)
        indices = asked.indices.get_alias(index=f"{settings.ELASTICSEARCH_INDEX_PREFIX}-*")
        return {alias for described in indices.values() for alias in described["aliases"]}


def _building(kind: str) -> str:
    return f"{index_name(kind)}-building"


def _aliases(elasticsearch: Elasticsearch, kind: str) -> dict[str, list[str]]:
    """Of this kind's two aliases those that are there, with their indices. Asked for after the
    notes were read: an index that is made later will be filled from later readings."""
    aliases = [index_name(kind), _building(kind)]
    found: dict[str, list[str]] = {}
    indices = elasticsearch.indices.get_alias(index=f"{index_name(kind)}-*", allow_no_indices=True)
    for index, description in indices.items():
        for alias in description["aliases"]:
            if alias in aliases:
                found.setdefault(alias, []).append(index)
    return found


def _fill_for_the_first_time(elasticsearch: Elasticsearch, document_type: DocumentType) -> None:
    for index in _being_filled(elasticsearch, document_type.kind):
        found = elasticsearch.indices.get_settings(index=index, name="index.creation_date")
        created = int(found[index]["settings"]["index"]["creation_date"]) / 1000
        if datetime.now(UTC) - datetime.fromtimestamp(created, UTC) < ABANDONED_AFTER:
            raise EngineAwayError("The index is being filled for the first time.")
    logger.warning("Elasticsearch has no index of the kind %s; filling one", document_type.kind)
    rebuild(document_type, lambda _count: None)


def _new_index(elasticsearch: Elasticsearch, kind: str) -> str:
    prefix = settings.ELASTICSEARCH_INDEX_PREFIX
    elasticsearch.indices.put_index_template(name=prefix, **template(prefix))
    for other in _being_filled(elasticsearch, kind):
        _abandon(elasticsearch, kind, other)
    # The time as well: a database that was made anew draws the same numbers again.
    index = f"{index_name(kind)}-{datetime.now(UTC):%Y%m%d%H%M%S}-{_draw_reading()}"
    elasticsearch.indices.create(
        index=index,
        aliases={_building(kind): {}},
        settings={"refresh_interval": "-1"},  # nobody searches it yet
    )
    # Two that began at the same moment have not seen each other before; both choose the same.
    others = [other for other in _being_filled(elasticsearch, kind) if other != index]
    if any(other > index for other in others):
        _abandon(elasticsearch, kind, index)
        raise EngineAwayError("Somebody else fills the index just now.")
    for other in others:
        _abandon(elasticsearch, kind, other)
    return index


def _being_filled(elasticsearch: Elasticsearch, kind: str) -> list[str]:
    return _aliases(elasticsearch, kind).get(_building(kind), [])


def _abandon(elasticsearch: Elasticsearch, kind: str, index: str) -> None:
    """Unless it has gone live meanwhile: whoever takes the alias off first has decided."""
    with suppress(NotFoundError):
        claim = {"index": index, "alias": _building(kind), "must_exist": True}
        elasticsearch.indices.update_aliases(actions=[{"remove": claim}])
        elasticsearch.indices.delete(index=index)


def _swap(elasticsearch: Elasticsearch, kind: str, index: str) -> int:
    elasticsearch.indices.put_settings(index=index, settings={"refresh_interval": SHOWN_AFTER})
    elasticsearch.indices.refresh(index=index)
    old = _aliases(elasticsearch, kind).get(index_name(kind), [])
    elasticsearch.indices.update_aliases(
        actions=[
            {"remove": {"index": index, "alias": _building(kind), "must_exist": True}},
            {"add": {"index": index, "alias": index_name(kind)}},
            *({"remove_index": {"index": name}} for name in old),
        ]
    )
    return int(elasticsearch.count(index=index)["count"])


def _write(
    elasticsearch: Elasticsearch,
    targets: Sequence[str],
    document_type: DocumentType,
    object_ids: Sequence[int],
    version: int,
) -> None:
    documents = {
        document.object_id: SERIALIZER.dumps(source_of(document))
        for document in document_type.build(object_ids)
    }
    operations: list[Any] = []  # written already: the client takes bytes as they are
    for target in targets:
        for object_id in object_ids:
            about = {
                "_index": target,
                "_id": str(object_id),
                "version": version,
                "version_type": "external",
            }
            if object_id in documents:
                operations += [SERIALIZER.dumps({"index": about}), documents[object_id]]
            else:
                operations.append(SERIALIZER.dumps({"delete": about}))
    if operations:
        _check(elasticsearch.bulk(operations=operations)["items"])


def _check(items: Sequence[dict[str, dict[str, Any]]]) -> None:
    """Raises for what must be written again. Not among it: what a later reading has already
    overtaken (409), and the deletion of what isn't there (404 without an error)."""
    results = [result for item in items for result in item.values()]
    errors = [result for result in results if "error" in result and result["status"] != 409]
    if not errors:
        return
    worst = max(errors, key=lambda result: int(result["status"]))
    reason = f"{worst['_index']}/{worst['_id']}: {worst['error'].get('reason')}"
    if worst["status"] == 404:
        raise IndexMissingError(reason)
    if worst["status"] in {401, 403, 429} or worst["status"] >= 500:
        raise EngineAwayError(reason)
    raise DocumentRejectedError(reason)


def _draw_reading() -> int:
    """A number higher than any drawn before, drawn before the documents are read."""
    reading = Reading.objects.create()
    Reading.objects.filter(pk__lt=reading.pk).delete()
    return reading.pk
