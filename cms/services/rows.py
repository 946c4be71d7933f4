"""Subjects as they are now, held until the transaction ends."""

from typing import TypeVar

from django.utils.translation import gettext as _

from accounts.models import User
from cms import rules
from cms.errors import ModerationRefusedError
from cms.models import GuidePage
from media_pipeline.models import Video
from merchants.models import Membership, Merchant

SubjectT = TypeVar("SubjectT", GuidePage, Video)


def lock_row(subject: SubjectT) -> SubjectT:
    """The row as it is now; nobody else changes it before this transaction ends.

    Only its own table is locked: an outer join can't be on PostgreSQL.
    """
    if isinstance(subject, GuidePage):
        return GuidePage.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    return Video.objects.select_for_update(of=("self",)).get(pk=subject.pk)


def refuse_strangers(*, user: User, merchant: Merchant | None) -> None:
    """Raise unless the person is a member of the merchant, or an editor."""
    if rules.is_editor(user):
        return
    if merchant and Membership.objects.filter(merchant=merchant, user=user).exists():
        return
    raise ModerationRefusedError(_("This belongs to another merchant."))


def refuse_all_but_editors(user: User) -> None:
    if not rules.is_editor(user):
        raise ModerationRefusedError(_("Only editors can do this."))
