"""What search knows of guides."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from wagtail.query import PageQuerySet

from cms.blocks import GuideBody
from cms.models import GuidePage
from media_pipeline.documents import card_url
from media_pipeline.models import Video
from products.documents import category_paths
from search.documents import Document, DocumentType, register

KIND = "guide"
_PICTURE = "fill-640x360|format-webp"  # the rendition that result lists show


def register_guides() -> None:
    register(DocumentType(kind=KIND, build=build_guides, all_ids=all_guide_ids))


def all_guide_ids() -> Iterator[int]:
    return GuidePage.objects.live().order_by("pk").values_list("pk", flat=True).iterator()


def build_guides(ids: Sequence[int]) -> Iterable[Document]:
    """The documents of those of these guides that are public now; a fixed number of queries."""
    guides = list(
        _public_guides()
        .filter(pk__in=ids)
        .select_related("merchant", "category", "picture")
        .prefetch_related("picture__renditions")
    )
    paths = category_paths({guide.category for guide in guides})
    with_video = _with_video(guides)
    return [
        _document(guide, paths[guide.category_id], has_video=guide.pk in with_video)
        for guide in guides
    ]


def categories_of_guides() -> "QuerySet[Any]":
    """The ids of the categories that have a public guide."""
    return _public_guides().order_by().values("category")


def _public_guides() -> PageQuerySet:
    """Neither a suspended merchant's nor below a page that an administrator has made private."""
    return GuidePage.objects.live().public().filter(GuidePage.OPEN_TO_ALL)


def body_text(guide: GuidePage) -> str:
    """The guide's words, without its marks."""
    return " ".join(GuideBody().get_searchable_content(guide.body))


def _document(guide: GuidePage, category_path: Sequence[str], *, has_video: bool) -> Document:
    return Document(
        kind=KIND,
        object_id=guide.pk,
        title=guide.title,
        url=guide.get_url() or "",
        summary=guide.summary,
        body=body_text(guide),
        keywords=guide.category.name,
        category_path=category_path,
        merchant=guide.merchant.name if guide.merchant else "",
        merchant_slug=guide.merchant.slug if guide.merchant else "",
        merchant_since=guide.merchant.created_at if guide.merchant else None,
        picture_url=card_url(guide.picture, _PICTURE),
        has_video=has_video,
        published_at=guide.first_published_at,
    )


def _with_video(guides: Collection[GuidePage]) -> set[int]:
    """The ids of those that show a video which is still public; one query, no video fetched."""
    shown = {
        guide.pk: [
            block["value"]["video"]
            for block in guide.body.raw_data
            if block["type"] == "video" and block["value"].get("video")
        ]
        for guide in guides
    }
    wanted = {video_id for ids in shown.values() for video_id in ids}
    public = set(Video.objects.public().filter(pk__in=wanted).values_list("pk", flat=True))
    return {pk for pk, ids in shown.items() if not public.isdisjoint(ids)}
