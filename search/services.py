"""What the rest of the site asks of search."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from django.db import transaction

from search import engines, outbox, query_log, reconciling
from search.choices import Sort
from search.curation import curated
from search.documents import document_types
from search.engines.base import Engine, EngineAwayError, Explanation, Hit, Results, Suggestion
from search.explaining import explained
from search.models import OutboxEntry
from search.query import MAX_PAGE, MAX_TEXT, SearchQuery
from search.signals import changes_noted, searched
from search.spelling import corrected

PAST = "query"
SHARES = {PAST: 3, "category": 2, "product": 5, "guide": 2, "audition": 1, "video": 1}
"""Of the suggestions, at most so many of a kind, in this order."""
EXPLAINED_AT_ONCE = 100
"""Results looked through at once for the one to explain."""
logger = logging.getLogger(__name__)


def search(query: SearchQuery, *, seconds: float | None = None) -> Results:
    """The answer to a query: from Elasticsearch where it is set and there, otherwise from the
    database (`reduced`). Where nothing has all the words, what they were probably meant to be
    is tried (`suggestion`); where nothing has any, there is what there is without them
    (`nothing`). Elasticsearch has ELASTICSEARCH_TIMEOUT, or so many seconds."""
    try:
        return _search_with(engines.current(seconds), query)
    except EngineAwayError as error:
        logger.warning("Searching the database instead: %s", error)
    return replace(_search_with(engines.database(), query), reduced=True)


def suggest(text: str, limit: int = 10, *, kinds: Sequence[str] = ()) -> list[Suggestion]:
    """What may be meant by what has been typed, kind by kind: what others searched, and things
    whose title goes on from there, typing mistakes forgiven. No kind has more than its share
    unless `kinds` names what is wanted."""
    text = text.strip()[:MAX_TEXT]
    found = _suggested(text, kinds, limit)
    if not kinds:
        found[PAST] = [
            Suggestion(past, "", PAST, "") for past in query_log.past_queries(text, limit)
        ]
    shares = dict.fromkeys(kinds, limit) or SHARES
    suggestions = [each for kind, share in shares.items() for each in found.get(kind, ())[:share]]
    return suggestions[:limit]


def explain(query: SearchQuery, *, kind: str, object_id: int) -> Explanation | None:
    """Why this thing stands where it does among the results; None where it is not among the
    first of them, as far as pages go."""
    looked = replace(query, sort=Sort.RELEVANCE, page=1, per_page=EXPLAINED_AT_ONCE)
    most = MAX_PAGE * query.per_page
    for page in range(1, most // EXPLAINED_AT_ONCE + 1):
        results = search(looked.at_page(page))
        hits = (*results.hits, *results.near)
        for place, hit in enumerate(hits, start=(page - 1) * EXPLAINED_AT_ONCE + 1):
            if hit.key == (kind, object_id):
                text = results.suggestion if results.corrected else query.text
                return explained(text, hit, place=place, total=results.total)
        if len(hits) < EXPLAINED_AT_ONCE:
            return None
    return None


def similar(
    *, kind: str, object_id: int, kinds: Sequence[str] = (), limit: int = 6
) -> tuple[Hit, ...]:
    """What is most like this thing, best first, itself left out; nothing where search is away."""
    try:
        return engines.current().similar(kind=kind, object_id=object_id, kinds=kinds, limit=limit)
    except EngineAwayError as error:
        logger.warning("Nothing similar is shown: %s", error)
        return ()


@transaction.atomic
def note_changes(*, kind: str, object_ids: Iterable[int], can_wait: bool = False) -> None:
    """These objects may have changed in a way that search shows. Call it inside the transaction
    that changes them: the note stands or falls with the change. What `can_wait` comes after all
    that can't: an import of many thousands must not hold up what a person has just published."""
    entries = [
        OutboxEntry(engine=engine.name, kind=kind, object_id=object_id, can_wait=can_wait)
        for object_id in dict.fromkeys(object_ids)
        for engine in engines.kept()
    ]
    OutboxEntry.objects.bulk_create(entries, batch_size=1000)
    if entries:
        changes_noted.send(sender=OutboxEntry)


