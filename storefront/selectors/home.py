"""The first page: everything of interest at once, and nothing that has to be filled by hand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from cms import selectors as cms_selectors
from cms.models import GuidePage
from cms.models import HomePage as Words
from media_pipeline.models import Video
from products.choices import ProductState
from products.models import Category
from products.selectors import public_products
from selection import exposure
from selection.models import Entry, Result, Round
from selection.selectors import open_rounds
from storefront.selectors.cards import (
    ProductCard,
    product_cards,
    video_cards,
    with_renditions,
    with_result_renditions,
)

ROUNDS = 4
ENTRIES_ON_STAGE = 4
SELECTED = 8
GUIDES = 5
VIDEOS = 10
PRODUCTS = 12
PROMISES = 6


@dataclass(frozen=True, slots=True)
class StagedRound:
    """An open round with a few of its entries."""

    round: Round
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class HomePage:
    words: Words | None
    open_rounds: Sequence[StagedRound]
    upcoming_rounds: Sequence[Round]
    selected: Sequence[Result]
    guides: Sequence[GuidePage]
    videos: Sequence[Video]
    products: Sequence[ProductCard]
    promises: Sequence[Category]
    """Categories that promise something."""

    @property
    def is_empty(self) -> bool:
        return not (self.open_rounds or self.guides or self.videos or self.products)


def home_page() -> HomePage:
    return HomePage(
        words=Words.objects.first(),
        open_rounds=_staged_rounds(),
        upcoming_rounds=list(
            Round.objects.upcoming().select_related("category").order_by("opens_at")[:ROUNDS]
        ),
        selected=_newly_selected(),
        guides=list(cms_selectors.public_guides()[:GUIDES]),
        videos=list(video_cards()[:VIDEOS]),
        products=product_cards(public_products()[:PRODUCTS]),
        promises=list(Category.objects.exclude(service_promise="").order_by("path")[:PROMISES]),
    )


def _staged_rounds() -> list[StagedRound]:
    """The open rounds, the next to close first, each with a few entries; those that nobody has
    entered yet last, for the first has the stage."""
    rounds = list(open_rounds()[:ROUNDS])
    chosen = _entries_of_the_hour(rounds)
    ids = [pk for pks in chosen.values() for pk in pks]
    entries = {
        entry.pk: entry
        for entry in with_renditions(
            list(
                Entry.objects.filter(pk__in=ids)
                .select_related("product__merchant", "video__poster", "video__source__poster")
                .prefetch_related("product__pictures__picture")
            )
        )
    }
    for one in rounds:
        for pk in chosen[one.pk]:
            entries[pk].round = one
    staged = [StagedRound(one, [entries[pk] for pk in chosen[one.pk]]) for one in rounds]
    return sorted(staged, key=lambda one: not one.entries)


def _entries_of_the_hour(rounds: Sequence[Round]) -> dict[int, list[int]]:
    """Which entries stand on the first page: others each hour and the same for everybody, so that
    none is favoured and the page can be kept."""
    visible: dict[int, list[int]] = defaultdict(list)
    for round_id, pk in (
        Entry.objects.visible().filter(round__in=rounds).values_list("round_id", "pk")
    ):
        visible[round_id].append(pk)
    viewer = f"home:{timezone.now():%Y-%m-%d %H}"
    return {
        one.pk: exposure.personal_order(seed=one.seed, viewer=viewer, entry_ids=visible[one.pk])[
            :ENTRIES_ON_STAGE
        ]
        for one in rounds
    }


def _newly_selected() -> Sequence[Result]:
    """Winners that are still on sale, the latest round's first."""
    results = (
        Result.objects.filter(
            selected=True,
            entry__product__state=ProductState.LISTED,
            entry__product__merchant__state="active",
        )
        .select_related(
            "entry__round__category",
            "entry__product__merchant",
            "entry__video__poster",
            "entry__video__source__poster",
        )
        .prefetch_related("entry__product__pictures__picture")
        .order_by("-entry__round__closed_at", "rank")
    )
    return with_result_renditions(list(results[:SELECTED]))
