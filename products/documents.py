"""What search knows of products and of their categories."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from treebeard.mp_tree import MP_Node

from media_pipeline.documents import card_url
from media_pipeline.models import Video
from products.attributes import display_value
from products.choices import AttributeKind
from products.models import Attribute, Category, Product, ProductPicture
from search.documents import Document, DocumentType

KIND = "product"
CATEGORY_KIND = "category"
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


# Apps above have things of their own in categories (cms: guides, selection: auditions). Each of
# these returns the ids of the categories that have something public of theirs.
occupants: list[Callable[[], "QuerySet[Any]"]] = []


def register_occupants(category_ids: Callable[[], "QuerySet[Any]"]) -> None:
    """Called from an app's `ready`."""
    if category_ids not in occupants:
        occupants.append(category_ids)


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


def build_category_documents(ids: Sequence[int]) -> Iterable[Document]:
    """Documents of those of these categories that have something public, in them or below: what
    is suggested leads to more than an empty page."""
    occupied = _occupied_paths()
    wanted = Category.objects.filter(pk__in=ids)
    categories = [category for category in wanted if category.path in occupied]
    slugs = category_paths(categories)
    return [
        Document(
            kind=CATEGORY_KIND,
            object_id=category.pk,
            title=category.name,
            url=category.get_absolute_url(),
            summary=" ".join(category.description.split())[:300],
            category_path=slugs[category.pk],
        )
        for category in categories
    ]


def all_category_ids() -> Iterator[int]:
    return Category.objects.order_by("pk").values_list("pk", flat=True).iterator()


category_documents = DocumentType(
    kind=CATEGORY_KIND, build=build_category_documents, all_ids=all_category_ids, listed=False
)


def category_paths(categories: Iterable[Category]) -> dict[int, tuple[str, ...]]:
    """The slugs from the root down to each of these categories, by its id; one query."""
    down_to = {category.pk: paths_down_to(category.path) for category in categories}
    needed = {path for paths in down_to.values() for path in paths}
    slugs = dict(Category.objects.filter(path__in=needed).values_list("path", "slug"))
    return {
        pk: tuple(slugs[path] for path in paths if path in slugs) for pk, paths in down_to.items()
    }


def paths_down_to(path: str) -> list[str]:
    """The places in the tree from the root down to this one."""
    step: int = MP_Node.steplen
    return [path[:length] for length in range(step, len(path) + 1, step)]


def category_path_of_videos(video_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What products say of videos: a video is found in the category of the first of the public
    products that it shows."""
    shown = (
        Product.objects.public()
        .filter(videos__in=list(video_ids))
        .order_by("pk")
        .values_list("videos", "category")
    )
    first: dict[int, int] = {}
    for video_id, category_id in shown:
        first.setdefault(video_id, category_id)
    paths = category_paths(Category.objects.filter(pk__in=set(first.values())))
    return {
        video_id: {"category_path": paths[category_id]} for video_id, category_id in first.items()
    }


def _occupied_paths() -> set[str]:
    """The places of all categories that have something public, in them or below."""
    products = Product.objects.public().filter(category=OuterRef("pk"))
    occupied = Q(Exists(products))
    for category_ids in occupants:
        occupied |= Q(pk__in=category_ids())
    paths = Category.objects.filter(occupied).values_list("path", flat=True)
    return {place for path in paths for place in paths_down_to(path)}


class _Categories:
    """The categories above those given, and the attributes they define."""

    def __init__(self, categories: set[Category]) -> None:
        self._places = {category.pk: paths_down_to(category.path) for category in categories}
        above = Category.objects.filter(
            path__in={place for places in self._places.values() for place in places}
        )
        self._slugs = dict(above.values_list("path", "slug"))
        self._attributes: dict[str, list[Attribute]] = {}
        for attribute in Attribute.objects.filter(category__in=above).select_related("category"):
            self._attributes.setdefault(attribute.category.path, []).append(attribute)

    def slugs_down_to(self, category: Category) -> tuple[str, ...]:
        places = self._places[category.pk]
        return tuple(self._slugs[place] for place in places if place in self._slugs)

    def attributes_of(self, category: Category) -> Iterator[Attribute]:
        for place in self._places[category.pk]:
            yield from self._attributes.get(place, ())


def _products(ids: Sequence[int]) -> Iterable[Product]:
    pictures = ProductPicture.objects.select_related("picture").prefetch_related(
        "picture__renditions"
    )
    public_video = Video.objects.public().filter(products=OuterRef("pk"))
    return (
        Product.objects.public()
        .filter(pk__in=ids)
        .defer("feed_facts")
        .annotate(has_video=Exists(public_video))
        # Many have the same merchant and category, which are then made once.
        .prefetch_related("merchant", "category", Prefetch("pictures", pictures, to_attr="shown"))
    )


def _document(product: Product, categories: _Categories) -> Document:
    return Document(
        kind=KIND,
        object_id=product.pk,
        title=product.title,
        url=product.get_absolute_url(),
        reference=product.feed_id,
        summary=" ".join(product.description.split())[:300],
        body=_body(product),
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
        merchant_since=product.merchant.created_at,
        attributes=_facets(product, categories),
    )


def _body(product: Product) -> str:
    """The description, then what is too long to be a keyword: what it fits, what is in the box."""
    values = [value for value in product.attributes.values() if isinstance(value, str)]
    return "\n".join([product.description, *(v for v in values if len(v) > _MAX_KEYWORD)])


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
    first = next(iter(product.shown), None)  # type: ignore[attr-defined]  # prefetched
    return card_url(first.picture if first else None, CARD_PICTURE)
