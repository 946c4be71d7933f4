"""Every public address, for search engines."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from cms.models import GuidePage
from cms.selectors import public_guides
from media_pipeline.models import Video
from merchants.choices import MerchantState
from merchants.models import Merchant
from products.models import Category, Product
from selection.models import Round


class FrontPages(Sitemap[str]):
    priority = 1.0

    def items(self) -> list[str]:
        return ["storefront:home", "storefront:auditions", "storefront:selected"]

    def location(self, item: str) -> str:
        return reverse(item)


class Categories(Sitemap[Category]):
    def items(self) -> "QuerySet[Category]":
        return Category.objects.order_by("pk")


class Products(Sitemap[Product]):
    limit = 10_000

    def items(self) -> "QuerySet[Product]":
        return Product.objects.public().order_by("pk").only("pk", "slug", "updated_at")

    def lastmod(self, item: Product) -> datetime:
        return item.updated_at


class Guides(Sitemap[GuidePage]):
    limit = 10_000

    def items(self) -> "QuerySet[GuidePage]":
        return public_guides().order_by("pk")

    def location(self, item: GuidePage) -> str:
        return str(item.url)

    def lastmod(self, item: GuidePage) -> datetime | None:
        return item.last_published_at


class Videos(Sitemap[Video]):
    limit = 10_000

    def items(self) -> "QuerySet[Video]":
        return Video.objects.public().order_by("pk")

    def lastmod(self, item: Video) -> datetime | None:
        return item.last_published_at


class Auditions(Sitemap[Round]):
    def items(self) -> "QuerySet[Round]":
        return Round.objects.order_by("pk")


class Merchants(Sitemap[Merchant]):
    def items(self) -> "QuerySet[Merchant]":
        return Merchant.objects.filter(state=MerchantState.ACTIVE).order_by("pk")

    def location(self, item: Merchant) -> str:
        return reverse("storefront:merchant", args=[item.slug])


SITEMAPS: dict[str, type[Sitemap[Any]]] = {
    "pages": FrontPages,
    "categories": Categories,
    "products": Products,
    "guides": Guides,
    "videos": Videos,
    "auditions": Auditions,
    "merchants": Merchants,
}
