"""What cards need beside the things that they show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, prefetch_related_objects

from media_pipeline.models import Video
from media_pipeline.selectors import public_videos
from products.models import Product
from selection.models import Entry, Result
from selection.selectors import Selection, scores_of


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product, and what an audition said of it."""

    product: Product
    selection: Selection | None


def product_cards(products: Iterable[Product]) -> list[ProductCard]:
    """Cards of products that products.selectors.public_products gave; one query more."""
    products = list(products)
    selections = scores_of([product.pk for product in products]) if products else {}
    return [ProductCard(product, selections.get(product.pk)) for product in products]


def video_cards() -> QuerySet[Video]:
    """Public videos with what their cards show, and not what only a player needs."""
    return (
        public_videos()
        .prefetch_related(None)
        .select_related("merchant", "poster", "source__poster")
        .prefetch_related("poster__renditions", "source__poster__renditions")
    )


def with_renditions(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Entries whose pictures know their renditions, in two queries for all."""
    prefetch_related_objects(
        entries,
        "product__pictures__picture__renditions",
        "video__poster__renditions",
        "video__source__poster__renditions",
    )
    return entries


def with_result_renditions(results: Sequence[Result]) -> Sequence[Result]:
    with_renditions([result.entry for result in results])
    return results
