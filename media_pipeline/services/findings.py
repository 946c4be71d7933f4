"""What people decide on findings."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import ActionRefusedError
from media_pipeline.models import Finding


@transaction.atomic
def overrule_finding(*, finding: Finding, user: User, reason: str) -> None:
    """Lets what was found stay; the reason is kept, and the merchant reads it. Whether `user` may
    do so is the caller's to ask. Raises ActionRefusedError."""
    reason = reason.strip()
    if not reason:
        raise ActionRefusedError(_("Write why it may stay: the merchant reads it."))
    overruled = Finding.objects.filter(pk=finding.pk, overruled_at=None).update(
        overruled_at=timezone.now(), overruled_by=user, reason=reason[:300]
    )
    if not overruled:
        raise ActionRefusedError(_("Somebody has decided on this already."))
