"""What search knows of products."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from treebeard.mp_tree import MP_Node
from wagtail.images.models import SourceImageIOError

from media_pipeline.models import Video
from products.attributes import display_value
from products.choices import AttributeKind
from products.models import Attribute, Category, Product, ProductPicture
from search.documents import Document, DocumentType

KIND = "product"
CARD_PICTURE = "fill-480x360|format-webp"

_MAX_KEYWORDS = 2_000  # characters
_MAX_KEYWORD = 80

# Apps above know more of products than this one does (selection: whether shoppers chose them).
# Each of these is given the ids being described, and returns changes to the documents' fields.
enrichers: list[Callable[[list[int]], Mapping[int, Mapping[str, Any]]]] = []


def register_enricher(enricher: Callable[[list[int]], Mapping[int, Mapping[str, Any]]]) -> None:
    """Called from an app's `ready`. An enricher asks the database once for all ids."""
    if enricher not in enrichers:
        enrichers.append(enricher)


def build_documents(ids: Sequence[int]) -> Iterable[Document]:
    """Documents of those of these products that are public now; a fixed number of queries."""
    products = list(_products(ids))
    categories = _Categories({product.category for product in products})
    documents = {product.pk: _document(product, categories) for product in products}
    for enricher in enrichers:
        for product_id, fields in enricher(list(documents)).items():
            if product_id in documents:
                documents[product_id] = replace(documents[product_id], **fields)
    return documents.values()


def all_product_ids() -> Iterator[int]:
    """Of everything that is public, in the order of their making."""
    public = Product.objects.public().order_by("pk")
    return public.values_list("pk", flat=True).iterator(chunk_size=2_000)


product_documents = DocumentType(kind=KIND, build=build_documents, all_ids=all_product_ids)


class _Categories:
    """The categories above those given, and the attributes they define."""

    def __init__(self, categories: set[Category]) -> None:
        step: int = MP_Node.steplen
        self._paths = {
            category.pk: [
                category.path[:length] for length in range(step, len(category.path) + 1, step)
            ]
            for category in categories
        }
        needed = {path for paths in self._paths.values() for path in paths}
        above = Category.objects.filter(path__in=needed)
        self._slugs = dict(above.values_list("path", "slug"))
        self._attributes: dict[str, list[Attribute]] = {}
        for attribute in Attribute.objects.filter(category__in=above).select_related("category"):
            self._attributes.setdefault(attribute.category.path, []).append(attribute)

    def slugs_down_to(self, category: Category) -> tuple[str, ...]:
        return tuple(self._slugs[path] for path in self._paths[category.pk] if path in self._slugs)

    def attributes_of(self, category: Category) -> Iterator[Attribute]:
        for path in self._paths[category.pk]:
            yield from self._attributes.get(path, ())


def _products(ids: Sequence[int]) -> Iterable[Product]:
    pictures = ProductPicture.objects.select_related("picture").prefetch_related(
        "picture__renditions"
    )
    public_video = Video.objects.public().filter(products=OuterRef("pk"))
    return (
        Product.objects.public()
        .filter(pk__in=ids)
        .select_related("merchant", "category")
        .annotate(has_video=Exists(public_video))
        .prefetch_related(Prefetch("pictures", pictures))
    )


def _document(product: Product, categories: _Categories) -> Document:
    return Document(
        kind=KIND,
        object_id=product.pk,
        title=product.title,
        url=product.get_absolute_url(),
        reference=product.feed_id,
        summary=" ".join(product.description.split())[:300],
        body=product.description,
        keywords=_keywords(product),
        category_path=categories.slugs_down_to(product.category),
        brand=product.brand,
        merchant=product.merchant.name,
        merchant_slug=product.merchant.slug,
        price=None if product.price is None else float(product.price),
        currency=product.currency if product.price is not None else "",
        picture_url=_picture_url(product),
        has_video=product.has_video,  # type: ignore[attr-defined]  # annotated
        published_at=product.created_at,
        attributes=_facets(product, categories),
    )


def _keywords(product: Product) -> str:
    """Brand, numbers and the shorter attribute values."""
    words = [product.brand, product.mpn, product.gtin, product.feed_id]
    words += [
        value
        for value in product.attributes.values()
        if isinstance(value, str) and len(value) <= _MAX_KEYWORD
    ]
    return " ".join(word for word in words if word)[:_MAX_KEYWORDS]


def _facets(product: Product, categories: _Categories) -> dict[str, str]:
    """What can be filtered by: the attributes that its category defines, long texts apart."""
    return {
        attribute.key: display_value(product.attributes[attribute.key])
        for attribute in categories.attributes_of(product.category)
        if attribute.key in product.attributes
        and (
            attribute.kind != AttributeKind.TEXT
            or len(display_value(product.attributes[attribute.key])) <= _MAX_KEYWORD
        )
    }


def _picture_url(product: Product) -> str:
    first = next(iter(product.pictures.all()), None)
    if first is None:
        return ""
    try:
        url: str = first.picture.get_rendition(CARD_PICTURE).url
    except SourceImageIOError:  # its file is gone: a product without a picture can still be found
        return ""
    return url
