"""What a merchant should look at first, and how a new one begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.choices import ReviewState
from cms.models import GuidePage
from cms.selectors import Review, guides_of, reviews_of, wanted_for
from media_pipeline.choices import SourceState
from media_pipeline.models import Video
from media_pipeline.selectors import progress_of, videos_of
from merchants.models import Merchant
from products.choices import ImportState, ProductState
from products.models import FeedImport, Product
from selection.models import Entry, Result, Round
from selection.selectors import rounds_to_enter

LOOKED_AT = 200
"""The newest of each kind; what is older has been seen."""
NEWS_LASTS = timedelta(days=14)
MOST_WANTED = 5


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing to look at."""

    tone: str
    """bad, care, news or good: how it is coloured, and the order of the list."""
    icon: str
    what: str
    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Beginning:
    """One of the first steps of a new merchant."""

    title: str
    text: str
    url: str
    label: str
    is_done: bool


_ORDER = ("bad", "good", "care", "news")


def attention_for(merchant: Merchant) -> list[Attention]:
    """Everything that waits for the merchant, the worst first."""
    found = [
        *_products(merchant),
        *_guides(merchant),
        *_videos(merchant),
        *_last_import(merchant),
        *_results(merchant),
        *_rounds(merchant),
        *_wanted_guides(merchant),
    ]
    return sorted(found, key=lambda attention: _ORDER.index(attention.tone))


def beginnings_of(merchant: Merchant) -> list[Beginning]:
    """The way from nothing to an audition; empty once it has been walked."""
    slug = merchant.slug
    steps = [
        Beginning(
            _("List a product"),
            _("By form, or all at once from the feed you have already."),
            reverse("workbench:product_new", args=[slug]),
            _("Add a product"),
            Product.objects.filter(merchant=merchant).exists(),
        ),
        Beginning(
            _("Show it in a video"),
            _("Up to three minutes, from any phone. We make it play everywhere."),
            reverse("workbench:video_upload", args=[slug]),
            _("Upload a video"),
            Video.objects.filter(merchant=merchant).exists(),
        ),
        Beginning(
            _("Write what one should know"),
            _("A guide to buying and using one: honest advice brings shoppers to you."),
            reverse("workbench:guide_new", args=[slug]),
            _("Write a guide"),
            GuidePage.objects.filter(merchant=merchant).exists(),
        ),
        Beginning(
            _("Enter an audition"),
            _("Shoppers vote on whether your product should be sold."),
            reverse("workbench:auditions", args=[slug]),
            _("See the auditions"),
            Entry.objects.filter(product__merchant=merchant).exists(),
        ),
    ]
    return [] if all(step.is_done for step in steps) else steps


def _guides(merchant: Merchant) -> Iterator[Attention]:
    guides = list(guides_of(merchant)[:LOOKED_AT])
    for guide, review in reviews_of(guides).items():
        url = reverse("workbench:guide", args=[merchant.slug, guide.pk])
        said = _said_of(review, _("Guide"))
        if said:
            yield Attention(said[0], "guide", said[1], guide.title, url, review.reason)
        elif review.state == ReviewState.DRAFT:
            yield Attention("news", "guide", _("Guide not sent in yet"), guide.title, url)


def _videos(merchant: Merchant) -> Iterator[Attention]:
    videos = list(videos_of(merchant)[:LOOKED_AT])
    reviews = reviews_of(videos)
    for video in videos:
        url = reverse("workbench:video", args=[merchant.slug, video.uuid])
        progress, review = progress_of(video), reviews[video]
        said = _said_of(review, _("Video"))
        if progress.state in {SourceState.REFUSED, SourceState.FAILED}:
            what = _("Video that can't be used")
            yield Attention("bad", "video", what, video.title, url, progress.message)
        elif said:
            yield Attention(said[0], "video", said[1], video.title, url, review.reason)
        elif review.state == ReviewState.DRAFT and progress.state == SourceState.READY:
            yield Attention("care", "video", _("Video ready to be sent in"), video.title, url)


def _said_of(review: Review, kind: str) -> tuple[str, str] | None:
    """(tone, words) of what editors said."""
    if review.state == ReviewState.TAKEN_DOWN:
        return "bad", _("%(kind)s taken down by an editor") % {"kind": kind}
    if review.state == ReviewState.SENT_BACK:
        return "bad", _("%(kind)s sent back by an editor") % {"kind": kind}
    if review.state == ReviewState.LIVE_WITH_CHANGES:
        return "care", _("%(kind)s with changes not sent in yet") % {"kind": kind}
    return None


def _products(merchant: Merchant) -> Iterator[Attention]:
    taken_down = Product.objects.filter(merchant=merchant, state=ProductState.TAKEN_DOWN)
    for product in taken_down[:LOOKED_AT]:
        url = reverse("workbench:product", args=[merchant.slug, product.pk])
        yield Attention("bad", "tag", _("Product taken down by an editor"), product.title, url)
    drafts = Product.objects.filter(merchant=merchant, state=ProductState.DRAFT).count()
    if drafts:
        url = reverse("workbench:products", args=[merchant.slug]) + "?state=draft"
        title = ngettext("%d product isn't listed yet", "%d products aren't listed yet", drafts)
        yield Attention("news", "tag", _("Not in the shop"), title % drafts, url)


def _last_import(merchant: Merchant) -> Iterator[Attention]:
    last = FeedImport.objects.filter(merchant=merchant).order_by("-created_at").first()
    if last is None or last.created_at < timezone.now() - NEWS_LASTS:
        return
    url = reverse("workbench:import", args=[merchant.slug, last.uuid])
    if last.state == ImportState.FAILED:
        what = _("Feed that could not be read")
        yield Attention("bad", "upload", what, last.filename, url, last.error)
    elif last.bad_count:
        sentence = ngettext("%d line did not go in.", "%d lines did not go in.", last.bad_count)
        what = _("Feed with problems")
        yield Attention("care", "upload", what, last.filename, url, sentence % last.bad_count)


def _results(merchant: Merchant) -> Iterator[Attention]:
    fresh = Result.objects.filter(
        entry__product__merchant=merchant,
        entry__round__closed_at__gte=timezone.now() - NEWS_LASTS,
    ).select_related("entry__product", "entry__round")
    for result in fresh:
        url = reverse("workbench:entry", args=[merchant.slug, result.entry_id])
        what = (
            _("Selected by shoppers in “%(round)s”")
            if result.selected
            else _("Results of “%(round)s”")
        )
        yield Attention(
            "good" if result.selected else "care",
            "rosette" if result.selected else "chart",
            what % {"round": result.entry.round.title},
            result.entry.product.title,
            url,
        )


def _rounds(merchant: Merchant) -> Iterator[Attention]:
    entered = Entry.objects.filter(product__merchant=merchant).values("round")
    rounds: list[Round] = list(rounds_to_enter(merchant).exclude(pk__in=entered))
    for round in rounds:
        url = reverse("workbench:enter", args=[merchant.slug, round.slug])
        yield Attention("news", "ticket", _("Audition you can enter"), round.title, url)


def _wanted_guides(merchant: Merchant) -> Iterator[Attention]:
    for wanted in wanted_for(merchant)[:MOST_WANTED]:
        url = reverse("workbench:guide_new", args=[merchant.slug]) + f"?wanted={wanted.pk}"
        what = _("Shoppers look for this and find no guide: write it")
        yield Attention("news", "search", what, wanted.title, url, wanted.note)
