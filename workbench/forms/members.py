from django import forms
from django.utils.translation import gettext_lazy as _

from merchants.choices import Role


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("They become a member as soon as they have an account with this address."),
    )
    role = forms.ChoiceField(
        label=_("What they may do"),
        initial=Role.CONTRIBUTOR,
        choices=[
            (Role.CONTRIBUTOR, _("Contributor: products, guides, videos and auditions")),
            (Role.OWNER, _("Owner: members and settings too")),
        ],
        widget=forms.RadioSelect,
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)
