"""What the rest of the site asks of search."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from django.db import transaction

from search import engines, outbox
from search.documents import document_types
from search.engines.base import Results, Suggestion
from search.models import OutboxEntry
from search.query import MAX_TEXT, SearchQuery
from search.signals import changes_noted
from search.spelling import corrected


def search(query: SearchQuery) -> Results:
    """The answer to a query: from Elasticsearch where it is set and there, otherwise from the
    database (`reduced`). Where nothing has all the words, what they were probably meant to be
    is tried (`suggestion`)."""
    results = engines.current().search(query)
    return _set_right(query, results) if results.nearest else results


def suggest(text: str, limit: int = 8, *, kinds: Sequence[str] = ()) -> list[Suggestion]:
    """Things whose title goes on from what has been typed, typing mistakes forgiven."""
    text = text.strip()[:MAX_TEXT]
    found = engines.current().suggest(text, kinds=kinds, limit=limit)
    if found or not (better := corrected(text)):
        return found
    return engines.current().suggest(better, kinds=kinds, limit=limit)


@transaction.atomic
def note_changes(*, kind: str, object_ids: Iterable[int]) -> None:
    """These objects may have changed in a way that search shows. Call it inside the transaction
    that changes them: the note stands or falls with the change."""
    entries = [
        OutboxEntry(engine=engine.name, kind=kind, object_id=object_id)
        for object_id in dict.fromkeys(object_ids)
        for engine in engines.kept()
    ]
    OutboxEntry.objects.bulk_create(entries, batch_size=1000)
    if entries:
        changes_noted.send(sender=OutboxEntry)


def drain_outbox() -> int:
    """Bring every engine up to what was noted; returns how many notes were worked off."""
    return outbox.drain(engines.kept(), document_types())


def rebuild(
    *, kinds: Sequence[str] | None = None, on_progress: Callable[[str, int], None] | None = None
) -> dict[str, int]:
    """Fill every engine anew beside what is live and swap; returns the number of documents of
    each kind. `on_progress` is told the kind and how many more documents were written."""
    counts = {}
    for kind, document_type in document_types().items():
        if kinds is not None and kind not in kinds:
            continue
        for engine in engines.kept():
            counts[kind] = engine.rebuild(
                document_type,
                partial(on_progress or _unseen, kind),
            )
    return counts


def _unseen(_kind: str, _count: int) -> None:
    """Nobody is looking."""


def _set_right(query: SearchQuery, results: Results) -> Results:
    better = corrected(query.text)
    if not better:
        return results
    instead = engines.current().search(replace(query, text=better))
    if instead.nearest and results.total:
        return results
    return replace(instead, suggestion=better, nearest=True)
