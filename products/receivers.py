from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from media_pipeline.models import Picture
from media_pipeline.signals import picture_asked_for, video_changed
from merchants.models import Merchant
from merchants.signals import merchant_changed, merchant_reinstated, merchant_suspended
from products import tasks
from products.documents import KIND
from products.models import Category, Product
from products.signals import import_waiting, product_changed
from search.services import note_changes


@receiver(product_changed)
def note_products(product_ids: list[int], **kwargs: Any) -> None:
    note_changes(kind=KIND, object_ids=product_ids)


@receiver(merchant_suspended)
@receiver(merchant_reinstated)
@receiver(merchant_changed)
def note_products_of_merchant(merchant: Merchant, **kwargs: Any) -> None:
    products = Product.objects.filter(merchant=merchant)
    note_changes(kind=KIND, object_ids=list(products.values_list("pk", flat=True)))


@receiver(video_changed)
def note_products_with_video(video_ids: list[int], **kwargs: Any) -> None:
    products = Product.objects.filter(videos__in=video_ids)
    note_changes(kind=KIND, object_ids=list(products.values_list("pk", flat=True).distinct()))


@receiver(post_save, sender=Category)
def note_products_below(instance: Category, created: bool, **kwargs: Any) -> None:
    """A category's name and address are part of the documents of everything below it."""
    if not created:
        products = Product.objects.filter(category__path__startswith=instance.path)
        note_changes(kind=KIND, object_ids=list(products.values_list("pk", flat=True)))


@receiver(picture_asked_for)
def is_shown_by_product(picture: Picture, **kwargs: Any) -> bool:
    public = Product.objects.public().filter(pictures__picture=picture)
    return public.exists()


@receiver(import_waiting)
def run_import_soon(import_id: int, **kwargs: Any) -> None:
    # Robust: a broker that is away must not lose the upload; beat takes the row up later.
    transaction.on_commit(lambda: tasks.run_import.delay(import_id), robust=True)
