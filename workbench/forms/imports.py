from django import forms
from django.utils.translation import gettext_lazy as _

from products.choices import FeedFormat
from workbench.forms.fields import CategoryField


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Feed"),
        help_text=_(
            "A Google Merchant Center feed (tab-separated, RSS or XML) or JSON lines; "
            "packed with gzip if you like. Up to 200 MB."
        ),
    )
    category = CategoryField(
        required=False,
        empty_label=_("As the feed says"),
        help_text=_("Where products go for which the feed names no category of ours."),
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("Find out from the file")), *FeedFormat.choices],
    )
