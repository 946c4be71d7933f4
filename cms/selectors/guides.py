"""Guides and the pages they hang from."""

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import ReferenceIndex, Revision
from wagtail.query import PageQuerySet

from cms.models import GuideIndexPage, GuidePage, HomePage
from media_pipeline.models import Picture, Video
from merchants.models import Merchant


def home_page() -> HomePage:
    """The first page's words; `services.ensure_site` has made it."""
    return HomePage.objects.get()


def guide_index_page() -> GuideIndexPage:
    return GuideIndexPage.objects.get()


def public_guides() -> PageQuerySet:
    """What anyone may read, newest first, with all that a card shows."""
    return _with_card_parts(GuidePage.objects.live().filter(GuidePage.OPEN_TO_ALL)).order_by(
        "-first_published_at", "-pk"
    )


def is_in_public_guide(picture: Picture) -> bool:
    """As the one that stands for it, or anywhere in its body: Wagtail keeps an index of what
    points at what, whose rows are of what is public."""
    public = GuidePage.objects.live().filter(GuidePage.OPEN_TO_ALL)
    if public.filter(picture=picture).exists():
        return True
    numbers = guides_showing(Picture, [picture.pk])
    return bool(numbers) and public.filter(pk__in=numbers).exists()


def guides_showing(model: type[Picture | Video], ids: Collection[int]) -> list[int]:
    """The ids of the guides whose public text has any of these things in it."""
    pointing = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id__in=[str(pk) for pk in ids],
        content_type=ContentType.objects.get_for_model(GuidePage),
    )
    numbers = pointing.order_by().values_list("object_id", flat=True).distinct()
    return [int(number) for number in numbers]


def guides_of(merchant: Merchant) -> PageQuerySet:
    """Everything a merchant has written, last touched first. Their rows hold what is public;
    what is being written is `guide.get_latest_revision_as_object()`."""
    return _with_card_parts(GuidePage.objects.filter(merchant=merchant)).order_by(
        "-latest_revision_created_at", "-pk"
    )


def versions_of(guide: GuidePage) -> "QuerySet[Revision]":
    """A guide's versions, newest first, without their content."""
    return (
        Revision.objects.for_instance(guide)
        .select_related("user")
        .defer("content")
        .order_by("-created_at", "-pk")
    )


def _with_card_parts(guides: PageQuerySet) -> PageQuerySet:
    return (
        guides.select_related("merchant", "category", "picture")
        .prefetch_related("picture__renditions")
        .defer_streamfields()
    )
