from merchants.choices import ApplicationState, MerchantState, Role
from merchants.models import Membership, Merchant, MerchantApplication


def may_manage_members(membership: Membership) -> bool:
    return membership.role == Role.OWNER and is_in_business(membership.merchant)


def may_change_settings(membership: Membership) -> bool:
    return membership.role == Role.OWNER and is_in_business(membership.merchant)


def may_remove(membership: Membership, removed_by: Membership) -> bool:
    """Owners remove anyone of their merchant; everybody may leave."""
    if membership.merchant_id != removed_by.merchant_id:
        return False
    return membership.pk == removed_by.pk or may_manage_members(removed_by)


def may_trade(membership: Membership) -> bool:
    """List, write, upload, submit, enter."""
    return is_in_business(membership.merchant)


def is_in_business(merchant: Merchant) -> bool:
    return merchant.state == MerchantState.ACTIVE


def may_be_decided(application: MerchantApplication) -> bool:
    return application.state == ApplicationState.PENDING
