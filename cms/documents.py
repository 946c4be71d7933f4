"""What search knows of guides."""

from collections.abc import Iterable, Iterator, Sequence

from cms.blocks import GuideBody
from cms.models import GuidePage
from merchants.choices import MerchantState
from products.models import Category
from search.documents import Document, DocumentType, register

_PICTURE = "fill-640x360|format-webp"  # the rendition that result lists show


def register_guides() -> None:
    register(DocumentType(kind="guide", build=build_guides, all_ids=all_guide_ids))


def all_guide_ids() -> Iterator[int]:
    return GuidePage.objects.live().values_list("pk", flat=True).iterator()


def build_guides(ids: Sequence[int]) -> Iterable[Document]:
    """The documents of those of these guides that are public now."""
    guides = list(
        GuidePage.objects.live()
        .filter(pk__in=ids)
        .exclude(merchant__state=MerchantState.SUSPENDED)
        .select_related("merchant", "category", "picture")
        .prefetch_related("picture__renditions")
    )
    paths = _category_paths({guide.category for guide in guides})
    return [_document(guide, paths[guide.category_id]) for guide in guides]


def body_text(guide: GuidePage) -> str:
    """The guide's words, without its marks."""
    return " ".join(GuideBody().get_searchable_content(guide.body))


def _document(guide: GuidePage, category_path: Sequence[str]) -> Document:
    picture = guide.picture
    return Document(
        kind="guide",
        object_id=guide.pk,
        title=guide.title,
        url=guide.get_url() or "",
        summary=guide.summary,
        body=body_text(guide),
        keywords=guide.category.name,
        category_path=category_path,
        merchant=guide.merchant.name if guide.merchant else "",
        merchant_slug=guide.merchant.slug if guide.merchant else "",
        picture_url=picture.get_rendition(_PICTURE).url if picture else "",
        has_video=any(child.block_type == "video" for child in guide.body),
        published_at=guide.first_published_at,
    )


def _category_paths(categories: set[Category]) -> dict[int, list[str]]:
    """Slugs from the root down, for each category, in one query."""
    steps = Category.steplen
    wanted = {
        category.path[:end]
        for category in categories
        for end in range(steps, len(category.path) + 1, steps)
    }
    slugs = dict(Category.objects.filter(path__in=wanted).values_list("path", "slug"))
    return {
        category.pk: [
            slugs[category.path[:end]]
            for end in range(steps, len(category.path) + 1, steps)
            if category.path[:end] in slugs
        ]
        for category in categories
    }
