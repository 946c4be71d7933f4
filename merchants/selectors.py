from django.db.models import QuerySet
from django.utils.text import slugify

from accounts.models import User
from merchants.choices import ApplicationState, MerchantState, Role
from merchants.models import Invitation, Membership, Merchant, MerchantApplication

# Words that the workbench's and the shop's own addresses use where a merchant's slug could stand.
RESERVED_SLUGS = frozenset(
    {"apply", "application", "applications", "catalogue", "invitations", "new", "settings"}
)


def merchants_of(user: User) -> QuerySet[Merchant]:
    """The merchants this person is a member of, suspended ones too."""
    return Merchant.objects.filter(memberships__user=user)


def membership_of(user: User, merchant_slug: str) -> Membership | None:
    """This person's membership of that merchant, with the merchant; None for anyone else's."""
    return (
        Membership.objects.filter(user=user, merchant__slug=merchant_slug)
        .select_related("merchant", "user")
        .first()
    )


def members_of(merchant: Merchant) -> QuerySet[Membership]:
    """Owners first, then by how long they have been there."""
    return merchant.memberships.select_related("user").order_by("-role", "created_at")


def owners_of(merchant: Merchant) -> list[User]:
    return list(User.objects.filter(memberships__merchant=merchant, memberships__role=Role.OWNER))


def users_of(merchant: Merchant) -> list[User]:
    """Every member, for telling them something."""
    return list(User.objects.filter(memberships__merchant=merchant))


def open_invitations_of(merchant: Merchant) -> QuerySet[Invitation]:
    return merchant.invitations.order_by("created_at")


def pending_applications() -> QuerySet[MerchantApplication]:
    """What waits for an editor, oldest first."""
    return (
        MerchantApplication.objects.filter(state=ApplicationState.PENDING)
        .select_related("applicant")
        .order_by("created_at", "pk")
    )


def latest_application_of(user: User) -> MerchantApplication | None:
    return user.merchant_applications.select_related("merchant").order_by("-created_at").first()


def active_merchants() -> QuerySet[Merchant]:
    return Merchant.objects.filter(state=MerchantState.ACTIVE)


def is_name_taken(name: str, *, besides: Merchant | None = None) -> bool:
    """Whether a merchant trades under this name already, however it is capitalised."""
    others = Merchant.objects.filter(name__iexact=name.strip())
    return others.exclude(pk=besides.pk).exists() if besides else others.exists()


def free_slug_for(name: str) -> str:
    """The address a new merchant of this name gets."""
    stem = slugify(name)[:70] or "merchant"
    taken = set(
        Merchant.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    ).union(RESERVED_SLUGS)
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
