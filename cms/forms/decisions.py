from django import forms
from django.utils.translation import gettext_lazy as _

_THREE_ROWS = {"rows": 3}


class ApprovalForm(forms.Form):
    """An approval is of the version that the editor looked at."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Note for the other editors"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=_THREE_ROWS),
    )


class ReasonForm(forms.Form):
    """A decision that somebody will want to understand."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        help_text=_("The merchant reads this: say what is wrong and what would make it right."),
        widget=forms.Textarea(attrs=_THREE_ROWS),
    )
