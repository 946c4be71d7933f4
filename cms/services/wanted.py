"""Guides that shoppers look for and nobody has written."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cms.errors import ModerationRefusedError
from cms.models import GuidePage, WantedGuide
from cms.selectors.wanted import wanted_for
from cms.services.rows import refuse_all_but_editors
from products.models import Category
from search.curation import query_key
from search.query_log import is_shown_to_others


@transaction.atomic
def want_guide(
    *, editor: User, query: str, title: str, category: Category | None = None, note: str = ""
) -> WantedGuide:
    """Ask merchants for a guide that a search does not find.

    Raises:
        ModerationRefusedError: they are asked already, or so few people searched it that
            merchants must not read it.
    """
    refuse_all_but_editors(editor)
    if not is_shown_to_others(query):
        raise ModerationRefusedError(
            _("Too few people searched this: merchants could tell who. Write the guide here.")
        )
    asked = WantedGuide.objects.filter(closed_at=None).values_list("query", flat=True)
    if query_key(query) in map(query_key, asked):
        raise ModerationRefusedError(_("Merchants are asked for this already."))
    return WantedGuide.objects.create(
        query=query, title=title.strip(), category=category, note=note.strip(), asked_by=editor
    )


@transaction.atomic
def close_wanted_guide(*, wanted: WantedGuide, editor: User) -> None:
    """Merchants are asked no more; what they have begun stays theirs."""
    refuse_all_but_editors(editor)
    open_now = WantedGuide.objects.filter(pk=wanted.pk, closed_at=None)
    if not open_now.update(closed_at=timezone.now()):
        raise ModerationRefusedError(_("This was closed already."))


@transaction.atomic
def answer_wanted_guide(*, wanted: WantedGuide, guide: GuidePage) -> None:
    """A merchant began this guide because shoppers look for it. Nothing to do where it isn't
    asked for that, or not any more."""
    if guide.merchant is not None and wanted_for(guide.merchant).filter(pk=wanted.pk).exists():
        wanted.answers.add(guide)
