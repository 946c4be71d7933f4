from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_logged_in
from django.dispatch import receiver

from accounts.models import User
from merchants.services import accept_invitations


@receiver(email_confirmed)
def take_seats_of_confirmed_address(email_address: EmailAddress, **kwargs: Any) -> None:
    accept_invitations(user=email_address.user)


@receiver(user_logged_in)
def take_seats_at_sign_in(user: User, **kwargs: Any) -> None:
    accept_invitations(user=user)
