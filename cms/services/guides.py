"""Writing guides. What is written is a draft (a Wagtail revision) until editors approve it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.blocks import StreamValue
from wagtail.models import PageLogEntry, Revision
from wagtail.rich_text import RichText

from accounts.models import User
from cms import rules
from cms.choices import ReviewState
from cms.errors import GuideRefusedError
from cms.models import GuideIndexPage, GuidePage
from cms.rich_text import clean_rich_text
from cms.selectors import Review, review_of
from cms.selectors.references import foreign_references
from cms.services.rows import lock_row, refuse_strangers
from media_pipeline.models import Picture
from merchants.models import Merchant
from products.models import Category

Body: TypeAlias = StreamValue | Sequence[dict[str, Any]] | Sequence[tuple[str, Any]] | str
_KEPT = ("wagtail.edit", "wagtail.revert")
_LONGEST_SLUG = 80


@transaction.atomic
def create_guide(
    *, merchant: Merchant | None, user: User, category: Category, title: str
) -> GuidePage:
    """A draft with a title and nothing else. `merchant` is None for the editors' own."""
    refuse_strangers(user=user, merchant=merchant)
    index = _lock_index()
    guide = index.add_child(
        instance=GuidePage(
            title=title.strip(),
            slug=_free_slug(title),
            live=False,
            owner=user,
            merchant=merchant,
            category=category,
        )
    )
    guide.save_revision(user=user, clean=False)
    return guide


@transaction.atomic
def save_guide(
    *,
    guide: GuidePage,
    user: User,
    title: str,
    summary: str,
    category: Category,
    picture: Picture | None,
    body: Body,
    keep_version: bool = False,
) -> Revision:
    """Save the draft; nothing public changes.

    What saves itself while a person types overwrites that person's own latest version;
    `keep_version` marks it as one to go back to, and the next save begins another. `body` is a
    StreamValue, its JSON, or a list of blocks. Drafts may be incomplete: `submit` asks for the
    rest.

    Raises:
        GuideRefusedError: an editor is reading it, or it holds what isn't the merchant's.
    """
    refuse_strangers(user=user, merchant=guide.merchant)
    row = lock_row(guide)
    _refuse_if_fixed(review_of(row))
    draft = row.get_latest_revision_as_object()
    draft.title = title.strip() or draft.title
    draft.summary, draft.category, draft.picture = summary.strip(), category, picture
    draft.body = body
    _clean_texts(draft.body)
    if foreign := foreign_references(draft):
        raise GuideRefusedError(
            _("Choose your own pictures, products and videos: %(titles)s is not yours.")
            % {"titles": ", ".join(foreign)}
        )
    if row.first_published_at is None:
        _follow_title(row, draft)
    return draft.save_revision(
        user=user,
        clean=False,
        log_action=keep_version,
        overwrite_revision=_overwritable(row, user),
    )


@transaction.atomic
def schedule_guide(
    *, guide: GuidePage, user: User, go_live_at: datetime | None, expire_at: datetime | None = None
) -> Revision:
    """Say when the guide goes public once approved, and when it goes again (None: at once,
    never). An approved guide that waits for its day can be given another one.

    Raises:
        GuideRefusedError: the dates make no sense, or an editor is reading it.
    """
    refuse_strangers(user=user, merchant=guide.merchant)
    _refuse_dates(go_live_at, expire_at)
    row = lock_row(guide)
    review = review_of(row)
    if review.scheduled_for and review.state != ReviewState.TAKEN_DOWN:
        return _reschedule(row, go_live_at, expire_at, user)
    _refuse_if_fixed(review)
    draft = row.get_latest_revision_as_object()
    draft.go_live_at, draft.expire_at = go_live_at, expire_at
    return draft.save_revision(user=user, clean=False, overwrite_revision=_overwritable(row, user))


