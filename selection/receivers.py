from typing import Any

from django.db import connections
from django.db.models import Q
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from media_pipeline.models import Picture
from media_pipeline.signals import picture_asked_for, video_changed
from merchants.choices import MerchantState
from products.choices import ProductState
from products.models import Category
from products.services import note_categories_of
from products.signals import category_moved, product_changed
from search.services import note_changes
from selection import append_only
from selection.documents import KIND
from selection.models import Entry, LedgerLine, Result, Round
from selection.signals import entry_changed, round_changed, round_closed


@receiver(round_closed)
def note_products_of_the_round(round: Round, **kwargs: Any) -> None:
    """What was selected is found as such: the Selected listing is a search."""
    note_changes(
        kind="product", object_ids=round.entries.order_by().values_list("product_id", flat=True)
    )


@receiver([round_changed, round_closed])
def note_round(round: Round, **kwargs: Any) -> None:
    note_changes(kind=KIND, object_ids=[round.pk])
    note_categories_of(
        kind=KIND, object_ids=[round.pk], categories=Category.objects.filter(rounds=round)
    )


@receiver(entry_changed)
def note_round_of_entry(entry: Entry, **kwargs: Any) -> None:
    note_changes(kind=KIND, object_ids=[entry.round_id])


@receiver(product_changed)
def note_rounds_with_product(product_ids: list[int], **kwargs: Any) -> None:
    """A round is found by what can be seen in it."""
    entries = Entry.objects.filter(product__in=product_ids).order_by()
    note_changes(kind=KIND, object_ids=list(entries.values_list("round", flat=True).distinct()))


@receiver(video_changed)
def note_rounds_with_video(video_ids: list[int], **kwargs: Any) -> None:
    entries = Entry.objects.filter(video__in=video_ids).order_by()
    note_changes(kind=KIND, object_ids=list(entries.values_list("round", flat=True).distinct()))


@receiver(post_save, sender=Category)
def note_rounds_below(instance: Category, created: bool, **kwargs: Any) -> None:
    if not created:
        _note_rounds_below(instance)


@receiver(category_moved)
def note_rounds_below_moved(category: Category, **kwargs: Any) -> None:
    _note_rounds_below(category)


@receiver(pre_delete, sender=Round)
def note_deleted_round(instance: Round, **kwargs: Any) -> None:
    note_round(round=instance)


@receiver(picture_asked_for)
def is_shown_in_results(picture: Picture, **kwargs: Any) -> bool:
    """The results of a closed round stay as they were, with what was withdrawn since; not with
    what was taken down."""
    results = Result.objects.filter(
        entry__round__closed_at__isnull=False,
        entry__product__merchant__state=MerchantState.ACTIVE,
    )
    of_video = Q(entry__video__poster=picture) | Q(entry__video__source__poster=picture)
    return results.filter(
        Q(entry__product__pictures__picture=picture)
        & ~Q(entry__product__state=ProductState.TAKEN_DOWN)
        | of_video & Q(entry__video__taken_down_at=None)
    ).exists()


def _note_rounds_below(category: Category) -> None:
    rounds = Round.objects.filter(category__path__startswith=category.path)
    note_changes(kind=KIND, object_ids=list(rounds.order_by().values_list("pk", flat=True)))


def guard_ledger(using: str, **kwargs: Any) -> None:
    """After each migration (apps.py connects it)."""
    connection = connections[using]
    if LedgerLine._meta.db_table in connection.introspection.table_names():
        append_only.guard(connection)
