"""Guides: written by their merchants, read and approved by the editor."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cms.models import GuidePage
from cms.services import approve, create_guide, save_guide, submit
from demo import library
from demo.library import Guide
from demo.prose import References, stream_json
from demo.services.goods import merchants_by_key, owner_of, picture_from_art
from demo.services.people import editor
from demo.services.reporting import Report
from media_pipeline.models import Picture, Video
from merchants.models import Merchant
from products.models import Category, Product

WIDE = (1600, 900)


def add_guides(report: Report) -> None:
    guides = library.guides()
    there = set(GuidePage.objects.values_list("title", flat=True))
    merchants = merchants_by_key()
    for number, guide in enumerate(guides, start=1):
        if guide.title not in there:
            _publish(guide, merchants[guide.merchant])
        report(_("Guides"), number, len(guides))


def page_of(key: str) -> GuidePage | None:
    """The page of a guide; None once somebody has deleted or renamed it."""
    title = next(guide.title for guide in library.guides() if guide.key == key)
    return GuidePage.objects.filter(title=title).first()


@transaction.atomic
def put_video_into_guide(*, key: str, film: str, video: Video) -> None:
    """A new version of the guide, with its video, approved like the first. What somebody has
    begun to change is left alone."""
    page = page_of(key)
    if page is None or page.merchant is None or not page.live or page.has_unpublished_changes:
        return
    blocks: list[dict[str, Any]] = list(page.body.raw_data)
    if any(block["type"] == "video" for block in blocks):
        return
    guide = next(guide for guide in library.guides() if guide.key == key)
    place, block = next(
        (number, block)
        for number, block in enumerate(guide.body)
        if block.kind == "video" and block.value["film"] == film
    )
    value = {"video": video.pk, "caption": block.value.get("caption", "")}
    page.body.raw_data.insert(place, {"type": "video", "value": value})
    _save_and_approve(page, owner_of(page.merchant), page.title, page.summary, page.picture)


@transaction.atomic
def _publish(guide: Guide, merchant: Merchant) -> None:
    owner = owner_of(merchant)
    category = Category.objects.get(slug=guide.category)
    page = create_guide(merchant=merchant, user=owner, category=category, title=guide.title)
    picture = picture_from_art(art=guide.art, size=WIDE, title=guide.alt_text, merchant=merchant)
    pictures = {
        block.value["art"]: picture_from_art(
            art=block.value["art"], size=WIDE, title=block.value["alt"], merchant=merchant
        ).pk
        for block in guide.body
        if block.kind == "picture"
    }
    products = dict(Product.objects.filter(merchant=merchant).values_list("feed_id", "pk"))
    page.body = stream_json(guide, References(pictures=pictures, products=products))
    _save_and_approve(page, owner, guide.title, guide.summary, picture)


def _save_and_approve(
    page: GuidePage, owner: User, title: str, summary: str, picture: Picture | None
) -> None:
    save_guide(
        guide=page,
        user=owner,
        title=title,
        summary=summary,
        category=page.category,
        picture=picture,
        body=page.body,
        keep_version=True,
    )
    page.refresh_from_db()
    submit(subject=page, user=owner)
    approve(subject=page, editor=editor())
