from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from media_pipeline.models import Video
from merchants.models import Merchant
from products.attributes import display_value
from products.choices import ImportState
from products.documents import paths_down_to
from products.models import Attribute, Category, FeedImport, Product, ProductPicture


@dataclass(slots=True)
class CategoryNode:
    """A category with those below it, and how many public products there are in all of them."""

    category: Category
    product_count: int = 0
    children: list["CategoryNode"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Specification:
    """One attribute as a shopper reads it."""

    key: str
    label: str
    value: str


def category_tree() -> list[CategoryNode]:
    """The root categories with everything below them. Two queries."""
    counts = dict(
        Product.objects.public().order_by().values_list("category").annotate(count=Count("pk"))
    )
    roots: list[CategoryNode] = []
    above: list[CategoryNode] = []
    for category in Category.objects.order_by("path"):
        node = CategoryNode(category)
        above = above[: category.depth - 1]
        (above[-1].children if above else roots).append(node)
        above.append(node)
        for counted in above:
            counted.product_count += counts.get(category.pk, 0)
    return roots


def category_by_slug(slug: str) -> Category | None:
    return Category.objects.filter(slug=slug).first()


def descendant_ids(category: Category) -> list[int]:
    """The ids of this category and of all those below it."""
    return list(
        Category.objects.filter(path__startswith=category.path).values_list("pk", flat=True)
    )


def attributes_of(category: Category) -> list[Attribute]:
    """What products of this category have: its own attributes and those of the categories
    above it, the most general first; a nearer definition of a key replaces one further up."""
    by_key: dict[str, Attribute] = {}
    inherited = Attribute.objects.filter(category__path__in=paths_down_to(category.path))
    for attribute in inherited.order_by("category__depth", "pk"):
        by_key[attribute.key] = attribute
    return list(by_key.values())


def specifications_of(
    product: Product, attributes: Sequence[Attribute] | None = None
) -> list[Specification]:
    """The product's attributes with labels and units: those its category defines first, in
    that order, then the others by name. Pass `attributes` to save the query."""
    defined = attributes_of(product.category) if attributes is None else attributes
    known = [
        Specification(
            attribute.key,
            attribute.label,
            f"{display_value(product.attributes[attribute.key])} {attribute.unit}".strip(),
        )
        for attribute in defined
        if attribute.key in product.attributes
    ]
    keys = {specification.key for specification in known}
    others = [
        Specification(key, key.replace("_", " ").capitalize(), display_value(value))
        for key, value in sorted(product.attributes.items())
        if key not in keys
    ]
    return known + others


def public_products() -> QuerySet[Product]:
    """What anyone may see, newest first, with what a card shows: merchant, category, pictures
    with their renditions, and `has_video`."""
    return _with_cards(Product.objects.public())


def product_for_page(pk: int) -> Product | None:
    """A public product with everything on its page: `public_videos` is a list on it."""
    videos = (
        Video.objects.public()
        .select_related("poster", "source__poster", "merchant")
        .prefetch_related("poster__renditions", "source__poster__renditions")
    )
    with_videos = public_products().prefetch_related(
        Prefetch("videos", videos, to_attr="public_videos")
    )
    return with_videos.filter(pk=pk).first()


def products_of(merchant: Merchant) -> QuerySet[Product]:
    """All of a merchant's products, whatever their state, as its workbench lists them."""
    return _with_cards(Product.objects.filter(merchant=merchant))


def product_of(merchant: Merchant, pk: int) -> Product | None:
    """This product if it is that merchant's."""
    return products_of(merchant).filter(pk=pk).first()


def imports_of(merchant: Merchant) -> QuerySet[FeedImport]:
    return merchant.imports.select_related("category", "started_by")


def imports_to_take_up() -> list[int]:
    """Imports that nobody works on: just uploaded, or left by a worker that died."""
    free = Q(lease_expires_at=None) | Q(lease_expires_at__lt=timezone.now())
    return list(
        FeedImport.objects.filter(
            free, state__in=(ImportState.WAITING, ImportState.RUNNING)
        ).values_list("pk", flat=True)
    )


def free_category_slug(name: str) -> str:
    """The address a new category of this name gets."""
    stem = slugify(name)[:90] or "category"
    taken = set(Category.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _with_cards(products: QuerySet[Product]) -> QuerySet[Product]:
    pictures = ProductPicture.objects.select_related("picture").prefetch_related(
        "picture__renditions"
    )
    public_video = Video.objects.public().filter(products=OuterRef("pk"))
    return (
        products.select_related("merchant", "category")
        .annotate(has_video=Exists(public_video))
        .prefetch_related(Prefetch("pictures", pictures))
    )
