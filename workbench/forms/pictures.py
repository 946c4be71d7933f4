"""Pictures as they come in from a form; whether they are pictures is the pipeline's to say."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MAX_FILES = 20


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """A file field that takes more than one, and answers with a list."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        if len(files) > MAX_FILES:
            raise forms.ValidationError(
                _("Choose %(most)d files at most at a time.") % {"most": MAX_FILES}
            )
        # An empty choice is cleaned too, so that a required field says that it is.
        cleaned = [super(SeveralFilesField, self).clean(file, initial) for file in files or [None]]
        return [file for file in cleaned if file]


class PictureUploadForm(forms.Form):
    pictures = SeveralFilesField(
        label=_("New pictures"),
        widget=SeveralFilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        help_text=_("JPEG, PNG, WebP or AVIF, up to 20 MB each. Several at once is fine."),
    )

    def title_for(self, file: UploadedFile) -> str:
        """The file's name as words."""
        stem = PurePath(file.name or "").stem.replace("_", " ").replace("-", " ").strip()
        return stem[:255] or str(_("Picture"))
