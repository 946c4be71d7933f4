"""Applying as a merchant, and what a merchant says of itself later."""

from django import forms
from django.utils.translation import gettext_lazy as _

LOGO_HELP = _("A picture, square if you have one. JPEG, PNG or WebP.")


class ApplicationForm(forms.Form):
    trading_name = forms.CharField(
        label=_("Trading name"),
        max_length=120,
        help_text=_("As shoppers will see it beside your products."),
    )
    what_they_sell = forms.CharField(
        label=_("What you sell"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few sentences. An editor reads them to decide; shoppers see them later."),
    )
    contact_email = forms.EmailField(
        label=_("Contact e-mail"), help_text=_("For the editors. Shoppers don't see it.")
    )
    contact_phone = forms.CharField(label=_("Contact telephone"), max_length=40, required=False)
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=LOGO_HELP,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )


class SettingsForm(forms.Form):
    name = forms.CharField(label=_("Trading name"), max_length=120)
    about = forms.CharField(
        label=_("What you sell"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shoppers read it on your page."),
    )
    contact_email = forms.EmailField(
        label=_("Contact e-mail"), help_text=_("For the editors. Shoppers don't see it.")
    )
    contact_phone = forms.CharField(label=_("Contact telephone"), max_length=40, required=False)
    logo = forms.FileField(
        label=_("New logo"),
        required=False,
        help_text=LOGO_HELP,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
