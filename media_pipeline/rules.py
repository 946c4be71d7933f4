from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from media_pipeline.models import Video
from merchants.models import Merchant


def may_upload(user: User | AnonymousUser, merchant: Merchant) -> bool:
    """A member, while the merchant isn't suspended."""
    return merchant.is_active and _is_member(user, merchant)


def may_watch(user: User | AnonymousUser, video: Video) -> bool:
    """Everybody what is public and ready; before that whoever may look behind it."""
    return _is_shown(video) or may_look_behind(user, video)


def may_look_behind(user: User | AnonymousUser, video: Video) -> bool:
    """Its merchant's members and the editors: what is still being made, the words that wait for
    approval, what was found in it."""
    return _is_member(user, video.merchant) or user.has_perm("wagtailadmin.access_admin")


def _is_shown(video: Video) -> bool:
    if not video.live or video.taken_down_at is not None or not video.merchant.is_active:
        return False
    return video.source.profile is not None


def _is_member(user: User | AnonymousUser, merchant: Merchant) -> bool:
    return user.is_authenticated and merchant.memberships.filter(user=user).exists()