@transaction.atomic
def restore_version(*, guide: GuidePage, revision: Revision, user: User) -> Revision:
    """Take up an earlier version as the draft; everything since stays in the history."""
    refuse_strangers(user=user, merchant=guide.merchant)
    row = lock_row(guide)
    _refuse_if_fixed(review_of(row))
    if str(revision.object_id) != str(row.pk) or (
        revision.base_content_type_id != row.get_base_content_type().pk
    ):
        raise GuideRefusedError(_("This version is of another guide."))
    draft = revision.as_object()
    draft.slug, draft.merchant_id = row.slug, row.merchant_id
    return draft.save_revision(
        user=user, clean=False, previous_revision=revision, log_action="wagtail.revert"
    )


@transaction.atomic
def delete_guide(*, guide: GuidePage, user: User) -> None:
    """Remove a guide with its history. One that was taken down stays, as the record of why."""
    refuse_strangers(user=user, merchant=guide.merchant)
    row = lock_row(guide)
    if review_of(row).state == ReviewState.TAKEN_DOWN:
        raise GuideRefusedError(_("This guide was taken down by an editor and can't be deleted."))
    DeletePageAction(row, user=user).execute(skip_permission_checks=True)


def _lock_index() -> GuideIndexPage:
    """New pages get the next free place below it: one at a time, or they collide."""
    return GuideIndexPage.objects.select_for_update(of=("self",)).get()


def _free_slug(title: str, *, besides: int | None = None) -> str:
    stem = slugify(title)[:_LONGEST_SLUG].strip("-") or "guide"
    taken = set(
        GuidePage.objects.filter(slug__startswith=stem)
        .exclude(pk=besides)
        .values_list("slug", flat=True)
    )
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


def _follow_title(row: GuidePage, draft: GuidePage) -> None:
    """The address follows the title until the guide is first public, and never after."""
    if slugify(draft.title)[:_LONGEST_SLUG].strip("-") != slugify(row.title)[:_LONGEST_SLUG].strip(
        "-"
    ):
        _lock_index()
        row.title, row.slug = draft.title, _free_slug(draft.title, besides=row.pk)
        row.save()
    draft.slug = row.slug
    draft.set_url_path(row.get_parent())


def _refuse_if_fixed(review: Review) -> None:
    scheduled = review.scheduled_for is not None
    if rules.may_be_edited(review.state, scheduled=scheduled):
        return
    if review.state == ReviewState.TAKEN_DOWN:
        raise GuideRefusedError(
            _("An editor took this guide down: %(reason)s") % {"reason": review.reason}
        )
    if scheduled:
        raise GuideRefusedError(
            _(
                "This guide is approved and waits for its day. Publish it now or wait, "
                "then change it."
            )
        )
    raise GuideRefusedError(
        _("An editor is reading this guide. Take it back from review to change it.")
    )


def _refuse_dates(go_live_at: datetime | None, expire_at: datetime | None) -> None:
    if expire_at and expire_at <= (go_live_at or timezone.now()):
        raise GuideRefusedError(_("The guide must end after it begins, and in the future."))


def _reschedule(
    row: GuidePage, go_live_at: datetime | None, expire_at: datetime | None, user: User
) -> Revision:
    """The words stay as approved, so no editor needs to read them again."""
    revision = row.revisions.get(approved_go_live_at__isnull=False)
    approved = revision.as_object()
    approved.go_live_at, approved.expire_at = go_live_at, expire_at
    revision.content = approved.serializable_data()
    revision.save()
    row.publish(revision, user=user, skip_permission_checks=True)
    return revision


def _overwritable(row: GuidePage, user: User) -> Revision | None:
    """The latest version, if this person's typing may be saved over it."""
    latest = row.latest_revision
    if latest is None or latest.user_id != user.pk or latest.pk == row.live_revision_id:
        return None
    if latest.task_states.exists():
        return None
    if PageLogEntry.objects.filter(revision=latest, action__in=_KEPT).exists():
        return None
    return latest


def _clean_texts(body: StreamValue) -> None:
    for child in body:
        if child.block_type == "rich_text":
            child.value = RichText(clean_rich_text(child.value.source))
