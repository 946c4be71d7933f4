"""One batch of a feed: which category, which attributes, what is new and what differs."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from merchants.models import Merchant
from products.attributes import Value, check_attributes
from products.choices import ProductState
from products.feeds import FeedItem, FeedLine
from products.models import Attribute, Category, FeedImport, Product
from products.selectors import attributes_of
from products.services.feed_categories import FeedCategories
from products.services.products import product_slug

# What a feed says of a product; its state, pictures and videos are the merchant's.
_FIELDS = (
    *("title", "slug", "brand", "gtin", "mpn", "description", "price", "currency", "released"),
    *("attributes", "feed_facts", "category_id"),
)
_COLUMNS = [*(name.removesuffix("_id") for name in _FIELDS), "updated_at"]


@dataclass(slots=True)
class Outcome:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)
    """(line, what is wrong with it)."""
    changed_ids: list[int] = field(default_factory=list)


class FeedBatches:
    """Puts records into the database, remembering categories and attributes from batch to
    batch."""

    def __init__(self, feed_import: FeedImport) -> None:
        self._merchant_id = feed_import.merchant_id
        self._categories = FeedCategories(feed_import.category)
        self._attributes: dict[int, list[Attribute]] = {}

    def put_in(self, batch: Iterable[FeedLine]) -> Outcome:
        """Create what is new, update what differs. Call it inside a transaction."""
        outcome = Outcome()
        # Two imports of one merchant take turns: both may bring the same products.
        Merchant.objects.select_for_update(no_key=True).get(pk=self._merchant_id)
        wanted: list[Product] = []
        lines = list(batch)
        existing = self._existing(lines)
        for line in lines:
            if line.item is None:
                outcome.problems.append((line.line, line.problem))
                continue
            present = existing.get(line.item.feed_id)
            try:
                product = self._product(line.item, present)
            except ValueError as error:
                outcome.problems.append((line.line, str(error)))
                continue
            if present is None:
                outcome.created += 1
            elif _differ(product, present):
                outcome.updated += 1
            else:
                outcome.unchanged += 1
                continue
            wanted.append(product)
        outcome.changed_ids = self._write(wanted)
        return outcome

    def _existing(self, lines: Iterable[FeedLine]) -> dict[str, Product]:
        ids = [line.item.feed_id for line in lines if line.item]
        products = Product.objects.filter(merchant=self._merchant_id, feed_id__in=ids)
        return {product.feed_id: product for product in products}

    def _product(self, item: FeedItem, present: Product | None) -> Product:
        """The product as the feed wants it; not saved. Raises ValueError."""
        if item.category_path or present is None:
            category_id = self._categories.id_of(item.category_path)
        else:
            category_id = present.category_id
        return Product(
            merchant_id=self._merchant_id,
            feed_id=item.feed_id,
            state=ProductState.LISTED,
            category_id=category_id,
            title=item.title,
            slug=product_slug(item.title),
            brand=item.brand,
            gtin=item.gtin,
            mpn=item.mpn,
            description=item.description,
            price=item.price,
            currency=item.currency,
            released=item.released,
            attributes=self._checked(item, category_id),
            feed_facts=dict(item.facts),
        )

    def _checked(self, item: FeedItem, category_id: int) -> dict[str, Value]:
        definitions = self._definitions(category_id)
        defined = {definition.key for definition in definitions}
        extra = {name: value for name, value in item.extra.items() if name in defined}
        return check_attributes(definitions, {**extra, **item.attributes})

    def _definitions(self, category_id: int) -> list[Attribute]:
        if category_id not in self._attributes:
            category = Category.objects.get(pk=category_id)
            self._attributes[category_id] = attributes_of(category)
        return self._attributes[category_id]

    def _write(self, products: list[Product]) -> list[int]:
        """One statement for new and changed: what someone else made meanwhile is updated too."""
        written = Product.objects.bulk_create(
            products,
            update_conflicts=True,
            unique_fields=["merchant", "feed_id"],
            update_fields=_COLUMNS,
        )
        return [product.pk for product in written]


def _differ(wanted: Product, present: Product) -> bool:
    return any(getattr(wanted, name) != getattr(present, name) for name in _FIELDS)
