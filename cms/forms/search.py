"""What editors write about search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.forms.catalogue import CategoryChoiceField
from products.models import Category
from search.models import Synonyms


class SynonymsForm(forms.ModelForm):
    """What of it search can use, search's own service says."""

    class Meta:
        model = Synonyms
        fields = ["words", "also_finds", "is_active"]
        widgets = {
            "words": forms.Textarea(attrs={"rows": 2}),
            "also_finds": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("words", "also_finds"):
            self.fields[name].max_length = 2000  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["maxlength"] = 2000


class MissingGuideForm(forms.Form):
    """A guide that shoppers look for: for merchants to write, or for the editors."""

    ASK, WRITE = "ask", "write"

    query = forms.CharField(max_length=200, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("What the guide is about"),
        max_length=200,
        help_text=_("As merchants read it, or as the title of your own."),
    )
    category = CategoryChoiceField(
        label=_("Category"),
        queryset=Category.objects.order_by("path"),
        required=False,
        empty_label=_("None: every merchant is asked"),
        help_text=_(
            "Merchants with products in it or below are asked. A guide of your own needs one."
        ),
    )
    note = forms.CharField(
        label=_("Note for merchants"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the guide should answer."),
    )
    do = forms.ChoiceField(choices=[(ASK, ASK), (WRITE, WRITE)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("do") == self.WRITE and not cleaned.get("category"):
            self.add_error("category", _("Choose where the guide stands."))
        return cleaned
