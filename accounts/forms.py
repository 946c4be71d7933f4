from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignupForm(forms.Form):
    """What sign-up asks beside e-mail address and password (django-allauth calls `signup`)."""

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("How we address you. Your votes are never shown with your name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ("display_name", "email", "password1")

    def signup(self, request: HttpRequest, user: User) -> None:
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("How we address you, on the site and in e-mails."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
