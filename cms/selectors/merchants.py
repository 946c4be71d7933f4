"""Merchants and applications, as editors see them."""

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from merchants.choices import ApplicationState
from merchants.models import Merchant, MerchantApplication
from products.choices import ProductState


def applications() -> QuerySet[MerchantApplication]:
    """Those that wait first, longest waiting on top; then the decided, latest on top."""
    waits = Case(
        When(state=ApplicationState.PENDING, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return MerchantApplication.objects.select_related(
        "applicant", "decided_by", "merchant"
    ).order_by(waits, "-decided_at", "created_at")


def merchants_for_editors() -> QuerySet[Merchant]:
    """Every merchant with how much of theirs is public."""
    return Merchant.objects.annotate(
        product_count=Count(
            "products", filter=Q(products__state=ProductState.LISTED), distinct=True
        ),
        guide_count=Count("guides", filter=Q(guides__live=True), distinct=True),
        video_count=Count("videos", filter=Q(videos__live=True), distinct=True),
    ).order_by("name")
