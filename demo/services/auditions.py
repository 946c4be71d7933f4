"""Rounds, their entries, and what shoppers say."""

import random
import uuid
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from demo import library
from demo.library import Audition, Candidate, Film
from demo.logins import ROLES
from demo.services.goods import owner_of
from demo.services.people import SHOPPERS, shopper_email
from demo.services.reporting import Report
from demo.services.writing import page_of
from media_pipeline.models import Video
from products.models import Category, Product
from selection.choices import Choice
from selection.models import Entry, Round, Vote
from selection.services import cast_vote, close_round, enter_round, open_round

TURNOUT = 0.72  # of all shoppers, on each entry
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "auditorium/demo/votes")


def add_auditions(report: Report) -> None:
    auditions = library.auditions()
    for number, audition in enumerate(auditions, start=1):
        if round_of(audition) is None:
            now = timezone.now()
            open_round(
                category=Category.objects.get(slug=audition.category),
                title=audition.title,
                introduction=audition.introduction,
                opens_at=now + timedelta(days=audition.opens),
                closes_at=now + timedelta(days=audition.closes),
                seats=audition.seats,
            )
        report(_("Auditions"), number, len(auditions))


def auditions_are_there() -> bool:
    """They are the last thing that the world gets, so with them all of it is there; what people
    delete after that stays deleted."""
    titles = [audition.title for audition in library.auditions()]
    return Round.objects.filter(title__in=titles).count() == len(titles)


def round_of(audition: Audition) -> Round | None:
    return Round.objects.filter(title=audition.title).first()


def entry_of(audition: Audition, film: Film) -> Entry | None:
    """Whatever became of it since."""
    return Entry.objects.filter(round__title=audition.title, product__feed_id=film.product).first()


def enter_film(*, audition: Audition, film: Film, video: Video) -> Entry | None:
    """The film's product, for its merchant; None where the round takes no more."""
    round = round_of(audition)
    product = Product.objects.filter(merchant=video.merchant, feed_id=film.product).first()
    if round is None or product is None or round.closed_at:
        return None
    page = page_of(film.guide)
    return enter_round(
        round=round,
        product=product,
        video=video,
        user=owner_of(video.merchant),
        guide=page if page and page.live else None,
    )


def let_shoppers_vote(*, audition: Audition, candidate: Candidate, entry: Entry) -> None:
    """Everyone who hasn't yet. Who says what is drawn by lot, but the same lot each time."""
    if not Round.objects.open().filter(pk=entry.round_id).exists():
        return
    said = set(Vote.objects.filter(entry=entry).values_list("shopper__email", flat=True))
    people = {user.email: user for user in User.objects.filter(email__in=_voters(audition))}
    comments = {
        Choice.YES: list(candidate.yes_comments),
        Choice.NO: list(candidate.no_comments),
    }
    for email in _voters(audition):
        choice = _vote_of(email, audition, candidate)
        if choice is None:
            continue
        comment = comments[choice].pop(0) if comments[choice] else ""
        if email not in said and email in people:
            cast_vote(
                entry=entry,
                shopper=people[email],
                choice=choice,
                comment=comment,
                key=uuid.uuid5(_NAMESPACE, f"{entry.pk}/{people[email].pk}"),
            )


def close_if_complete(audition: Audition) -> bool:
    """Once every entry that is to come has come. True where the round is closed now."""
    round = round_of(audition)
    if not audition.close or round is None or round.closed_at:
        return False
    close_round(round=round)
    return True


def _voters(audition: Audition) -> list[str]:
    """The person who tries the demo has voted in the round that is over, and may vote in the
    one that is open."""
    shoppers = [shopper_email(number) for number in range(1, SHOPPERS + 1)]
    return [*shoppers, ROLES["shopper"]] if audition.close else shoppers


def _vote_of(email: str, audition: Audition, candidate: Candidate) -> Choice | None:
    # The same draw for the same person and entry; nothing here needs to be hard to guess.
    lot = random.Random(f"{email}/{audition.key}/{candidate.film}")  # noqa: S311
    if lot.random() > TURNOUT:
        return None
    return Choice.YES if lot.random() * 100 < candidate.yes else Choice.NO
