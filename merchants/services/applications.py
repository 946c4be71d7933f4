from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import notify
from merchants.choices import ApplicationState, Role
from merchants.errors import MerchantActionRefusedError, NameTakenError
from merchants.logos import clean_logo
from merchants.models import Membership, Merchant, MerchantApplication
from merchants.rules import may_be_decided
from merchants.selectors import is_name_taken
from merchants.services.standing import create_merchant
from merchants.signals import merchant_approved


def apply_as_merchant(
    *,
    applicant: User,
    trading_name: str,
    what_they_sell: str,
    contact_email: str,
    contact_phone: str = "",
    logo: UploadedFile | None = None,
) -> MerchantApplication:
    """Put an application before the editors.

    Raises NameTakenError, BadLogoError, or MerchantActionRefusedError where one waits already.
    """
    name = " ".join(trading_name.split())
    if is_name_taken(name):
        raise NameTakenError(name)
    waits_already = MerchantActionRefusedError(
        _("Your application is waiting for an editor already. We'll write to you.")
    )
    if applicant.merchant_applications.filter(state=ApplicationState.PENDING).exists():
        raise waits_already
    try:
        with transaction.atomic():
            return MerchantApplication.objects.create(
                applicant=applicant,
                trading_name=name,
                what_they_sell=what_they_sell,
                contact_email=contact_email,
                contact_phone=contact_phone,
                logo=clean_logo(logo) if logo else "",
            )
    except IntegrityError:  # sent twice at the same moment
        raise waits_already from None


@transaction.atomic
def approve_application(*, application: MerchantApplication, editor: User) -> Merchant:
    """Make the merchant, with the applicant as its owner, and tell them.

    Raises MerchantActionRefusedError where it was decided already, NameTakenError.
    """
    application = _for_decision(application)
    if is_name_taken(application.trading_name):
        raise NameTakenError(application.trading_name)
    merchant = create_merchant(
        name=application.trading_name,
        about=application.what_they_sell,
        contact_email=application.contact_email,
        contact_phone=application.contact_phone,
    )
    # The file stays where it is; both rows name it.
    merchant.logo = application.logo.name
    merchant.save(update_fields=["logo"])
    Membership.objects.create(merchant=merchant, user=application.applicant, role=Role.OWNER)
    application.merchant = merchant
    _decide(application, ApplicationState.APPROVED, editor)
    notify(
        user=application.applicant,
        subject=_("Welcome: %(name)s is now a merchant") % {"name": merchant.name},
        body=_(
            "Your application was approved. In your workbench you can list products, "
            "write guides, upload videos and enter auditions."
        ),
        url=reverse("workbench:home"),
    )
    merchant_approved.send(sender=Merchant, merchant=merchant)
    return merchant


@transaction.atomic
def decline_application(*, application: MerchantApplication, editor: User, reason: str) -> None:
    """Decline, with the reason that the applicant reads. They may apply again."""
    if not reason.strip():
        raise MerchantActionRefusedError(_("Write the reason: the applicant will read it."))
    application = _for_decision(application)
    application.reason = reason.strip()
    _decide(application, ApplicationState.DECLINED, editor)
    notify(
        user=application.applicant,
        subject=_("Your application for %(name)s was declined")
        % {"name": application.trading_name},
        body=_("%(reason)s\n\nYou may apply again once this is put right.")
        % {"reason": application.reason},
        url=reverse("workbench:home"),
    )


def _for_decision(application: MerchantApplication) -> MerchantApplication:
    """The row as it is now, locked, so that two editors can't both decide."""
    locked = (
        MerchantApplication.objects.select_for_update(of=("self",))
        .select_related("applicant")
        .get(pk=application.pk)
    )
    if not may_be_decided(locked):
        raise MerchantActionRefusedError(
            _("This application was decided already: %(state)s.")
            % {"state": locked.get_state_display()}
        )
    return locked


def _decide(application: MerchantApplication, state: ApplicationState, editor: User) -> None:
    application.state = state
    application.decided_by = editor
    application.decided_at = timezone.now()
    application.save(update_fields=["state", "reason", "decided_by", "decided_at", "merchant"])
