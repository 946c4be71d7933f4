from django import forms
from django.utils.translation import gettext_lazy as _

from selection.choices import Choice
from selection.models import Vote

TAKE_BACK = "take_back"


class VoteForm(forms.Form):
    """What the two thumbs send. Which words a comment may have is the service's to say."""

    choice = forms.ChoiceField(choices=[*Choice.choices, (TAKE_BACK, _("Take my vote back"))])
    comment = forms.CharField(
        required=False,
        widget=forms.Textarea,
        label=Vote._meta.get_field("comment").verbose_name,
    )
    key = forms.UUIDField(required=False)
