"""How much each merchant may keep here."""

from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import ActionRefusedError
from media_pipeline.errors import QuotaExceededError
from media_pipeline.models import Quota
from media_pipeline.selectors import usage_of
from merchants.models import Merchant


@transaction.atomic
def set_quota(*, merchant: Merchant, size: int, videos: int) -> Quota:
    """Lets the merchant keep up to `size` bytes of uploaded files in up to `videos` videos. What
    is there already stays, were it more. Raises ActionRefusedError."""
    if size < 0 or videos < 0:
        raise ActionRefusedError(_("A merchant can't keep less than nothing."))
    quota, _created = Quota.objects.update_or_create(
        merchant=merchant, defaults={"size": size, "videos": videos}
    )
    return quota


@transaction.atomic
def remove_quota(*, merchant: Merchant) -> None:
    """From now on the merchant may keep what the settings say."""
    Quota.objects.filter(merchant=merchant).delete()


def check_quota(*, merchant: Merchant, size: int = 0, videos: int = 1) -> None:
    """Whether so much more fits. Two requests can't both take the last room, because each holds
    the merchant's row until its transaction ends. Raises QuotaExceededError."""
    Merchant.objects.select_for_update(of=("self",)).get(pk=merchant.pk)
    usage = usage_of(merchant)
    if usage.videos + videos > usage.videos_allowed:
        raise QuotaExceededError(
            ngettext(
                "Your shop may keep %(count)s video here. Delete it first, or ask the editors for "
                "more room.",
                "Your shop may keep %(count)s videos here, and has that many. Delete one that you "
                "no longer need, or ask the editors for more room.",
                usage.videos_allowed,
            )
            % {"count": usage.videos_allowed}
        )
    if usage.size + size > usage.size_allowed:
        raise QuotaExceededError(
            _(
                "This file is %(size)s, and of your shop's %(allowed)s only %(left)s are left. "
                "Delete a video that you no longer need, or ask the editors for more room."
            )
            % {
                "size": filesizeformat(size),
                "allowed": filesizeformat(usage.size_allowed),
                "left": filesizeformat(usage.size_left),
            }
        )
