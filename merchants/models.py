import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from merchants.choices import ApplicationState, MerchantState, Role


def logo_path(instance: models.Model, filename: str) -> str:
    """A name nobody can guess: a logo isn't public before the merchant is approved."""
    return f"logos/{secrets.token_urlsafe(16)}.{filename.rsplit('.', 1)[-1].lower()}"


class Merchant(models.Model):
    name = models.CharField(_("trading name"), max_length=120, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    about = models.TextField(_("what they sell"), blank=True)
    contact_email = models.EmailField(_("contact e-mail"))
    contact_phone = models.CharField(_("contact telephone"), max_length=40, blank=True)
    logo = models.ImageField(_("logo"), upload_to=logo_path, blank=True)
    state = models.CharField(
        max_length=12, choices=MerchantState.choices, default=MerchantState.ACTIVE
    )
    created_at = models.DateTimeField(auto_now_add=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="merchants"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.state == MerchantState.ACTIVE


class Membership(models.Model):
    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.CONTRIBUTOR)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merchant", "user"], name="one_membership_each")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.merchant}"


class Invitation(models.Model):
    """A seat kept for an e-mail address; taken up by whoever has that address confirmed."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.CONTRIBUTOR)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merchant", "email"], name="one_invitation_each")
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.merchant}"


class MerchantApplication(models.Model):
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="merchant_applications"
    )
    trading_name = models.CharField(_("trading name"), max_length=120)
    what_they_sell = models.TextField(_("what you sell"))
    contact_email = models.EmailField(_("contact e-mail"))
    contact_phone = models.CharField(_("contact telephone"), max_length=40, blank=True)
    logo = models.ImageField(_("logo"), upload_to=logo_path, blank=True)
    state = models.CharField(
        max_length=12, choices=ApplicationState.choices, default=ApplicationState.PENDING
    )
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    merchant = models.OneToOneField(
        Merchant, null=True, on_delete=models.SET_NULL, related_name="application"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant"],
                condition=models.Q(state=ApplicationState.PENDING),
                name="one_pending_application_each",
            )
        ]

    def __str__(self) -> str:
        return self.trading_name
