from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media_pipeline import captions, chapters, languages
from media_pipeline.captions import Cue
from media_pipeline.chapters import Chapter
from media_pipeline.errors import CaptionsRefusedError

ACCEPTED = ".vtt,.srt,text/vtt,application/x-subrip"
HEADER = "WEBVTT"


class CaptionsFileField(forms.FileField):
    """A file of captions; its value is what is in it, as a tuple of cues."""

    def __init__(self, **options: Any) -> None:
        self.seconds: float | None = None
        super().__init__(widget=forms.FileInput(attrs={"accept": ACCEPTED}), **options)

    def clean(self, data: Any, initial: Any = None) -> tuple[Cue, ...] | None:
        file: UploadedFile | None = super().clean(data, initial)
        if file is None:
            return None
        if (file.size or 0) > captions.MAX_BYTES:
            raise ValidationError(_("This file is too large for captions."))
        try:
            return captions.read(file.read(), seconds=self.seconds)
        except CaptionsRefusedError as error:
            raise ValidationError(error.sentences) from error


class CaptionsFileForm(forms.Form):
    """A file in the place of what is there. `seconds` is the video's length."""

    file = CaptionsFileField(label=gettext_lazy("Caption file"))

    def __init__(self, *args: Any, seconds: float | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        assert isinstance(field, CaptionsFileField)  # noqa: S101 - declared above
        field.seconds = seconds


class NewCaptionsForm(CaptionsFileForm):
    """Captions in one more language, from a file or to be written here."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages.choices)
    file = CaptionsFileField(
        label=gettext_lazy("Caption file"),
        required=False,
        help_text=gettext_lazy(
            "WebVTT (.vtt) or SubRip (.srt). Without a file you write them here, beside the video."
        ),
    )
    field_order = ["language", "file"]


class CaptionsForm(forms.Form):
    """All captions of one language as text. `cues` has what was read, once it is valid."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=gettext_lazy("Captions, as WebVTT"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true", "class": "cue-text"}),
        help_text=gettext_lazy(
            "A caption is a line with two times, such as 00:01.000 --> 00:03.500, and below it "
            "what is shown then. An empty line ends it."
        ),
    )

    def __init__(self, *args: Any, seconds: float | None, **kwargs: Any) -> None:
        self.seconds = seconds
        self.cues: tuple[Cue, ...] = ()
        super().__init__(*args, **kwargs)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if text.strip() in {"", HEADER}:
            return text
        try:
            self.cues = captions.read_text(text, seconds=self.seconds)
        except CaptionsRefusedError as error:
            raise ValidationError(error.sentences) from error
        return text


class ChaptersForm(forms.Form):
    """A chapter in each line. `chapters` has what was read, once it is valid."""

    text = forms.CharField(
        label=gettext_lazy("In each line, when one begins and what it is called"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "0:00 …"}),
    )

    def __init__(self, *args: Any, seconds: float, **kwargs: Any) -> None:
        self.seconds = seconds
        self.chapters: list[Chapter] = []
        super().__init__(*args, **kwargs)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            self.chapters = chapters.read(text, seconds=self.seconds)
        except CaptionsRefusedError as error:
            raise ValidationError(error.sentences) from error
        return text
