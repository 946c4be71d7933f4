from django.db.models import F, QuerySet

from cms.models import TakeDown


def take_downs() -> QuerySet[TakeDown]:
    """Those in force first, the latest of each at the top."""
    return TakeDown.objects.select_related("content_type", "taken_down_by", "lifted_by").order_by(
        F("lifted_at").desc(nulls_first=True), "-created_at"
    )
