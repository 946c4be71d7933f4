"""The end of a round: count, rank, select, tell."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Notification
from accounts.services import notify_each, notify_many
from selection import ranking, selectors
from selection.choices import RoundState
from selection.errors import RoundRefusedError
from selection.locking import hold_round_alone
from selection.models import Entry, Result, Round
from selection.signals import round_closed

logger = logging.getLogger(__name__)


class CountMismatchError(Exception):
    """The votes are not what the ledger says they are. Nothing is announced; someone must look."""


@transaction.atomic
def close_round(*, round: Round) -> Round:
    """Write the results, once and for good. Closing again changes nothing; a round that is still
    open ends now.

    Raises CountMismatchError if votes and ledger differ: then the round stays uncounted.
    """
    hold_round_alone(round.pk)
    locked = Round.objects.get(pk=round.pk)
    if locked.closed_at:
        return locked
    if locked.state == RoundState.ANNOUNCED:
        raise RoundRefusedError(_("This round has not opened yet, so there is nothing to count."))
    locked.closed_at = timezone.now()
    locked.closes_at = min(locked.closes_at, locked.closed_at)
    locked.save(update_fields=["closed_at", "closes_at"])
    results = _write_results(locked)
    _tell_entrants(locked, results)
    _tell_voters(locked)
    round_closed.send(sender=Round, round=locked)
    return locked


def close_due_rounds() -> list[Round]:
    """Close every round whose time is up. One that can't be counted holds up no other."""
    closed = []
    for due in Round.objects.due():
        try:
            closed.append(close_round(round=due))
        except CountMismatchError:
            logger.exception("Round %s was not closed: its votes differ from its ledger", due.pk)
    return closed


def _write_results(round: Round) -> list[Result]:
    tallies = selectors.count_votes(round)
    if tallies != selectors.recount_ledger(round):
        raise CountMismatchError(round.pk)
    entries = {entry.pk: entry for entry in _entries_that_count(round)}
    ranked = ranking.rank_entries(
        tallies=[tallies.get(pk, ranking.Tally(entry_id=pk, yes=0, no=0)) for pk in entries],
        seats=round.seats,
        seed=round.seed,
    )
    return Result.objects.bulk_create(
        [
            Result(
                entry=entries[place.tally.entry_id],
                yes=place.tally.yes,
                no=place.tally.no,
                score=place.score,
                rank=place.rank,
                selected=place.selected,
            )
            for place in ranked
        ],
        batch_size=500,
    )


def _entries_that_count(round: Round) -> list[Entry]:
    """Neither withdrawn nor set aside, and nothing of theirs taken down."""
    return list(
        Entry.objects.visible().filter(round=round).select_related("product__merchant", "round")
    )


def _tell_entrants(round: Round, results: list[Result]) -> None:
    """One message for each result, to all members of its merchant."""
    members = selectors.member_ids_by_merchant(
        {result.entry.product.merchant_id for result in results}
    )
    notify_each(
        notifications=(
            Notification(
                user_id=user_id,
                subject=_result_subject(result),
                body=_result_body(result, of=len(results)),
                url=result.entry.get_report_url(),
            )
            for result in results
            for user_id in members[result.entry.product.merchant_id]
        )
    )


def _result_subject(result: Result) -> str:
    words = {"product": Truncator(result.entry.product.title).chars(100)}
    if result.selected:
        return _("%(product)s was selected") % words
    return _("%(product)s was not selected this time") % words


def _result_body(result: Result, *, of: int) -> str:
    votes = result.yes + result.no
    return ngettext(
        "In the audition “%(round)s” it came %(rank)d of %(of)d, with %(yes)d yes of %(votes)d "
        "vote. Your workbench shows what shoppers wrote.",
        "In the audition “%(round)s” it came %(rank)d of %(of)d, with %(yes)d yes of %(votes)d "
        "votes. Your workbench shows what shoppers wrote.",
        votes,
    ) % {
        "round": result.entry.round.title,
        "rank": result.rank,
        "of": of,
        "yes": result.yes,
        "votes": votes,
    }


def _tell_voters(round: Round) -> None:
    notify_many(
        users=selectors.voters_in(round),
        subject=_("The audition “%(round)s” is decided") % {"round": round.title},
        body=_("You voted in it. See what was selected, and how many wanted it."),
        url=round.get_absolute_url(),
    )
