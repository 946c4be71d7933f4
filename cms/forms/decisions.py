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


class SeveralWordsField(forms.MultipleChoiceField):
    """Whatever was ticked; what of it is there, the view knows."""

    def valid_value(self, value: str) -> bool:
        return len(value) <= 100


class DecisionForm(forms.Form):
    """One decision on several that wait, as the editor saw them in the queue."""

    APPROVE, SEND_BACK = "approve", "send_back"

    items = SeveralWordsField(error_messages={"required": _("Choose what you decide on.")})
    decision = forms.ChoiceField(choices=[(APPROVE, _("Approve")), (SEND_BACK, _("Send back"))])
    reason = forms.CharField(
        label=_("Reason or note"),
        required=False,
        max_length=1000,
        help_text=_("The merchants read it where something is sent back."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
