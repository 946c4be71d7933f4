"""Comparing each index with what there is, and putting right what differs.

An index is kept by notes in the outbox, so nothing should ever differ. But an index can be
restored from an older copy, a table changed by hand, a receiver forgotten; and then nobody notes
anything. Documents are compared by their fingerprints, a window of ids at a time, so that memory
doesn't grow with the shop.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from search.documents import DocumentType
from search.engines.base import Engine, EngineAwayError
from search.models import OutboxEntry

WINDOW = 500
"""Documents compared at once."""
UNREADABLE = "?"
"""Instead of the fingerprint of what can't be described: nothing is said of that."""
logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Drift:
    """How one index differed from what there is."""

    engine: str
    kind: str
    compared: int = 0
    """Documents that there are."""
    missing: list[int] = field(default_factory=list)
    """Ids of what is public and wasn't in the index."""
    stale: list[int] = field(default_factory=list)
    """Ids of what was in it as it no longer is."""
    extra: list[int] = field(default_factory=list)
    """Ids of what was in it and isn't public."""
    waiting: int = 0
    """Changes that the engine didn't take when it was asked; they are tried again by themselves."""
    away: str = ""
    """Why it couldn't be compared to its end."""
    filled_anew: bool = False
    """The index refused what was to put it right."""

    @property
    def total(self) -> int:
        return len(self.missing) + len(self.stale) + len(self.extra)

    @property
    def object_ids(self) -> list[int]:
        # What mustn't be found goes first.
        return [*self.extra, *self.stale, *self.missing]


def compare(engine: Engine, document_type: DocumentType) -> Drift:
    """Find what differs now. What is noted in the outbox is on its way and doesn't count."""
    drift = Drift(engine=engine.name, kind=document_type.kind)
    notes = OutboxEntry.objects.filter(engine=engine.name, kind=document_type.kind)
    drift.waiting = notes.filter(attempts__gt=0).count()
    try:
        for expected, indexed in _windows(engine, document_type):
            _compare_window(engine, document_type, expected, indexed, drift)
    except EngineAwayError as error:
        drift.away = str(error)
    if drift.total or drift.away:
        logger.warning(
            "%s differed from what there is in %d of %d (%s): %d missing, %d stale, %d left over%s",
            *(engine.name, drift.total, drift.compared, drift.kind),
            *(len(drift.missing), len(drift.stale), len(drift.extra)),
            f"; {drift.away}" if drift.away else "",
        )
    return drift


def note_repairs(drift: Drift) -> None:
    """Have the outbox bring this engine up to what there is: what can't be repaired holds up
    nothing else, and is tried again."""
    OutboxEntry.objects.bulk_create(
        [
            OutboxEntry(engine=drift.engine, kind=drift.kind, object_id=object_id, can_wait=True)
            for object_id in drift.object_ids
        ],
        batch_size=1000,
    )


def fill_anew_where_refused(engine: Engine, document_type: DocumentType, drift: Drift) -> None:
    """An index that comes from later than the database does, because that was restored from a
    copy, takes everything for older than what it has. Another one is filled in its place."""
    try:
        if _is_any_left(engine, document_type, drift.object_ids):
            logger.warning("%s won't be put right; filling %s anew", engine.name, drift.kind)
            engine.rebuild(document_type, lambda _count: None)
            drift.filled_anew = True
    except EngineAwayError as error:
        drift.away = drift.away or str(error)


def _is_any_left(engine: Engine, document_type: DocumentType, object_ids: Sequence[int]) -> bool:
    for start in range(0, len(object_ids), WINDOW):
        window = object_ids[start : start + WINDOW]
        said = _fingerprints(document_type, window)
        if any(_confirmed(engine, document_type, window, said)):
            return True
    return False


def _windows(
    engine: Engine, document_type: DocumentType
) -> Iterator[tuple[list[int], dict[int, str]]]:
    """(ids that might be public, fingerprints in the index), both of the same stretch of ids."""
    ids, left, after = document_type.all_ids(), list[int](), 0
    while True:
        expected = [*left, *islice(ids, WINDOW - len(left))]
        indexed = engine.fingerprints(document_type, after=after, limit=WINDOW)
        full = [max(batch) for batch in (expected, indexed) if len(batch) >= WINDOW]
        if not full:
            yield expected, indexed
            return
        after = min(full)
        yield (
            [object_id for object_id in expected if object_id <= after],
            {object_id: mark for object_id, mark in indexed.items() if object_id <= after},
        )
        left = [object_id for object_id in expected if object_id > after]


def _compare_window(
    engine: Engine,
    document_type: DocumentType,
    expected: Sequence[int],
    indexed: Mapping[int, str],
    drift: Drift,
) -> None:
    said = _fingerprints(document_type, sorted({*expected, *indexed}))
    drift.compared += len(said)
    suspects = [
        object_id
        for object_id in sorted({*said, *indexed})
        if said.get(object_id) not in (indexed.get(object_id), UNREADABLE)
    ]
    for object_id, there, here in _confirmed(engine, document_type, suspects, said):
        if here is None:
            drift.missing.append(object_id)
        elif there is None:
            drift.extra.append(object_id)
        else:
            drift.stale.append(object_id)


def _confirmed(
    engine: Engine,
    document_type: DocumentType,
    suspects: Sequence[int],
    said: Mapping[int, str],
) -> Iterator[tuple[int, str | None, str | None]]:
    """(id, what it is, what the index has) of those suspects that really differ. The order is
    what makes it sure while others write: what has not changed from the first look to the last,
    and had no note when the index was asked, had been drained by then."""
    if not suspects:
        return
    noted = set(
        OutboxEntry.objects.filter(
            engine=engine.name, kind=document_type.kind, object_id__in=suspects
        ).values_list("object_id", flat=True)
    )
    settled = [object_id for object_id in suspects if object_id not in noted]
    indexed = engine.fingerprints_of(document_type, settled)
    now = _fingerprints(document_type, settled)
    for object_id in settled:
        there, here = now.get(object_id), indexed.get(object_id)
        if there == said.get(object_id) and there != here:
            yield object_id, there, here


def _fingerprints(document_type: DocumentType, object_ids: Sequence[int]) -> dict[int, str]:
    """Of those that are public now. One that can't be described spoils no other."""
    if not object_ids:
        return {}
    try:
        return {each.object_id: each.fingerprint for each in document_type.build(object_ids)}
    except Exception:
        if len(object_ids) == 1:
            logger.exception("%s %s can't be described", document_type.kind, object_ids[0])
            return {object_ids[0]: UNREADABLE}
    described: dict[int, str] = {}
    for object_id in object_ids:
        described |= _fingerprints(document_type, [object_id])
    return described
