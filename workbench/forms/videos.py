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


class PosterForm(forms.Form):
    """With neither of them it is our choice."""

    OWN = "own"  # what was uploaded before
    still = forms.RegexField(rf"^(\d{{1,18}}|{OWN})$", required=False)
    picture = forms.FileField(
        label=_("Or a picture of your own"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        help_text=_("JPEG, PNG, WebP or AVIF, up to 20 MB; wide ones fit best."),
    )
