"""Working off the outbox, engine by engine. A note is removed once its engine has taken the
object as it then was; what can't be taken now waits and is tried again, later each time."""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from search.documents import DocumentType
from search.engines.base import Engine, EngineAwayError
from search.models import OutboxEntry

BATCH = 500
LONGEST_WAIT = 60
"""Seconds between two tries of the same note."""
logger = logging.getLogger(__name__)


def drain(types_engines: Sequence[Engine], types: Mapping[str, DocumentType]) -> int:
    """Work off what is due; returns how many notes that were. Notes for an engine or a kind
    that this deployment doesn't have are thrown away."""
    OutboxEntry.objects.exclude(engine__in=[engine.name for engine in types_engines]).delete()
    OutboxEntry.objects.exclude(kind__in=list(types)).delete()
    return sum(_drain_engine(engine, types) for engine in types_engines)


def _drain_engine(engine: Engine, types: Mapping[str, DocumentType]) -> int:
    done = 0
    while batch := _due(engine):
        for kind in dict.fromkeys(entry.kind for entry in batch):
            entries = [entry for entry in batch if entry.kind == kind]
            try:
                engine.refresh(types[kind], [*{entry.object_id: None for entry in entries}])
            except EngineAwayError as error:
                _put_off(entries, error)
                continue
            OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
            done += len(entries)
    return done


def _due(engine: Engine) -> list[OutboxEntry]:
    now = timezone.now()
    entries = OutboxEntry.objects.filter(engine=engine.name)
    return list(entries.filter(Q(not_before=None) | Q(not_before__lte=now)).order_by("pk")[:BATCH])


def _put_off(entries: Sequence[OutboxEntry], error: Exception) -> None:
    logger.warning("Search can't take %d changes now: %s", len(entries), error)
    now = timezone.now()
    for entry in entries:
        entry.attempts = min(entry.attempts + 1, 1000)
        entry.not_before = now + timedelta(seconds=min(LONGEST_WAIT, 2 ** min(entry.attempts, 10)))
        entry.error = str(error)[:500]
    OutboxEntry.objects.bulk_update(entries, ["attempts", "not_before", "error"])
