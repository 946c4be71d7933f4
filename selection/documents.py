"""What search knows of auditions, and what it learns from them about products, which know nothing
of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from products.documents import category_paths
from search.documents import Document, DocumentType
from selection.models import Entry, Result, Round

KIND = "audition"


def build_auditions(ids: Sequence[int]) -> Iterable[Document]:
    """The documents of these rounds, which are all public from the day they are announced; three
    queries. They say what is in a round and never how it stands: entries are in the order in
    which they came, and nothing in a document changes with a vote."""
    rounds = list(Round.objects.filter(pk__in=ids).select_related("category"))
    paths = category_paths({round_.category for round_ in rounds})
    titles = _titles_by_round(rounds)
    return [
        _document(round_, paths[round_.category_id], titles.get(round_.pk, [])) for round_ in rounds
    ]


def all_round_ids() -> Iterator[int]:
    return Round.objects.order_by("pk").values_list("pk", flat=True).iterator()


audition_documents = DocumentType(kind=KIND, build=build_auditions, all_ids=all_round_ids)


def categories_of_rounds() -> "QuerySet[Any]":
    """The ids of the categories that have an audition."""
    return Round.objects.order_by().values("category")


def product_fields(product_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """By product: fields of its search document. Products that were in no closed round have none,
    so search tells nothing of a round that is still open."""
    fields: dict[int, dict[str, Any]] = {}
    for result in Result.objects.best_first_of(product_ids).select_related("entry"):
        fields.setdefault(
            result.entry.product_id, {"selected": result.selected, "score": result.score}
        )
    return fields


def _document(round_: Round, category_path: Sequence[str], titles: Sequence[str]) -> Document:
    return Document(
        kind=KIND,
        object_id=round_.pk,
        title=round_.title,
        url=round_.get_absolute_url(),
        summary=" ".join(round_.introduction.split())[:300],
        body="\n".join([round_.introduction, *titles]).strip(),
        keywords=round_.category.name,
        category_path=category_path,
        has_video=bool(titles),  # every entry has one
        published_at=round_.created_at,
    )


def _titles_by_round(rounds: Sequence[Round]) -> dict[int, list[str]]:
    """What each round's page shows: entries that are visible, and once it is closed only those
    that were counted."""
    shown = (
        Entry.objects.visible()
        .filter(Q(round__closed_at=None) | Q(result__isnull=False), round__in=rounds)
        .order_by("pk")
    )
    titles: dict[int, list[str]] = {}
    for round_id, title in shown.values_list("round", "product__title"):
        titles.setdefault(round_id, []).append(title)
    return titles
