"""What is on its way in, and how much room there is for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from media_pipeline.models import Source, Upload, Video
from merchants.models import Merchant


@dataclass(frozen=True, slots=True)
class Usage:
    """How much a merchant keeps here, with what is on its way, and how much it may."""

    size: int
    """Bytes of files as they were uploaded; one that several videos are made of counts once."""
    videos: int
    size_allowed: int
    videos_allowed: int
    agreed: bool
    """Whether an editor set these limits for this merchant; else they are the settings'."""

    @property
    def size_left(self) -> int:
        return max(0, self.size_allowed - self.size)

    @property
    def videos_left(self) -> int:
        return max(0, self.videos_allowed - self.videos)


def uploads_under_way(merchant: Merchant) -> QuerySet[Upload]:
    """What can be gone on with."""
    return _coming().filter(merchant=merchant).order_by("-created_at")


def usage_of(merchant: Merchant) -> Usage:
    """See `Usage`. One query, whatever the number of videos."""
    return usages_of([merchant])[merchant.pk]


def usages_of(merchants: Sequence[Merchant]) -> dict[int, Usage]:
    """The usage of each merchant, by its key, in one query."""
    own = Video.objects.filter(merchant=OuterRef("pk"))
    inner = Video.objects.filter(merchant=OuterRef(OuterRef("pk")))
    coming = _coming().filter(merchant=OuterRef("pk"))
    rows = Merchant.objects.filter(pk__in=[merchant.pk for merchant in merchants]).annotate(
        kept=_total(Source.objects.filter(pk__in=inner.values("source")), "SUM", "size"),
        announced=_total(coming, "SUM", "length"),
        made=_total(own, "COUNT", "pk"),
        awaited=_total(coming.filter(is_part=False), "COUNT", "pk"),
        quota_size=F("video_quota__size"),
        quota_videos=F("video_quota__videos"),
    )
    names = ("pk", "kept", "announced", "made", "awaited", "quota_size", "quota_videos")
    return {
        pk: Usage(
            size=kept + announced,
            videos=made + awaited,
            size_allowed=settings.VIDEO_QUOTA_BYTES if size is None else size,
            videos_allowed=settings.VIDEO_QUOTA_VIDEOS if videos is None else videos,
            agreed=size is not None,
        )
        for pk, kept, announced, made, awaited, size, videos in rows.values_list(*names)
    }


def _coming() -> QuerySet[Upload]:
    return Upload.objects.filter(finished_at=None, expires_at__gt=timezone.now())


def _total(rows: QuerySet, function: str, field: str) -> Coalesce:
    """An aggregate of all rows of a subquery."""
    total = rows.order_by().annotate(total=Func(F(field), function=function)).values("total")
    return Coalesce(Subquery(total), Value(0))
