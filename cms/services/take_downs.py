"""Take-downs: what editors decide nobody may see, whatever anything else says."""

from typing import assert_never

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Revision

from accounts.models import User
from cms.errors import ModerationRefusedError
from cms.models import GuidePage, TakeDown
from cms.selectors import Subject
from cms.services.notices import tell_members_of_lift, tell_members_of_take_down
from cms.services.rows import lock_row, refuse_all_but_editors
from cms.signals import guide_changed
from media_pipeline.models import Video
from media_pipeline.signals import video_changed
from products.models import Product
from products.services import restore_product, take_down_product


@transaction.atomic
def take_down(*, subject: Subject | Product, editor: User, reason: str) -> TakeDown:
    """Make it invisible at once, everywhere, until the take-down is lifted: neither an approval
    nor a schedule nor the Wagtail admin brings it back. Its merchant is told why.

    Raises:
        ModerationRefusedError: no reason given, or it is down already.
    """
    refuse_all_but_editors(editor)
    if not reason.strip():
        raise ModerationRefusedError(_("Write the reason: the merchant reads it."))
    row = _lock(subject)
    if TakeDown.objects.in_force_for(row).exists():
        raise ModerationRefusedError(_("This was taken down already."))
    decision = TakeDown.objects.create(
        content_type=ContentType.objects.get_for_model(row),
        object_id=row.pk,
        title=str(row)[:255],
        reason=reason.strip(),
        taken_down_by=editor,
        public_revision=_public_revision(row),
    )
    _hide(row, editor)
    tell_members_of_take_down(take_down=decision, subject=row)
    return decision


@transaction.atomic
def lift_take_down(*, take_down: TakeDown, editor: User) -> None:
    """Undo a take-down: what was public is public again, as it was then."""
    refuse_all_but_editors(editor)
    decision = TakeDown.objects.select_for_update(of=("self",)).get(pk=take_down.pk)
    if decision.lifted_at is not None:
        raise ModerationRefusedError(_("This take-down was lifted already."))
    decision.lifted_at, decision.lifted_by = timezone.now(), editor
    decision.save(update_fields=["lifted_at", "lifted_by"])
    if decision.subject is None:
        return  # deleted since, by an administrator
    row = _lock(decision.subject)
    _show_again(row, decision)
    tell_members_of_lift(take_down=decision, subject=row)


def _lock(subject: Subject | Product) -> Subject | Product:
    if isinstance(subject, Product):
        return Product.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    return lock_row(subject)


def _public_revision(row: Subject | Product) -> Revision | None:
    if isinstance(row, Product) or not row.live:
        return None
    return row.live_revision or row.save_revision(changed=False, clean=False)


def _hide(row: Subject | Product, editor: User) -> None:
    if isinstance(row, Product):
        take_down_product(product=row)
        return
    if (waiting := row.current_workflow_state) is not None:
        waiting.cancel(user=editor)
    Revision.objects.for_instance(row).update(approved_go_live_at=None)
    if isinstance(row, GuidePage):
        # Locked by nobody: Wagtail lets whoever holds a lock through it.
        row.locked, row.locked_by, row.locked_at = True, None, timezone.now()
        row.save(clean=False, update_fields=["locked", "locked_by", "locked_at"])
        UnpublishPageAction(row, user=editor).execute(skip_permission_checks=True)
        guide_changed.send(GuidePage, guide_ids=[row.pk])
    elif isinstance(row, Video):
        row.taken_down_at = timezone.now()
        row.save(update_fields=["taken_down_at"])
        UnpublishAction(row, user=editor).execute(skip_permission_checks=True)
        video_changed.send(Video, video_ids=[row.pk])
    else:
        assert_never(row)


def _show_again(row: Subject | Product, decision: TakeDown) -> None:
    if isinstance(row, Product):
        restore_product(product=row)
        return
    if isinstance(row, GuidePage):
        row.locked, row.locked_by, row.locked_at = False, None, None
        row.save(clean=False, update_fields=["locked", "locked_by", "locked_at"])
    else:
        row.taken_down_at = None
        row.save(update_fields=["taken_down_at"])
    if decision.public_revision is not None:
        decision.public_revision.publish(skip_permission_checks=True)
