"""What editors are shown of what they changed in results."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from search import thesaurus
from search.curation import query_key
from search.documents import Document, document_types
from search.models import CuratedResult, Curation, Synonyms


@dataclass(frozen=True, slots=True)
class CuratedThing:
    """Something put first or last for a query. What isn't public now has no document."""

    kind: str
    object_id: int
    buried: bool
    document: Document | None


def curation_of(text: str) -> Curation | None:
    return Curation.objects.filter(key=query_key(text)).first()


def curations() -> QuerySet[Curation]:
    """The queries whose results editors changed, with how many are first and last."""
    return (
        Curation.objects.annotate(
            first=Count("results", filter=Q(results__buried=False)),
            last=Count("results", filter=Q(results__buried=True)),
        )
        .filter(Q(first__gt=0) | Q(last__gt=0))
        .order_by("text")
    )


def curated_things(text: str) -> list[CuratedThing]:
    """What was put first for a query, in order, then what was put last."""
    rows = list(CuratedResult.objects.filter(curation__key=query_key(text)))
    documents = _documents(rows)
    return [
        CuratedThing(row.kind, row.object_id, row.buried, documents.get((row.kind, row.object_id)))
        for row in rows
    ]


def synonyms_that_share_words(synonyms: Synonyms) -> list[Synonyms]:
    """Other lists that a word of these stands in. Such a word finds both lists; the others of the
    one don't find the others of the other."""
    words = set(thesaurus.phrases(synonyms.words))
    others = Synonyms.objects.exclude(pk=synonyms.pk)
    return [other for other in others if words & set(thesaurus.phrases(other.words))]


def _documents(rows: Sequence[CuratedResult]) -> dict[tuple[str, int], Document]:
    found = {}
    for kind, document_type in document_types().items():
        ids = [row.object_id for row in rows if row.kind == kind]
        for document in document_type.build(ids) if ids else ():
            found[kind, document.object_id] = document
    return found
