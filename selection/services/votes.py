"""Taking votes. What is answered is in the database: a vote and its line in the ledger stand or
fall together, and neither passes through a queue or a cache."""

import uuid

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from selection.choices import Choice, LedgerMark
from selection.errors import VoteRefusedError
from selection.locking import hold_round_together
from selection.models import Entry, LedgerLine, Round, Vote
from selection.signals import vote_cast


def cast_vote(
    *,
    entry: Entry,
    shopper: User,
    choice: str,
    comment: str = "",
    key: uuid.UUID | None = None,
) -> Vote:
    """Save where the shopper stands on this entry, in place of where they stood before.

    `key` names the request: the same key again changes nothing and returns the vote as it is.
    """
    comment = comment.strip()
    _check_words(choice=choice, comment=comment)
    if key and (repeated := _answer_to_repeat(key=key, entry=entry, shopper=shopper)):
        return repeated
    _check_shopper(entry=entry, shopper=shopper)
    key = key or uuid.uuid4()
    try:
        return _write_vote(entry=entry, shopper=shopper, choice=choice, comment=comment, key=key)
    except IntegrityError:
        # The same request arrived twice at the same moment, and the other one was first.
        repeated = _answer_to_repeat(key=key, entry=entry, shopper=shopper)
        if repeated is None:
            raise
        return repeated


@transaction.atomic
def take_back_vote(*, entry: Entry, shopper: User, key: uuid.UUID | None = None) -> None:
    """The shopper no longer stands anywhere on this entry. Nothing happens where they didn't."""
    if key and LedgerLine.objects.filter(key=key).exists():
        return
    hold_round_together(entry.round_id)
    _check_open(entry)
    deleted, _by_model = Vote.objects.filter(entry=entry, shopper=shopper).delete()
    if deleted:
        LedgerLine.objects.create(
            key=key or uuid.uuid4(),
            round_id=entry.round_id,
            entry=entry,
            shopper_id=shopper.pk,
            mark=LedgerMark.TAKEN_BACK,
        )


@transaction.atomic
def _write_vote(*, entry: Entry, shopper: User, choice: str, comment: str, key: uuid.UUID) -> Vote:
    hold_round_together(entry.round_id)
    _check_open(entry)
    if not Entry.objects.visible().filter(pk=entry.pk).exists():
        raise VoteRefusedError(_("This entry is no longer in the round."))
    # The vote first: it makes a second request of the same shopper wait, so that the ledger's
    # last line is always the one that the vote shows.
    [vote] = Vote.objects.bulk_create(
        [
            Vote(
                round_id=entry.round_id,
                entry=entry,
                shopper=shopper,
                choice=choice,
                comment=comment,
            )
        ],
        update_conflicts=True,
        unique_fields=["round", "entry", "shopper"],
        update_fields=["choice", "comment", "updated_at"],
    )
    LedgerLine.objects.create(
        key=key, round_id=entry.round_id, entry=entry, shopper_id=shopper.pk, mark=choice
    )
    vote.refresh_from_db()
    vote_cast.send(sender=Vote, vote=vote)
    return vote


def _check_open(entry: Entry) -> None:
    """The round must be held before: else it could close between this and the vote."""
    if not Round.objects.open().filter(pk=entry.round_id).exists():
        raise VoteRefusedError(_("Voting is closed for this audition."))


def _check_words(*, choice: str, comment: str) -> None:
    if choice not in Choice.values:
        raise VoteRefusedError(_("Choose yes or no."))
    limit = Vote._meta.get_field("comment").max_length
    if limit and len(comment) > limit:
        raise VoteRefusedError(
            _("Your comment is too long: it can have %(limit)d characters.") % {"limit": limit}
        )


def _check_shopper(*, entry: Entry, shopper: User) -> None:
    if not EmailAddress.objects.filter(user=shopper, verified=True).exists():
        raise VoteRefusedError(
            _("Confirm your e-mail address first: the link is in the mail we sent you.")
        )
    if shopper.memberships.filter(merchant__products=entry.product_id).exists():
        raise VoteRefusedError(_("You can't vote on an entry of a merchant you belong to."))


def _answer_to_repeat(*, key: uuid.UUID, entry: Entry, shopper: User) -> Vote | None:
    """The vote that this request has written already; None if it is a new one."""
    line = LedgerLine.objects.filter(key=key).first()
    if line is None:
        return None
    vote = Vote.objects.filter(entry=entry, shopper=shopper).first()
    if vote is None or (line.entry_id, line.shopper_id) != (entry.pk, shopper.pk):
        raise VoteRefusedError(_("This page is out of date. Reload it and vote again."))
    return vote
