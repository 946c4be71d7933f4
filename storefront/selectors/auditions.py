"""Auditions as one shopper meets them."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from media_pipeline.models import Video
from media_pipeline.selectors import Playback, playback_of, public_videos
from selection.choices import RoundState
from selection.exposure import personal_order
from selection.models import Entry, Result, Round, Vote
from selection.selectors import entries_for, entry_for_page, results_of, votes_by
from storefront.selectors.cards import with_renditions, with_result_renditions


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry, and where this shopper stands on it."""

    entry: Entry
    vote: Vote | None
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class AuditionPage:
    round: Round
    standings: Sequence[Standing]
    """In the shopper's own order; once the round is closed, in the order of the results."""

    @property
    def voted_count(self) -> int:
        return sum(1 for standing in self.standings if standing.vote)

    @property
    def next_entry(self) -> Entry | None:
        """The first that the shopper has not judged yet."""
        return next((one.entry for one in self.standings if not one.vote), None)


@dataclass(frozen=True, slots=True)
class EntryPage:
    round: Round
    standing: Standing
    playback: Playback | None
    position: int
    """1 for the first of the shopper's own order."""
    total: int
    previous_id: int | None
    next_id: int | None


def audition_page(slug: str, *, viewer: str, user: User | None) -> AuditionPage | None:
    round_ = Round.objects.filter(slug=slug).select_related("category").first()
    if round_ is None:
        return None
    votes = votes_by(user, round_) if user else {}
    if round_.state == RoundState.CLOSED:
        results = [one for one in results_of(round_) if _can_be_shown(one.entry)]
        with_result_renditions(results)
        standings = [Standing(one.entry, votes.get(one.entry_id), one) for one in results]
    else:
        entries = with_renditions(entries_for(round_, viewer))
        standings = [Standing(entry, votes.get(entry.pk)) for entry in entries]
    return AuditionPage(round_, standings)


def entry_page(slug: str, pk: int, *, viewer: str, user: User | None) -> EntryPage | None:
    entry = entry_for_page(slug, pk)
    if entry is None:
        return None
    with_renditions([entry])
    order = _order(entry.round, viewer)
    at = order.index(pk) if pk in order else 0
    video = public_videos().filter(pk=entry.video_id).first()
    return EntryPage(
        round=entry.round,
        standing=_standing(entry, user),
        playback=playback_of(video) if video else None,
        position=at + 1,
        total=len(order),
        previous_id=order[at - 1] if at else None,
        next_id=order[at + 1] if at + 1 < len(order) else None,
    )


def vote_progress(round_: Round, user: User) -> tuple[int, int]:
    """(entries this shopper has judged, entries there are)."""
    visible = Entry.objects.visible().filter(round=round_)
    judged = Vote.objects.filter(round=round_, shopper=user, entry__in=visible).count()
    return judged, visible.count()


def _order(round_: Round, viewer: str) -> list[int]:
    """The ids of what can be seen of a round, in the order in which it is gone through."""
    visible = Entry.objects.visible().filter(round=round_)
    if round_.state == RoundState.CLOSED:
        return list(visible.order_by("result__rank", "pk").values_list("pk", flat=True))
    ids = visible.order_by("pk").values_list("pk", flat=True)
    return personal_order(seed=round_.seed, viewer=viewer, entry_ids=ids)


def _standing(entry: Entry, user: User | None) -> Standing:
    closed = entry.round.state == RoundState.CLOSED
    return Standing(
        entry,
        vote=Vote.objects.filter(entry=entry, shopper=user).first() if user else None,
        result=Result.objects.filter(entry=entry).first() if closed else None,
    )


def _can_be_shown(entry: Entry) -> bool:
    """A result stays in the books; what was taken down since is not shown."""
    video: Video = entry.video
    product = entry.product
    return product.state == "listed" and product.merchant.is_active and video.live
