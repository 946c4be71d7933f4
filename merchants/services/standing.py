from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import notify_many
from merchants.choices import MerchantState
from merchants.errors import MerchantActionRefusedError, NameTakenError
from merchants.logos import clean_logo
from merchants.models import Merchant
from merchants.selectors import free_slug_for, is_name_taken, users_of
from merchants.signals import merchant_changed, merchant_reinstated, merchant_suspended


@transaction.atomic
def create_merchant(
    *, name: str, about: str, contact_email: str, contact_phone: str = "", slug: str = ""
) -> Merchant:
    """A merchant without members: what an approval begins with. Raises NameTakenError."""
    if is_name_taken(name):
        raise NameTakenError(name)
    return Merchant.objects.create(
        name=name,
        slug=slug or free_slug_for(name),
        about=about,
        contact_email=contact_email,
        contact_phone=contact_phone,
    )


def update_merchant(
    *,
    merchant: Merchant,
    name: str,
    about: str,
    contact_email: str,
    contact_phone: str = "",
    logo: UploadedFile | None = None,
) -> None:
    """Change what a merchant says of itself; its address stays. `logo=None` keeps the logo.

    Raises NameTakenError, BadLogoError.
    """
    name = " ".join(name.split())
    if is_name_taken(name, besides=merchant):
        raise NameTakenError(name)
    merchant.name = name
    merchant.about = about
    merchant.contact_email = contact_email
    merchant.contact_phone = contact_phone
    if logo:
        merchant.logo = clean_logo(logo)
    try:
        with transaction.atomic():
            merchant.save(update_fields=["name", "about", "contact_email", "contact_phone", "logo"])
            merchant_changed.send(sender=Merchant, merchant=merchant)
    except IntegrityError as error:
        raise NameTakenError(name) from error


@transaction.atomic
def suspend_merchant(*, merchant: Merchant, editor: User, reason: str) -> None:
    """Take everything of a merchant's off the site until it is reinstated; its members read why.

    Raises MerchantActionRefusedError without a reason, or where it is suspended already.
    """
    if not reason.strip():
        raise MerchantActionRefusedError(_("Write the reason: the merchant will read it."))
    _change_state(merchant, MerchantState.ACTIVE, MerchantState.SUSPENDED)
    notify_many(
        users=users_of(merchant),
        subject=_("%(name)s was suspended") % {"name": merchant.name},
        body=reason.strip(),
        url=reverse("workbench:home"),
    )
    merchant_suspended.send(sender=Merchant, merchant=merchant)


@transaction.atomic
def reinstate_merchant(*, merchant: Merchant, editor: User) -> None:
    """Bring a suspended merchant back, with all that it had."""
    _change_state(merchant, MerchantState.SUSPENDED, MerchantState.ACTIVE)
    notify_many(
        users=users_of(merchant),
        subject=_("%(name)s is back") % {"name": merchant.name},
        body=_("The suspension was lifted. Your products, guides and videos show again."),
        url=reverse("workbench:home"),
    )
    merchant_reinstated.send(sender=Merchant, merchant=merchant)


def _change_state(merchant: Merchant, before: MerchantState, after: MerchantState) -> None:
    changed = Merchant.objects.filter(pk=merchant.pk, state=before).update(state=after)
    if not changed:
        raise MerchantActionRefusedError(
            _("%(name)s is %(state)s already.")
            % {"name": merchant.name, "state": str(after.label).lower()}
        )
    merchant.state = after
