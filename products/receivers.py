"""Events in. Most of them are news for search: whatever a document of a product, a category or a
video is made of (documents.py) is listened to here, so that the change and the note of it stand
or fall together."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver

from media_pipeline.documents import KIND as VIDEO_KIND
from media_pipeline.models import Picture, Video
from media_pipeline.signals import picture_asked_for, picture_changed, video_changed
from merchants.models import Merchant
from merchants.signals import merchant_changed, merchant_reinstated, merchant_suspended
from products import tasks
from products.documents import CATEGORY_KIND, KIND
from products.models import Attribute, Category, Product
from products.services import note_categories_of
from products.signals import category_moved, import_waiting, product_changed
from search.services import note_changes

AT_ONCE = 1_000
"""Products of one signal; a database takes only so many numbers in one question."""


@receiver(product_changed)
def note_products(product_ids: list[int], is_bulk: bool = False, **kwargs: Any) -> None:
    note_changes(kind=KIND, object_ids=product_ids, can_wait=is_bulk)


@receiver(product_changed)
def note_categories_of_products(
    product_ids: list[int], is_bulk: bool = False, **kwargs: Any
) -> None:
    """One may have got its first public product, or lost its last."""
    categories = Category.objects.filter(products__in=product_ids)
    note_categories_of(kind=KIND, object_ids=product_ids, categories=categories, can_wait=is_bulk)


@receiver(product_changed)
def note_videos_of_products(product_ids: list[int], is_bulk: bool = False, **kwargs: Any) -> None:
    """A video is found in the category of what it shows."""
    videos = Video.objects.filter(products__in=product_ids).distinct()
    ids = list(videos.order_by().values_list("pk", flat=True))
    note_changes(kind=VIDEO_KIND, object_ids=ids, can_wait=is_bulk)


@receiver(pre_delete, sender=Product)
def note_deleted_product(instance: Product, **kwargs: Any) -> None:
    # Before: what it was part of can still be found out.
    product_changed.send(sender=Product, product_ids=[instance.pk])


@receiver(merchant_suspended)
@receiver(merchant_reinstated)
@receiver(merchant_changed)
def note_products_of_merchant(merchant: Merchant, **kwargs: Any) -> None:
    for ids in _in_parts(Product.objects.filter(merchant=merchant)):
        product_changed.send(sender=Product, product_ids=ids)


@receiver(video_changed)
def note_products_with_video(video_ids: list[int], **kwargs: Any) -> None:
    products = Product.objects.filter(videos__in=video_ids).order_by()
    note_changes(kind=KIND, object_ids=list(products.values_list("pk", flat=True).distinct()))


@receiver(m2m_changed, sender=Product.videos.through)
def note_videos_put_to_products(
    instance: Product | Video, action: str, pk_set: set[int] | None, **kwargs: Any
) -> None:
    if action not in {"post_add", "post_remove", "pre_clear"}:
        return
    product_side = isinstance(instance, Product)
    kinds = (KIND, VIDEO_KIND) if product_side else (VIDEO_KIND, KIND)
    related = instance.videos if product_side else instance.products  # type: ignore[union-attr]
    others = related.values_list("pk", flat=True) if pk_set is None else pk_set
    note_changes(kind=kinds[0], object_ids=[instance.pk])
    note_changes(kind=kinds[1], object_ids=list(others))


@receiver(picture_changed)
def note_products_with_picture(picture_ids: list[int], **kwargs: Any) -> None:
    products = Product.objects.filter(pictures__picture__in=picture_ids).order_by()
    note_changes(kind=KIND, object_ids=list(products.values_list("pk", flat=True).distinct()))


@receiver(post_save, sender=Category)
def note_category(instance: Category, created: bool, **kwargs: Any) -> None:
    """Its name and address are part of the documents of everything below it."""
    if not created:  # a new one is empty
        _note_all_below(instance)


@receiver(category_moved)
def note_moved_category(category: Category, **kwargs: Any) -> None:
    """Where it was has been noted when it was saved; where it is now may be empty no longer."""
    _note_all_below(category)


@receiver(pre_delete, sender=Category)
def note_deleted_category(instance: Category, **kwargs: Any) -> None:
    note_changes(kind=CATEGORY_KIND, object_ids=[instance.pk])


@receiver([post_save, post_delete], sender=Attribute)
def note_products_with_attribute(instance: Attribute, **kwargs: Any) -> None:
    """What a category's attributes are decides what its products can be narrowed by."""
    category = Category.objects.filter(pk=instance.category_id).first()
    if category:
        _note_products_below(category)


@receiver(picture_asked_for)
def is_shown_by_product(picture: Picture, **kwargs: Any) -> bool:
    public = Product.objects.public().filter(pictures__picture=picture)
    return public.exists()


@receiver(import_waiting)
def run_import_soon(import_id: int, **kwargs: Any) -> None:
    # Robust: a broker that is away must not lose the upload; beat takes the row up later.
    transaction.on_commit(lambda: tasks.run_import.delay(import_id), robust=True)


def _note_all_below(category: Category) -> None:
    below = Category.objects.filter(path__startswith=category.path)
    ids = list(below.values_list("pk", flat=True))
    note_categories_of(kind=CATEGORY_KIND, object_ids=ids, categories=below)
    _note_products_below(category)
    videos = Video.objects.filter(products__category__path__startswith=category.path)
    for part in _in_parts(videos.distinct()):
        note_changes(kind=VIDEO_KIND, object_ids=part, can_wait=True)


def _note_products_below(category: Category) -> None:
    for part in _in_parts(Product.objects.filter(category__path__startswith=category.path)):
        note_changes(kind=KIND, object_ids=part, can_wait=True)


def _in_parts(things: "QuerySet[Any]") -> Iterator[list[int]]:
    """Their ids, as many at once as a database takes in one question."""
    ids = iter(things.order_by("pk").values_list("pk", flat=True))
    while part := list(islice(ids, AT_ONCE)):
        yield part
