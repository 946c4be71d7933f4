"""Working off the outbox, engine by engine. A note is removed once its engine has taken the
object as it then was; what can't be taken now waits and is tried again, later each time."""

import logging
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from search.documents import DocumentType
from search.engines.base import Engine, EngineAwayError
from search.models import OutboxEntry

BATCH = 500
LONGEST_WAIT = 10
"""Seconds between two tries of the same note: what is published must not come late to an engine
that is back."""
MOST_ATTEMPTS = 100
"""More are not counted."""
logger = logging.getLogger(__name__)


def drain(engines: Sequence[Engine], types: Mapping[str, DocumentType]) -> int:
    """Work off what is due; returns how many notes that were. Notes for an engine or a kind
    that this deployment doesn't have are thrown away."""
    OutboxEntry.objects.exclude(engine__in=[engine.name for engine in engines]).delete()
    OutboxEntry.objects.exclude(kind__in=list(types)).delete()
    done, turns = 0, deque(_batches(engine, types) for engine in engines)
    # In turns: none waits until another one has worked off a whole import.
    while turns:
        turn = turns.popleft()
        taken = next(turn, None)
        if taken is not None:
            done += taken
            turns.append(turn)
    return done


def _batches(engine: Engine, types: Mapping[str, DocumentType]) -> Iterator[int]:
    """Works off one batch each time it is asked for the next; yields how many notes that were."""
    try:
        engine.prepare(types.values())
    except EngineAwayError as error:
        logger.warning("%s can't take changes now: %s", engine.name, error)
        return
    while batch := _due(engine):
        for kind in dict.fromkeys(entry.kind for entry in batch):
            entries = [entry for entry in batch if entry.kind == kind]
            yield _take(engine, types[kind], entries)


def _take(engine: Engine, document_type: DocumentType, entries: Sequence[OutboxEntry]) -> int:
    object_ids = list(dict.fromkeys(entry.object_id for entry in entries))
    try:
        engine.refresh(document_type, object_ids)
    except EngineAwayError as error:
        logger.warning("%s can't take %d changes now: %s", engine.name, len(entries), error)
        _put_off(entries, error)
        return 0
    except Exception as error:
        if len(object_ids) == 1:
            logger.exception("%s won't take %s", engine.name, entries[0])
            _put_off(entries, error)
            return 0
        # One of them is at fault; the others must not wait for it.
        return sum(
            _take(engine, document_type, [e for e in entries if e.object_id == object_id])
            for object_id in object_ids
        )
    OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    return len(entries)


def _due(engine: Engine) -> list[OutboxEntry]:
    now = timezone.now()
    entries = OutboxEntry.objects.filter(engine=engine.name)
    return list(entries.filter(Q(not_before=None) | Q(not_before__lte=now))[:BATCH])


def _put_off(entries: Sequence[OutboxEntry], error: Exception) -> None:
    now = timezone.now()
    for entry in entries:
        entry.attempts = min(entry.attempts + 1, MOST_ATTEMPTS)
        entry.not_before = now + timedelta(seconds=min(LONGEST_WAIT, 2**entry.attempts))
        entry.error = str(error)[:500]
    OutboxEntry.objects.bulk_update(entries, ["attempts", "not_before", "error"])
