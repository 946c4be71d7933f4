from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import notify, notify_address
from merchants.choices import Role
from merchants.errors import LastOwnerError, MerchantActionRefusedError, NotAllowedError
from merchants.models import Invitation, Membership, Merchant
from merchants.rules import may_manage_members, may_remove


@transaction.atomic
def invite_member(*, merchant: Merchant, invited_by: User, email: str, role: Role) -> Invitation:
    """Keep a seat for an e-mail address and write to it. Whoever has that address confirmed
    takes the seat, at once or when they sign up.

    Raises NotAllowedError unless `invited_by` is an owner, MerchantActionRefusedError where the
    person is a member or was invited already.
    """
    _check_manager(merchant, invited_by)
    email = email.strip().lower()
    if merchant.memberships.filter(user__email__iexact=email).exists():
        raise MerchantActionRefusedError(_("%(email)s is a member already.") % {"email": email})
    invitation, is_new = Invitation.objects.get_or_create(
        merchant=merchant, email=email, defaults={"role": role, "invited_by": invited_by}
    )
    if not is_new:
        raise MerchantActionRefusedError(
            _("%(email)s was invited already. They have to sign up with this address.")
            % {"email": email}
        )
    invited = _confirmed_user(email)
    if invited:
        accept_invitations(user=invited)
    else:
        _write_invitation(invitation)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, withdrawn_by: User) -> None:
    _check_manager(invitation.merchant, withdrawn_by)
    invitation.delete()


@transaction.atomic
def accept_invitations(*, user: User) -> list[Membership]:
    """Take every seat that is kept for an address which this person has confirmed."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    addresses = [email.lower() for email in confirmed.values_list("email", flat=True)]
    invitations = Invitation.objects.select_for_update(of=("self",)).filter(email__in=addresses)
    taken = [_take_seat(invitation, user) for invitation in invitations.select_related("merchant")]
    return [membership for membership in taken if membership]


@transaction.atomic
def remove_member(*, membership: Membership, removed_by: User) -> None:
    """An owner removes someone, or someone leaves.

    Raises NotAllowedError, LastOwnerError.
    """
    own = Membership.objects.filter(merchant=membership.merchant_id, user=removed_by).first()
    if own is None or not may_remove(membership, own):
        raise NotAllowedError(_("Only owners may remove members."))
    _keep_one_owner(membership)
    membership.delete()
    if removed_by != membership.user:
        notify(
            user=membership.user,
            subject=_("You are no longer a member of %(name)s") % {"name": membership.merchant},
            body=_("An owner of the merchant removed you."),
        )


@transaction.atomic
def change_role(*, membership: Membership, role: Role, changed_by: User) -> None:
    """Make a member an owner, or a contributor again. Raises NotAllowedError, LastOwnerError."""
    _check_manager(membership.merchant, changed_by)
    if membership.role == role:
        return
    if role != Role.OWNER:
        _keep_one_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])


def _check_manager(merchant: Merchant, user: User) -> None:
    membership = merchant.memberships.filter(user=user).select_related("merchant").first()
    if membership is None or not may_manage_members(membership):
        raise NotAllowedError(_("Only owners of an active merchant may do this."))


def _keep_one_owner(leaving: Membership) -> None:
    """Two owners who leave at the same moment wait for each other at the merchant's row."""
    merchant = Merchant.objects.select_for_update().get(pk=leaving.merchant_id)
    others = merchant.memberships.filter(role=Role.OWNER).exclude(pk=leaving.pk)
    if leaving.role == Role.OWNER and not others.exists():
        raise LastOwnerError


def _confirmed_user(email: str) -> User | None:
    address = EmailAddress.objects.filter(email__iexact=email, verified=True).first()
    return address.user if address else None


def _take_seat(invitation: Invitation, user: User) -> Membership | None:
    merchant = invitation.merchant
    membership, is_new = Membership.objects.get_or_create(
        merchant=merchant, user=user, defaults={"role": invitation.role}
    )
    invitation.delete()
    if not is_new:
        return None
    notify(
        user=user,
        subject=_("You are now a member of %(name)s") % {"name": merchant.name},
        body=_(
            "You can work on its products, guides and videos. If this is a mistake, "
            "you can leave on its members' page."
        ),
        url=reverse("workbench:home"),
    )
    return membership


def _write_invitation(invitation: Invitation) -> None:
    notify_address(
        email=invitation.email,
        subject=_("%(person)s invites you to %(merchant)s")
        % {"person": invitation.invited_by.get_full_name(), "merchant": invitation.merchant},
        body=_("Sign up with this e-mail address (%(email)s) and you are a member.")
        % {"email": invitation.email},
        url=reverse("account_signup"),
    )
