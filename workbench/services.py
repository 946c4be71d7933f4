"""What the merchants' pages write that no app below has a service for."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.models import Revision

from accounts.models import User
from cms import services as cms
from cms.models import GuidePage
from media_pipeline.models import Picture
from products.models import Category
from workbench.errors import NewerVersionError
from workbench.selectors import version_of


@dataclass(frozen=True)
class GuideDraft:
    """What is to be saved of a guide."""

    title: str
    summary: str
    category: Category
    picture: Picture | None
    body: StreamValue


@transaction.atomic
def save_draft(
    *,
    guide: GuidePage,
    user: User,
    draft: GuideDraft,
    seen_version: str,
    keep_version: bool = False,
) -> Revision:
    """Save what a member has written, unless the guide has changed since they last saw it.

    `seen_version` is `version_of` the guide as their page knows it; empty to save in any case
    (what the other one saved stays among the versions).

    Raises:
        NewerVersionError: somebody else, or the same person elsewhere, saved since.
        ActionRefusedError: see `cms.services.save_guide`.
    """
    row = GuidePage.objects.select_for_update(of=("self",)).get(pk=guide.pk)
    if seen_version and seen_version != version_of(row):
        raise NewerVersionError(_describe_newer(row, user))
    return cms.save_guide(
        guide=row,
        user=user,
        title=draft.title,
        summary=draft.summary,
        category=draft.category,
        picture=draft.picture,
        body=draft.body,
        keep_version=keep_version or not seen_version,
    )


def _describe_newer(guide: GuidePage, user: User) -> str:
    latest = guide.latest_revision
    when = date_format(localtime(latest.created_at), "TIME_FORMAT")
    if latest.user_id == user.pk:
        return _(
            "You saved a newer version of this guide in another window, at %(time)s. "
            "What you wrote here is still here, and not saved yet."
        ) % {"time": when}
    return _(
        "%(person)s saved a newer version of this guide at %(time)s. "
        "What you wrote is still here, and not saved yet."
    ) % {"person": latest.user or _("Somebody"), "time": when}
