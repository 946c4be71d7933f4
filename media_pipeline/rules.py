from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from media_pipeline.models import Video
from merchants.models import Merchant


def may_upload(user: User | AnonymousUser, merchant: Merchant) -> bool:
    """A member, while the merchant isn't suspended."""
    return merchant.is_active and _is_member(user, merchant)


def may_watch(user: User | AnonymousUser, video: Video) -> bool:
    """Everybody what is public; before that its merchant's members, and the editors."""
    if video.live and video.taken_down_at is None and video.merchant.is_active:
        return True
    return _is_member(user, video.merchant) or user.has_perm("wagtailadmin.access_admin")


def _is_member(user: User | AnonymousUser, merchant: Merchant) -> bool:
    return user.is_authenticated and merchant.memberships.filter(user=user).exists()
