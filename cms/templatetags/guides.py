"""Guides are served by Wagtail, live and as previews; this is how both get what they show."""

from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.template import Context

from cms import selectors
from cms.models import GuidePage
from cms.selectors.reading import Reading, reading_of
from cms.structured_data import structured_data_of
from media_pipeline.documents import card_url
from search.engines.base import Hit
from search.services import similar

register = template.Library()

_PER_PAGE = 24
_RELATED = 6


@register.simple_tag(takes_context=True)
def guide_reading(context: Context, guide: GuidePage) -> Reading:
    """The guide's parts, contents and neighbours."""
    request = context.get("request")
    return reading_of(guide, is_preview=getattr(request, "is_preview", False))


@register.simple_tag
def guide_related(guide: GuidePage, reading: Reading) -> list[Hit]:
    """Goods and guides that are like this one, but for those that it shows anyway; one search.
    Nothing where nothing is alike, or while search is away."""
    shown = {("guide", other.pk) for other in reading.more}
    shown |= {("product", one.product.pk) for part in reading.parts for one in part.products}
    kinds = ("product", "guide")
    found = similar(kind="guide", object_id=guide.pk, kinds=kinds, limit=_RELATED + len(shown))
    return [hit for hit in found if hit.key not in shown][:_RELATED]


@register.simple_tag
def guide_structured_data(guide: GuidePage, reading: Reading) -> dict[str, Any]:
    """The guide's schema.org graph."""
    return structured_data_of(
        guide,
        reading,
        url=settings.SITE_URL + (guide.get_url() or ""),
        site_url=settings.SITE_URL,
        picture_url=guide_picture_address(guide),
    )


@register.simple_tag
def guide_picture_address(guide: GuidePage) -> str:
    """The absolute address of the guide's picture, for other sites; '' without one."""
    url = card_url(guide.picture, "width-1280|format-webp")
    return settings.SITE_URL + url if url.startswith("/") else url


@register.simple_tag(takes_context=True)
def guides_page(context: Context) -> "Page[GuidePage]":
    """The public guides, a page of them."""
    request = context["request"]
    return Paginator(selectors.public_guides(), _PER_PAGE).get_page(request.GET.get("page"))
