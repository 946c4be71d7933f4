from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from products.models import Category
from selection import rules
from selection.errors import RoundRefusedError
from selection.locking import hold_round_alone
from selection.models import Round
from selection.signals import round_changed


@transaction.atomic
def open_round(
    *,
    category: Category,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    seats: int,
    introduction: str = "",
) -> Round:
    """Announce an audition; it is open by itself between the two dates."""
    _check_words_and_dates(title=title, opens_at=opens_at, closes_at=closes_at, seats=seats)
    if closes_at <= timezone.now():
        raise RoundRefusedError(_("The closing date has passed. Choose one that is to come."))
    opened = Round.objects.create(
        category=category,
        title=title.strip(),
        slug=_free_slug(title),
        opens_at=opens_at,
        closes_at=closes_at,
        seats=seats,
        introduction=introduction.strip(),
    )
    round_changed.send(sender=Round, round=opened)
    return opened


@transaction.atomic
def edit_round(*, round: Round, **changes: Any) -> Round:
    """Change title, introduction, category, opens_at, closes_at or seats. Once the round is open
    only its words can be changed."""
    hold_round_alone(round.pk)
    locked = Round.objects.get(pk=round.pk)
    for field, value in changes.items():
        if value != getattr(locked, field) and not rules.may_change(locked, field):
            raise RoundRefusedError(
                _(
                    "The round has opened, so its category, dates and number of places stand. "
                    "You can still change its title and introduction."
                )
            )
    for field, value in changes.items():
        setattr(locked, field, value)
    _check_words_and_dates(
        title=locked.title,
        opens_at=locked.opens_at,
        closes_at=locked.closes_at,
        seats=locked.seats,
    )
    locked.save(update_fields=list(changes))
    round_changed.send(sender=Round, round=locked)
    return locked


def _check_words_and_dates(
    *, title: str, opens_at: datetime, closes_at: datetime, seats: int
) -> None:
    if not title.strip():
        raise RoundRefusedError(_("Give the round a title."))
    if closes_at <= opens_at:
        raise RoundRefusedError(_("A round must close after it opens. Change one of the dates."))
    if seats < 1:
        raise RoundRefusedError(_("At least one entry must be selected."))


def _free_slug(title: str) -> str:
    """An address for this title that no round has; a second one of the name gets a number."""
    stem = slugify(title)[:90] or "audition"
    taken = set(
        Round.objects.filter(slug__startswith=stem).order_by().values_list("slug", flat=True)
    )
    if stem not in taken:
        return stem
    return next(
        candidate for n in range(2, len(taken) + 3) if (candidate := f"{stem}-{n}") not in taken
    )
