from django import forms
from django.utils.translation import gettext_lazy as _


class VideoForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=150)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is shown, in a few sentences. Shoppers read it below the video."),
    )


class VideoUploadForm(forms.Form):
    """The way in without JavaScript: one file, one request."""

    file = forms.FileField(
        label=_("Video file"), widget=forms.FileInput(attrs={"accept": "video/*"})
    )
