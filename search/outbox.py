"""Working off the outbox, engine by engine. A note is removed once its engine has taken the
object as it then was; what can't be taken now waits and is tried again, later each time."""

import logging
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils import timezone

from search.documents import DocumentType
from search.engines.base import Engine, EngineAwayError
from search.models import OutboxEntry

BATCH = 500
WAITING_BATCH = 200
"""Of what can wait: whatever comes meanwhile waits for no more than these."""
BACKLOG_LEASE = 60
"""Seconds after which another worker goes on with it, should the one that has it have died."""
LONGEST_WAIT = 10
"""Seconds between two tries of a note whose document is refused."""
AWAY_WAIT = 1
"""The same where the engine was away: what is published must not come late to one that is back."""
MOST_ATTEMPTS = 100
"""More are not counted."""
logger = logging.getLogger(__name__)


def drain(engines: Sequence[Engine], types: Mapping[str, DocumentType]) -> int:
    """Work off what is due; returns how many notes that were."""
    done, turns = 0, deque(_batches(engine, types) for engine in engines)
    # In turns: none waits until another one has worked off a whole import.
    while turns:
        turn = turns.popleft()
        taken = next(turn, None)
        if taken is not None:
            done += taken
            turns.append(turn)
    return done


def is_behind(engine_name: str) -> bool:
    """Whether this engine was away when a person's change was to be written to it, and still
    hasn't got it: it may answer again, and still have what was withdrawn."""
    held_up = OutboxEntry.objects.filter(engine=engine_name, can_wait=False, held_up=True)
    return held_up.exists()


def discard_unknown(engines: Sequence[Engine], types: Mapping[str, DocumentType]) -> None:
    """Throw away the notes for an engine or a kind that this deployment has no longer."""
    OutboxEntry.objects.exclude(engine__in=[engine.name for engine in engines]).delete()
    OutboxEntry.objects.exclude(kind__in=list(types)).delete()


def _batches(engine: Engine, types: Mapping[str, DocumentType]) -> Iterator[int]:
    """Works off one batch each time it is asked for the next; yields how many notes that were."""
    try:
        engine.prepare(types.values())
    except EngineAwayError as error:
        logger.warning("%s can't take changes now: %s", engine.name, error)
        _due(engine, types).filter(can_wait=False, held_up=False).update(held_up=True)
        return
    try:
        while (taken := _take_next(engine, types)) is not None:
            yield taken
    except EngineAwayError:
        # Trying may take so long that what was put off is due again: enough for this time.
        return


def _take_next(engine: Engine, types: Mapping[str, DocumentType]) -> int | None:
    """Works off the next batch; None where there is none for this worker."""
    if batch := list(_due(engine, types).filter(can_wait=False)[:BATCH]):
        return _work_off(engine, types, batch)
    with _backlog(engine) as is_ours:
        batch = list(_due(engine, types)[:WAITING_BATCH]) if is_ours else []
        return _work_off(engine, types, batch) if batch else None


@contextmanager
def _backlog(engine: Engine) -> Iterator[bool]:
    """Whether this worker may work off what can wait: one at a time, so that the others are free
    for what a person has just done."""
    key = f"search-backlog:{engine.name}"
    try:
        is_ours = cache.add(key, True, timeout=BACKLOG_LEASE)
    except Exception:  # the cache is away: rather twice than not at all
        logger.warning("Nobody can tell who works off the outbox", exc_info=True)
        yield True
        return
    try:
        yield is_ours
    finally:
        if is_ours:
            cache.delete(key)


def _work_off(
    engine: Engine, types: Mapping[str, DocumentType], batch: Sequence[OutboxEntry]
) -> int:
    return sum(
        _take(engine, types[kind], [entry for entry in batch if entry.kind == kind])
        for kind in dict.fromkeys(entry.kind for entry in batch)
    )


def _take(engine: Engine, document_type: DocumentType, entries: Sequence[OutboxEntry]) -> int:
    """Raises EngineAwayError once its notes are put off."""
    object_ids = list(dict.fromkeys(entry.object_id for entry in entries))
    try:
        engine.refresh(document_type, object_ids)
    except EngineAwayError as error:
        logger.warning("%s can't take %d changes now: %s", engine.name, len(entries), error)
        _put_off(entries, error)
        raise
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


def _due(engine: Engine, types: Mapping[str, DocumentType]) -> "QuerySet[OutboxEntry]":
    is_due = Q(not_before=None) | Q(not_before__lte=timezone.now())
    return OutboxEntry.objects.filter(is_due, engine=engine.name, kind__in=list(types))


def _put_off(entries: Sequence[OutboxEntry], error: Exception) -> None:
    now = timezone.now()
    for entry in entries:
        entry.attempts = min(entry.attempts + 1, MOST_ATTEMPTS)
        entry.held_up = isinstance(error, EngineAwayError)
        wait = AWAY_WAIT if entry.held_up else min(LONGEST_WAIT, 2**entry.attempts)
        entry.not_before = now + timedelta(seconds=wait)
        entry.error = str(error)[:500]
    OutboxEntry.objects.bulk_update(entries, ["attempts", "not_before", "error", "held_up"])
