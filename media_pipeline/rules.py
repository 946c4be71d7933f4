from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from media_pipeline.models import Picture, Source, Video
from media_pipeline.signals import picture_asked_for
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


def is_public_picture(picture: Picture) -> bool:
    """Whether something that everybody may look at shows it. The editors' own pictures, which
    stand for no video, are nobody's secret."""
    if Video.objects.public().filter(Q(poster=picture) | Q(source__poster=picture)).exists():
        return True
    if picture.merchant_id is None and not _sources_of(picture).exists():
        return True
    return any(shown for _, shown in picture_asked_for.send(Picture, picture=picture))


def may_look_behind_picture(user: User | AnonymousUser, picture: Picture) -> bool:
    """One that isn't public, or not yet: its merchant's members, or those of merchants who have
    the video that it is taken from; and the editors."""
    if not user.is_authenticated:
        return False
    if user.has_perm("wagtailadmin.access_admin"):
        return True
    ours = Merchant.objects.filter(memberships__user=user)
    if picture.merchant_id is not None:
        return ours.filter(pk=picture.merchant_id).exists()
    return ours.filter(videos__source__in=_sources_of(picture)).exists()


def is_public_logo(path: str) -> bool:
    """Of a merchant whose things can be seen."""
    return any(one.is_active for one in Merchant.objects.filter(logo=path))


def may_look_behind_logo(user: User | AnonymousUser, path: str) -> bool:
    """One of a merchant that is not or no longer active: its members, whoever applied with it, and
    the editors."""
    if not user.is_authenticated:
        return False
    if user.has_perm("wagtailadmin.access_admin"):
        return True
    if user.merchant_applications.filter(logo=path).exists():
        return True
    return Merchant.objects.filter(logo=path, memberships__user=user).exists()


def _sources_of(picture: Picture) -> QuerySet[Source]:
    """The files that it is taken from, if any."""
    return Source.objects.filter(Q(poster=picture) | Q(stills__picture=picture))


def _is_shown(video: Video) -> bool:
    if not video.live or video.taken_down_at is not None or not video.merchant.is_active:
        return False
    return video.source.profile is not None


def _is_member(user: User | AnonymousUser, merchant: Merchant) -> bool:
    return user.is_authenticated and merchant.memberships.filter(user=user).exists()