def drain_outbox() -> int:
    """Bring every engine up to what was noted; returns how many notes were worked off."""
    return outbox.drain(engines.kept(), document_types())


def reconcile(
    *, kinds: Sequence[str] | None = None, repair: bool = True
) -> list[reconciling.Drift]:
    """Compare every engine with what is public now and, unless told not to, put right what
    differs; returns what was found, one for each engine and kind."""
    if repair:
        outbox.discard_unknown(engines.kept(), document_types())
        drain_outbox()
    looked_at = [
        (engine, document_type)
        for engine in engines.kept()
        for kind, document_type in document_types().items()
        if kinds is None or kind in kinds
    ]
    found = [reconciling.compare(engine, each) for engine, each in looked_at]
    if repair:
        for drift in found:
            reconciling.note_repairs(drift)
        drain_outbox()
        for (engine, document_type), drift in zip(looked_at, found, strict=True):
            reconciling.fill_anew_where_refused(engine, document_type, drift)
    return found


def note_search(text: str, *, exact: bool, visitor: str) -> None:
    """Count a search that was answered: call it for the first page of a query that nothing
    narrows, with whether it found what was asked and whatever tells visitors apart (never kept,
    nor sent on). Takes no time of the shopper's; what the log doesn't take is left out."""
    if query_log.is_counted(text):
        token = query_log.visitor_token(text=text, visitor=visitor)
        searched.send(sender=SearchQuery, text=text, exact=exact, token=token)


def rebuild(
    *,
    kinds: Sequence[str] | None = None,
    engine_names: Sequence[str] | None = None,
    on_progress: Callable[[str, int], None] | None = None,
) -> dict[str, int]:
    """Fill every engine, or those named, anew beside what is live and swap; returns the number
    of documents of each kind. `on_progress` is told the kind and how many more documents were
    written."""
    counts = {}
    # One after another, so that all of one is there where the next is away.
    for engine in engines.kept():
        if engine_names is not None and engine.name not in engine_names:
            continue
        for kind, document_type in document_types().items():
            if kinds is None or kind in kinds:
                told = partial(on_progress or _unseen, kind)
                counts[kind] = engine.rebuild(document_type, told)
    return counts


def _unseen(_kind: str, _count: int) -> None:
    """Nobody is looking."""


def _search_with(engine: Engine, query: SearchQuery) -> Results:
    results = engine.search(query, curated(query.text))
    if results.nearest and not query.as_typed:
        results = _better_spelt(engine, query, results)
    if results.total or not query.text:
        return results
    return replace(engine.search(replace(query, text="")), nearest=True, nothing=True)


def _better_spelt(engine: Engine, query: SearchQuery, results: Results) -> Results:
    better = corrected(query.text)
    if not better:
        return results
    instead = engine.search(replace(query, text=better), curated(better))
    if instead.nearest and results.total:
        # No better: the words as typed stay, and what they may have meant is offered.
        return replace(results, suggestion=better)
    return replace(instead, suggestion=better, nearest=True, corrected=True)


def _suggested(text: str, kinds: Sequence[str], limit: int) -> dict[str, list[Suggestion]]:
    try:
        found = _suggest_with(engines.current(), text, kinds, limit)
    except EngineAwayError as error:
        logger.warning("Suggesting from the database instead: %s", error)
        found = _suggest_with(engines.database(), text, kinds, limit)
    by_kind: dict[str, list[Suggestion]] = {}
    for suggestion in found:
        by_kind.setdefault(suggestion.kind, []).append(suggestion)
    return by_kind


def _suggest_with(engine: Engine, text: str, kinds: Sequence[str], limit: int) -> list[Suggestion]:
    found = engine.suggest(text, kinds=kinds, limit=limit)
    better = "" if found else corrected(text)
    return engine.suggest(better, kinds=kinds, limit=limit) if better else found
