"""Guides that shoppers look for, as editors and as merchants see them."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cms.models import WantedGuide
from merchants.models import Merchant
from products.models import Product


def wanted_guides() -> QuerySet[WantedGuide]:
    """All that merchants were asked for with what they began, those still open first."""
    return (
        WantedGuide.objects.select_related("category", "asked_by")
        .prefetch_related("answers__merchant")
        .order_by(F("closed_at").desc(nulls_first=True), "-created_at", "-pk")
    )


def wanted_for(merchant: Merchant) -> QuerySet[WantedGuide]:
    """What this merchant might write, newest first: still asked for, met by nobody, not begun by
    it, and about things that it sells."""
    sells = Product.objects.filter(
        merchant=merchant, category__path__startswith=OuterRef("category__path")
    )
    return (
        WantedGuide.objects.filter(Q(category=None) | Exists(sells), closed_at=None)
        .exclude(answers__in=merchant.guides.all())
        .exclude(answers__live=True)
        .select_related("category")
        .order_by("-created_at", "-pk")
    )
