"""Every write to merchants: applying, standing, members."""

from merchants.services.applications import (
    apply_as_merchant,
    approve_application,
    decline_application,
)
from merchants.services.members import (
    accept_invitations,
    change_role,
    invite_member,
    remove_member,
    withdraw_invitation,
)
from merchants.services.standing import (
    create_merchant,
    reinstate_merchant,
    suspend_merchant,
    update_merchant,
)

__all__ = [
    "accept_invitations",
    "apply_as_merchant",
    "approve_application",
    "change_role",
    "create_merchant",
    "decline_application",
    "invite_member",
    "reinstate_merchant",
    "remove_member",
    "suspend_merchant",
    "update_merchant",
    "withdraw_invitation",
]
