from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from media_pipeline.findings import Level
from media_pipeline.models import Finding, Video
from media_pipeline.selectors import open_findings

GIGABYTE = 2**30
MOST_GIGABYTES = 100_000


class OverruleForm(forms.Form):
    """What of that which was found in a video may stay, and why."""

    findings = forms.ModelMultipleChoiceField(
        queryset=Finding.objects.none(),
        error_messages={
            "required": _("Choose what may stay."),
            "invalid_choice": _("What you chose was looked for again; choose once more."),
        },
    )
    reason = forms.CharField(
        label=_("Why it may stay"),
        max_length=300,
        error_messages={"required": _("Write why it may stay: the merchant reads it.")},
    )

    def __init__(self, video: Video, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["findings"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - for the types
        field.queryset = open_findings(video.source, Level.SERIOUS)


class QuotaForm(forms.Form):
    """How much a merchant may keep; with neither, as much as everybody."""

    gigabytes = forms.FloatField(
        label=_("Gigabytes of uploaded files"),
        min_value=0,
        max_value=MOST_GIGABYTES,
        required=False,
        widget=forms.NumberInput(attrs={"step": "any"}),
    )
    videos = forms.IntegerField(
        label=_("Videos"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("Leave both empty for what everybody may keep."),
    )

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        if not self.errors and (cleaned["gigabytes"] is None) != (cleaned["videos"] is None):
            raise forms.ValidationError(_("Fill in both, or neither."))
        return cleaned

    @property
    def size(self) -> int | None:
        """Bytes."""
        gigabytes = self.cleaned_data["gigabytes"]
        return None if gigabytes is None else round(gigabytes * GIGABYTE)
