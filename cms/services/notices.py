"""What merchants and editors are told: on the site, and by e-mail (accounts.services)."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import notify_many
from cms.models import GuidePage, TakeDown
from cms.selectors import Subject
from media_pipeline.models import Video
from merchants.models import Merchant
from products.models import Product


def tell_members(*, merchant: Merchant | None, subject: str, body: str, url: str = "") -> None:
    """Tell every member of a merchant; nobody, for what the editors wrote themselves."""
    if merchant is not None:
        notify_many(users=members_of(merchant), subject=subject, body=body, url=url)


def tell_members_it_is_public(*, subject: Subject) -> None:
    tell_members(
        merchant=subject.merchant,
        subject=_("“%(title)s” is public") % {"title": subject.title},
        body=_("Everyone can see it now."),
        url=public_url(subject),
    )


def tell_members_it_was_sent_back(*, subject: Subject, reason: str) -> None:
    tell_members(
        merchant=subject.merchant,
        subject=_("“%(title)s” needs changes") % {"title": subject.title},
        body=_("An editor read it and asks you to change it: %(reason)s") % {"reason": reason},
        url=workbench_url(subject),
    )


def tell_members_it_was_approved(*, subject: Subject) -> None:
    """For what doesn't become public at once."""
    tell_members(
        merchant=subject.merchant,
        subject=_("“%(title)s” is approved") % {"title": subject.title},
        body=_("It becomes public on the day you chose.")
        if isinstance(subject, GuidePage)
        else _("It becomes public as soon as it is ready to play."),
        url=workbench_url(subject),
    )


def tell_members_of_take_down(*, take_down: TakeDown, subject: Subject | Product) -> None:
    tell_members(
        merchant=subject.merchant,
        url=workbench_url(subject),
        subject=_("“%(title)s” was taken down") % {"title": take_down.title},
        body=_("An editor took it down, so nobody can see it now. The reason: %(reason)s")
        % {"reason": take_down.reason},
    )


def tell_members_of_lift(*, take_down: TakeDown, subject: Subject | Product) -> None:
    tell_members(
        merchant=subject.merchant,
        url=workbench_url(subject),
        subject=_("“%(title)s” may be shown again") % {"title": take_down.title},
        body=_("The editors lifted their take-down."),
    )


def tell_editors_of_submission(*, subject: Subject, title: str) -> None:
    """Tell those who decide; the queue in the admin shows the same."""
    notify_many(
        users=_editors(),
        subject=_("“%(title)s” waits for an editor") % {"title": title},
        body=_("It was sent in by %(who)s.")
        % {"who": subject.merchant.name if subject.merchant else _("an editor")},
        url=review_url(subject),
    )


def members_of(merchant: Merchant) -> "QuerySet[User]":
    return User.objects.filter(memberships__merchant=merchant, is_active=True)


def public_url(subject: Subject) -> str:
    """The path where everyone sees it."""
    if isinstance(subject, GuidePage):
        return subject.get_url() or ""
    return subject.get_absolute_url()


def review_url(subject: Subject) -> str:
    kind = "guide" if isinstance(subject, GuidePage) else "video"
    return reverse("moderation:review", args=[kind, subject.pk])


def workbench_url(subject: Subject | Product) -> str:
    """Where its merchant works on it; '' for what the editors wrote themselves."""
    if subject.merchant is None:
        return ""
    slug = subject.merchant.slug
    if isinstance(subject, Video):
        return reverse("workbench:video", args=[slug, subject.uuid])
    kind = "guide" if isinstance(subject, GuidePage) else "product"
    return reverse(f"workbench:{kind}", args=[slug, subject.pk])


def _editors() -> "QuerySet[User]":
    return User.objects.filter(
        Q(groups__permissions__codename="access_admin"), is_active=True
    ).distinct()
