"""Categories, products and merchants, with what explains them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Q, QuerySet, When
from wagtail.models import ReferenceIndex

from cms.models import GuidePage
from cms.selectors import public_guides
from media_pipeline.models import Video
from media_pipeline.selectors import Playback, playback_of, public_videos
from merchants.choices import MerchantState
from merchants.models import Merchant
from products.models import Attribute, Category, Product
from products.selectors import (
    Specification,
    attributes_of,
    category_by_slug,
    descendant_ids,
    product_for_page,
    public_products,
    specifications_of,
)
from selection.models import Entry, Round
from selection.selectors import Selection, open_rounds, scores_of
from storefront.selectors.cards import ProductCard, product_cards, video_cards
from storefront.selectors.searching import filterable

GUIDES = 4
VIDEOS = 8
MORE_PRODUCTS = 6


@dataclass(frozen=True, slots=True)
class CategoryPage:
    """A category without its products, which search lists."""

    category: Category
    above: Sequence[Category]
    below: Sequence[Category]
    attributes: Sequence[Attribute]
    guides: Sequence[GuidePage]
    videos: Sequence[Video]
    rounds: Sequence[Round]

    @property
    def service_promise(self) -> str:
        return _nearest_promise([*self.above, self.category])

    @property
    def facet_keys(self) -> tuple[str, ...]:
        """The attributes worth filtering by."""
        return tuple(one.key for one in filterable(self.attributes))


@dataclass(frozen=True, slots=True)
class ProductVideo:
    video: Video
    playback: Playback


@dataclass(frozen=True, slots=True)
class ProductPage:
    product: Product
    above: Sequence[Category]
    specifications: Sequence[Specification]
    videos: Sequence[ProductVideo]
    guides: Sequence[GuidePage]
    selection: Selection | None
    open_entry: Entry | None

    @property
    def service_promise(self) -> str:
        return _nearest_promise(self.above)


@dataclass(frozen=True, slots=True)
class MerchantPage:
    """A merchant without its products, which the view cuts into pages."""

    merchant: Merchant
    products: QuerySet[Product]
    guides: Sequence[GuidePage]
    videos: Sequence[Video]
    selected_count: int


def category_page(slug: str) -> CategoryPage | None:
    category = category_by_slug(slug)
    if category is None:
        return None
    ids = descendant_ids(category)
    return CategoryPage(
        category=category,
        above=list(category.get_ancestors()),
        below=list(category.get_children()),
        attributes=attributes_of(category),
        guides=list(public_guides().filter(category__in=ids)[:GUIDES]),
        videos=list(video_cards().filter(products__category__in=ids).distinct()[:VIDEOS]),
        rounds=list(open_rounds().filter(category__in=ids)),
    )


def product_page(pk: int) -> ProductPage | None:
    product = product_for_page(pk)
    if product is None:
        return None
    above = [*product.category.get_ancestors(), product.category]
    return ProductPage(
        product=product,
        above=above,
        specifications=specifications_of(product),
        videos=_playable(product),
        guides=_guides_about(product, above),
        selection=scores_of([product.pk]).get(product.pk),
        open_entry=Entry.objects.visible()
        .filter(product=product, round__in=Round.objects.open())
        .select_related("round")
        .first(),
    )


def more_of_its_category(product: Product) -> Sequence[ProductCard]:
    """The newest others, for when search can't tell what is like it."""
    others = public_products().filter(category=product.category).exclude(pk=product.pk)
    return product_cards(others[:MORE_PRODUCTS])


def merchant_page(slug: str) -> MerchantPage | None:
    merchant = Merchant.objects.filter(slug=slug, state=MerchantState.ACTIVE).first()
    if merchant is None:
        return None
    return MerchantPage(
        merchant=merchant,
        products=public_products().filter(merchant=merchant),
        guides=list(public_guides().filter(merchant=merchant)[:GUIDES]),
        videos=list(video_cards().filter(merchant=merchant)[:VIDEOS]),
        selected_count=Product.objects.public()
        .filter(merchant=merchant, entries__result__selected=True)
        .distinct()
        .count(),
    )


def _nearest_promise(categories: Sequence[Category]) -> str:
    """A category without a promise of its own keeps the one of those above it."""
    return next((one.service_promise for one in reversed(categories) if one.service_promise), "")


def _playable(product: Product) -> list[ProductVideo]:
    playable = []
    for video in public_videos().filter(products=product):
        if playback := playback_of(video):
            playable.append(ProductVideo(video, playback))
    return playable


def _guides_about(product: Product, categories: Sequence[Category]) -> list[GuidePage]:
    """Guides that name this product first, then those of its category and the ones above."""
    naming = [int(pk) for pk in _ids_of_guides_naming(product)]
    return list(
        public_guides()
        .filter(Q(pk__in=naming) | Q(category__in=categories))
        .annotate(is_naming=Case(When(pk__in=naming, then=1), default=0))
        .order_by("-is_naming", "-first_published_at", "-pk")[:GUIDES]
    )


def _ids_of_guides_naming(product: Product) -> QuerySet[ReferenceIndex, str]:
    """Wagtail keeps an index of what its pages point at."""
    return ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Product),
        to_object_id=str(product.pk),
        content_type=ContentType.objects.get_for_model(GuidePage),
    ).values_list("object_id", flat=True)
