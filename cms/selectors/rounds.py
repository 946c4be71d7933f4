"""Auditions, as editors see them: never with votes."""

from django.db.models import Count, Q, QuerySet

from selection.choices import EntryState
from selection.models import Entry, Round


def rounds_for_editors() -> QuerySet[Round]:
    """The latest first, with how many entries each has."""
    return (
        Round.objects.select_related("category")
        .annotate(entry_count=Count("entries", filter=Q(entries__state=EntryState.ENTERED)))
        .order_by("-opens_at")
    )


def entries_for_editors(round: Round) -> QuerySet[Entry]:
    """All that were ever entered, in the order they came."""
    return (
        Entry.objects.filter(round=round)
        .select_related("product__merchant", "video")
        .order_by("created_at", "pk")
    )
