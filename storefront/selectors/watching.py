"""One video, and what to see beside and after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from cms.models import GuidePage
from cms.selectors import public_guides
from media_pipeline.captions import Transcript, transcripts_of
from media_pipeline.chapters import Chapter, chapters_of
from media_pipeline.models import Video
from media_pipeline.selectors import Playback, playback_of, public_videos
from products.selectors import public_products
from selection.models import Entry, Round
from storefront.selectors.cards import ProductCard, product_cards, video_cards

NEXT = 8
GUIDES = 3


@dataclass(frozen=True, slots=True)
class WatchPage:
    video: Video
    playback: Playback | None
    products: Sequence[ProductCard]
    open_entry: Entry | None
    guides: Sequence[GuidePage]
    next_videos: Sequence[Video]
    chapters: Sequence[Chapter]
    transcripts: Sequence[Transcript]
    """One for each language, the reader's own first."""


def watch_page(uuid: UUID) -> WatchPage | None:
    video = public_videos().filter(uuid=uuid).first()
    if video is None:
        return None
    products = product_cards(public_products().filter(videos=video))
    categories = [card.product.category_id for card in products]
    return WatchPage(
        video=video,
        playback=playback_of(video),
        products=products,
        open_entry=Entry.objects.visible()
        .filter(video=video, round__in=Round.objects.open())
        .select_related("round", "product")
        .first(),
        guides=list(public_guides().filter(category__in=categories)[:GUIDES]),
        next_videos=_next(video, categories),
        chapters=chapters_of(video.chapters),
        transcripts=transcripts_of(video.captions, first=get_language()),
    )


def _next(video: Video, categories: Sequence[int]) -> list[Video]:
    """Of the same categories or merchant first; whatever is new where there are too few."""
    near = video_cards().exclude(pk=video.pk)
    related = list(
        near.filter(Q(products__category__in=categories) | Q(merchant=video.merchant)).distinct()[
            :NEXT
        ]
    )
    known = [one.pk for one in related]
    return related + list(near.exclude(pk__in=known)[: NEXT - len(related)])
