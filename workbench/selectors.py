"""What the merchants' pages read that no app below has a use for."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from cms.models import GuidePage
from media_pipeline.models import Picture, Source, Video
from merchants.models import Merchant
from products.choices import ProductState
from products.models import Product
from selection.choices import EntryState
from selection.models import Entry


def pictures_of(merchant: Merchant) -> QuerySet[Picture]:
    """The merchant's own pictures, newest first, without the posters made from its videos."""
    posters = Source.objects.filter(videos__merchant=merchant, poster__isnull=False)
    return (
        Picture.objects.filter(merchant=merchant)
        .exclude(pk__in=posters.values("poster"))
        .order_by("-created_at", "-pk")
    )


def is_shared(video: Video) -> bool:
    """Whether another merchant uploaded the very same bytes: what is done with them isn't this
    one's alone to stop."""
    others = Video.objects.filter(source=video.source_id).exclude(merchant=video.merchant_id)
    return others.exists()


def version_of(guide: GuidePage) -> str:
    """Changes whenever the draft is saved, even over the same revision."""
    latest = guide.latest_revision
    return f"{latest.pk}-{latest.created_at.timestamp():.6f}" if latest else ""


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is of a merchant's."""

    products: int
    listed: int
    guides: int
    guides_live: int
    videos: int
    videos_live: int
    entries: int


def totals_of(merchant: Merchant) -> Totals:
    products = Product.objects.filter(merchant=merchant).aggregate(
        all=Count("pk"), listed=Count("pk", filter=Q(state=ProductState.LISTED))
    )
    guides = GuidePage.objects.filter(merchant=merchant).aggregate(
        all=Count("pk"), live=Count("pk", filter=Q(live=True))
    )
    videos = Video.objects.filter(merchant=merchant).aggregate(
        all=Count("pk"), live=Count("pk", filter=Q(live=True))
    )
    entries = Entry.objects.filter(product__merchant=merchant)
    return Totals(
        products=products["all"],
        listed=products["listed"],
        guides=guides["all"],
        guides_live=guides["live"],
        videos=videos["all"],
        videos_live=videos["live"],
        entries=entries.exclude(state=EntryState.WITHDRAWN).count(),
    )
