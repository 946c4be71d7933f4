"""A guide as it is read: its parts in order, with what they show as it is now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.blocks.stream_block import StreamValue

from cms.documents import body_text
from cms.models import GuidePage
from cms.selectors.guides import public_guides
from media_pipeline.models import Video
from media_pipeline.selectors import Playback, playback_of, public_videos, videos_of
from products.models import Category, Product
from products.selectors import products_of, public_products

_WORDS_A_MINUTE = 220
_MORE = 3
# Each of these begins a part that the contents list names.
_NAMED = {"heading", "steps", "questions"}


@dataclass(frozen=True, slots=True)
class ShownProduct:
    """A product card, and why it stands there."""

    product: Product
    note: str


@dataclass(frozen=True, slots=True)
class ShownVideo:
    video: Video
    playback: Playback | None
    caption: str


@dataclass(frozen=True, slots=True)
class Part:
    """One block as it is shown; products that follow each other are one part."""

    kind: str
    block: StreamValue.StreamChild | None = None
    anchor: str = ""
    products: Sequence[ShownProduct] = ()
    video: ShownVideo | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    parts: Sequence[Part]
    contents: Sequence[tuple[str, str]]
    """(anchor, words) of each part that has a name."""
    minutes: int
    category_path: Sequence[Category]
    more: Sequence[GuidePage] = field(default=())
    """Others of the same category."""


def reading_of(guide: GuidePage, *, is_preview: bool = False) -> Reading:
    """What a page shows of a guide. Products and videos that aren't public are left out, but
    for a preview, in which their merchant sees its own."""
    parts = list(_parts(guide, is_preview=is_preview))
    return Reading(
        parts=parts,
        contents=[(part.anchor, _name_of(part)) for part in parts if part.anchor],
        minutes=max(1, round(len(strip_tags(body_text(guide)).split()) / _WORDS_A_MINUTE)),
        category_path=_path_to(guide.category),
        more=[]
        if is_preview
        else list(public_guides().filter(category=guide.category_id).exclude(pk=guide.pk)[:_MORE]),
    )


def _parts(guide: GuidePage, *, is_preview: bool) -> Iterator[Part]:
    products = _products_shown(guide, is_preview=is_preview)
    videos = _videos_shown(guide, is_preview=is_preview)
    anchors: set[str] = set()
    waiting: list[ShownProduct] = []
    for child in guide.body:
        if child.block_type == "product":
            product = products.get(_key_of(child, "product"))
            if product is not None:
                waiting.append(ShownProduct(product, child.value.get("note") or ""))
            continue
        if waiting:
            yield Part("products", products=waiting)
            waiting = []
        if child.block_type == "video":
            video = videos.get(_key_of(child, "video"))
            if video is not None:
                shown = ShownVideo(video, playback_of(video), child.value.get("caption") or "")
                yield Part("video", video=shown)
            continue
        anchor = _free_anchor(_words_of(child), anchors) if child.block_type in _NAMED else ""
        yield Part(child.block_type, block=child, anchor=anchor)
    if waiting:
        yield Part("products", products=waiting)


def _key_of(child: StreamValue.StreamChild, name: str) -> int | None:
    chosen = child.value.get(name)
    return chosen.pk if chosen is not None else None


def _products_shown(guide: GuidePage, *, is_preview: bool) -> dict[int | None, Product]:
    ids = _ids(guide, "product")
    if not ids:
        return {}
    own = is_preview and guide.merchant is not None
    found = products_of(guide.merchant) if own and guide.merchant else public_products()
    return {product.pk: product for product in found.filter(pk__in=ids)}


def _videos_shown(guide: GuidePage, *, is_preview: bool) -> dict[int | None, Video]:
    ids = _ids(guide, "video")
    if not ids:
        return {}
    own = is_preview and guide.merchant is not None
    found = videos_of(guide.merchant) if own and guide.merchant else public_videos()
    return {video.pk: video for video in found.filter(pk__in=ids, taken_down_at=None)}


def _ids(guide: GuidePage, kind: str) -> list[int]:
    keys: Iterable[int | None] = (
        _key_of(child, kind) for child in guide.body if child.block_type == kind
    )
    return [key for key in keys if key is not None]


def _words_of(child: StreamValue.StreamChild) -> str:
    if child.block_type == "heading":
        return str(child.value)
    if child.block_type == "steps":
        return str(child.value.get("title") or "")
    return _("Questions and answers")


def _name_of(part: Part) -> str:
    return _words_of(part.block) if part.block is not None else ""


def _free_anchor(words: str, taken: set[str]) -> str:
    stem = slugify(words) or "part"
    anchor, number = stem, 1
    while anchor in taken:
        number += 1
        anchor = f"{stem}-{number}"
    taken.add(anchor)
    return anchor


def _path_to(category: Category) -> list[Category]:
    if category.depth == 1:
        return [category]
    return [*category.get_ancestors(), category]
