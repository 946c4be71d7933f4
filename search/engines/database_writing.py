"""Filling the database's own index. Each write locks the kind's generations before it reads the
documents, so that of two writers of one document the second one also reads it second."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import connection, transaction

from search.documents import Document, DocumentType
from search.engines.base import EngineAwayError, Progress
from search.indexing import Terms, terms_of
from search.models import Generation, IndexedDocument

BATCH = 100
"""Documents in one transaction. On SQLite nobody else writes while it lasts, and describing a
document can mean making its picture."""
DROPPED = 500
"""Rows of an old generation deleted in one transaction."""
LONGEST_WORD = 40


def refresh(document_type: DocumentType, object_ids: Sequence[int]) -> None:
    """Write these objects as they are now into the live generation and any being filled."""
    for batch in _batches(iter(object_ids)):
        with transaction.atomic():
            generations = _lock_generations(document_type.kind)
            if not any(generation.live for generation in generations):
                generation, _new = Generation.objects.get_or_create(
                    kind=document_type.kind, live=True
                )
                generations.append(generation)
            _write(generations, document_type, batch)


def rebuild(document_type: DocumentType, on_progress: Progress) -> int:
    """Fill a new generation beside the live one, then swap them."""
    with transaction.atomic():
        Generation.objects.filter(kind=document_type.kind, live=False).delete()
        building = Generation.objects.create(kind=document_type.kind)
    for batch in _batches(document_type.all_ids()):
        with transaction.atomic():
            _locked(building)
            _write([building], document_type, batch)
        on_progress(len(batch))
    return _swap(building)


def _batches(ids: Iterator[int]) -> Iterator[list[int]]:
    while batch := list(islice(ids, BATCH)):
        yield batch


def _lock_generations(kind: str) -> list[Generation]:
    return list(Generation.objects.select_for_update().filter(kind=kind))


def _locked(building: Generation) -> None:
    if building not in _lock_generations(building.kind):
        raise EngineAwayError("Another rebuild has started since.")


def _write(
    generations: Sequence[Generation], document_type: DocumentType, object_ids: Sequence[int]
) -> None:
    documents = [(document, terms_of(document)) for document in document_type.build(object_ids)]
    for generation in generations:
        generation.documents.filter(object_id__in=object_ids).delete()
        IndexedDocument.objects.bulk_create(
            [_row(generation, document, terms) for document, terms in documents]
        )
        _count_words(generation, [terms for _document, terms in documents])


def _swap(building: Generation) -> int:
    with transaction.atomic():
        _locked(building)
        Generation.objects.filter(kind=building.kind, live=True).update(live=False)
        Generation.objects.filter(pk=building.pk).update(live=True)
    for old in Generation.objects.filter(kind=building.kind, live=False):
        _drop(old)
    return building.documents.count()


def _drop(generation: Generation) -> None:
    """A little at a time, so that nobody else's write waits for long."""
    while rows := list(generation.documents.values_list("pk", flat=True)[:DROPPED]):
        IndexedDocument.objects.filter(pk__in=rows).delete()
    generation.delete()


def _row(generation: Generation, document: Document, terms: Terms) -> IndexedDocument:
    path = "/".join(document.category_path)
    return IndexedDocument(
        generation=generation,
        kind=document.kind,
        object_id=document.object_id,
        title=document.title,
        url=document.url,
        reference=document.reference,
        summary=document.summary,
        body=document.body,
        category_path=f"/{path}/" if path else "",
        brand=document.brand,
        merchant=document.merchant,
        merchant_slug=document.merchant_slug,
        price=document.price,
        currency=document.currency,
        picture_url=document.picture_url,
        has_video=document.has_video,
        selected=document.selected,
        score=document.score,
        published_at=document.published_at,
        merchant_since=document.merchant_since,
        fingerprint=document.fingerprint,
        attributes=dict(document.attributes),
        title_terms=f" {terms.title} ",
        head_terms=f" {terms.head} ",
        keyword_terms=terms.keywords,
        summary_terms=terms.summary,
        body_terms=terms.body,
        title_words=terms.title_words,
        is_accessory=terms.is_accessory,
    )


def _count_words(generation: Generation, terms: Sequence[Terms]) -> None:
    counts = Counter(
        word
        for each in terms
        for word in each.title_words.split()
        if word.isalpha() and len(word) <= LONGEST_WORD
    )
    if not counts:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_indexedword (generation_id, text, weight) VALUES (%s, %s, %s) "
            "ON CONFLICT (generation_id, text) "
            "DO UPDATE SET weight = search_indexedword.weight + excluded.weight",
            [(generation.pk, word, count) for word, count in sorted(counts.items())],
        )
