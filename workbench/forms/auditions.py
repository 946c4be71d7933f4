from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models import GuidePage
from media_pipeline.models import Video
from merchants.models import Merchant
from products.models import Product
from selection.models import Round
from selection.selectors import eligible_products


class EntryForm(forms.Form):
    """What enters a round: choices are the merchant's own, and public."""

    product = forms.ModelChoiceField(
        label=_("Product"),
        queryset=Product.objects.none(),
        empty_label=_("Choose a product"),
        help_text=_("Listed products of the round's category that aren't in it yet."),
    )
    video = forms.ModelChoiceField(
        label=_("Video"),
        queryset=Video.objects.none(),
        empty_label=_("Choose a video"),
        help_text=_("It speaks for the product. Only videos that editors have approved."),
    )
    guide = forms.ModelChoiceField(
        label=_("Guide"),
        queryset=GuidePage.objects.none(),
        required=False,
        empty_label=_("No guide"),
        help_text=_("For those who want to know more before they vote."),
    )

    def __init__(self, *args: Any, round: Round, merchant: Merchant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "product": eligible_products(round, merchant),
            "video": Video.objects.public().filter(merchant=merchant),
            "guide": GuidePage.objects.live().filter(merchant=merchant).defer_streamfields(),
        }
        for name, queryset in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
            field.queryset = queryset

    @property
    def has_choices(self) -> bool:
        """Whether there is a product and a video to choose at all."""
        return all(
            self.fields[name].queryset.exists()  # type: ignore[attr-defined]
            for name in ("product", "video")
        )
