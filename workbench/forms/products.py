"""A product as a form: what every product has, what its category asks for, and its pictures and
videos, which are lists of blocks."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from merchants.models import Merchant
from products.attributes import Value, display_value
from products.choices import AttributeKind
from products.models import Attribute, Category, Product
from products.selectors import attributes_of
from products.services.products import ProductFields
from workbench.blockforms import BlockForm, Shelf
from workbench.forms.fields import CategoryField

PICTURES = ListBlock(
    ImageChooserBlock(), label=_("Pictures"), help_text=_("The first one stands in lists.")
)
VIDEOS = ListBlock(SnippetChooserBlock("media_pipeline.Video"), label=_("Videos"))


class ProductFieldsForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=300, help_text=_("Brand, model, what it is.")
    )
    category = CategoryField()
    brand = forms.CharField(label=_("Brand"), max_length=100, required=False)
    price = forms.DecimalField(
        label=_("Price"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    currency = forms.CharField(
        label=_("Currency"),
        initial="EUR",
        min_length=3,
        max_length=3,
        help_text=_("Three letters, such as EUR or GBP."),
    )
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    gtin = forms.CharField(
        label=_("GTIN"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("The number under the barcode."),
    )
    mpn = forms.CharField(label=_("Manufacturer's part number"), max_length=255, required=False)
    feed_id = forms.CharField(
        label=_("Your product number"),
        max_length=100,
        required=False,
        help_text=_("A feed that brings the same number updates this product."),
    )
    released = forms.DateField(
        label=_("Released"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AttributesForm(forms.Form):
    """One field for each attribute of the category."""

    def __init__(self, category: Category | None, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"prefix": "attribute", "use_required_attribute": False}
        super().__init__(*args, **kwargs)
        self.definitions = attributes_of(category) if category else []
        for definition in self.definitions:
            self.fields[definition.key] = _field_for(definition)

    @property
    def values(self) -> dict[str, Any]:
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value not in ("", None)}


class ProductEditor:
    """Everything that is edited of a product, for one request."""

    def __init__(
        self,
        merchant: Merchant,
        product: Product | None = None,
        posted: QueryDict | None = None,
        category: Category | None = None,
    ) -> None:
        self.product = product
        initial = _initial_of(product) if product else {"category": category}
        self.fields = ProductFieldsForm(posted, initial=initial)
        self.category = self._category(posted) or (product.category if product else category)
        self.attributes = AttributesForm(
            self.category, posted, initial=_shown(product.attributes) if product else {}
        )
        shelf = Shelf(merchant)
        self.pictures = BlockForm(PICTURES, name="pictures", shelf=shelf)
        self.videos = BlockForm(VIDEOS, name="videos", shelf=shelf)
        if posted is not None:
            self.pictures.read(posted)
            self.videos.read(posted)
        elif product is not None:
            shown = [chosen.picture for chosen in product.pictures.all()]
            self.pictures.fill(PICTURES.normalize(shown))
            self.videos.fill(VIDEOS.normalize(list(product.videos.all())))

    def apply(self, operation: str) -> str | None:
        """Add, remove or move a picture or video (without JavaScript)."""
        place = self.pictures.apply(operation)
        return self.videos.apply(operation) if place is None else place

    def is_valid(self) -> bool:
        # Both are asked, so that everything that is wrong is said at once.
        right = [self.fields.is_valid(), self.attributes.is_valid()]
        return all(right) and not self.pictures.refused and not self.videos.refused

    @property
    def values(self) -> ProductFields:
        """For the product's services; empty choices in the lists are left out."""
        defined = {definition.key for definition in self.attributes.definitions}
        held = self.product.attributes if self.product else {}
        undefined = {key: value for key, value in held.items() if key not in defined}
        return cast(
            ProductFields,
            {
                **self.fields.cleaned_data,
                "attributes": {**undefined, **self.attributes.values},
                "pictures": [picture for picture in self.pictures.value if picture],
                "videos": [video for video in self.videos.value if video],
            },
        )

    def take_errors(self, errors: dict[str, str]) -> None:
        """Put what the service said where it belongs."""
        for name, sentence in errors.items():
            self.fields.add_error(name if name in self.fields.fields else None, sentence)

    def _category(self, posted: QueryDict | None) -> Category | None:
        pk = posted.get("category", "") if posted is not None else ""
        if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
            return None
        return Category.objects.filter(pk=pk).first()


def _field_for(definition: Attribute) -> forms.Field:
    label = f"{definition.label} ({definition.unit})" if definition.unit else definition.label
    common: dict[str, Any] = {"label": label, "required": definition.required}
    if definition.kind == AttributeKind.CHOICE:
        words = [(str(choice), str(choice)) for choice in definition.choices]
        return forms.ChoiceField(choices=[("", str(_("Not said"))), *words], **common)
    if definition.kind == AttributeKind.YES_NO:
        words = [("", str(_("Not said"))), ("yes", str(_("Yes"))), ("no", str(_("No")))]
        return forms.ChoiceField(choices=words, **common)
    if definition.kind == AttributeKind.NUMBER:
        return forms.FloatField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)
    return forms.CharField(max_length=500, **common)


def _shown(attributes: dict[str, Value]) -> dict[str, str]:
    """As the fields above show them."""
    words = {True: "yes", False: "no"}
    return {
        key: words[value] if isinstance(value, bool) else display_value(value)
        for key, value in attributes.items()
    }


def _initial_of(product: Product) -> dict[str, Any]:
    return {
        name: getattr(product, name) for name in ProductFieldsForm.base_fields if name != "category"
    } | {"category": product.category_id}
