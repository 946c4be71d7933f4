"""Categories with their attributes, and auditions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import inlineformset_factory
from django.utils.translation import gettext_lazy as _

from products.models import Attribute, Category
from selection.models import Round
from selection.rules import may_change

_WHEN = "%Y-%m-%dT%H:%M"


class CategoryChoiceField(forms.ModelChoiceField):
    """Categories as a tree, one below another."""

    def label_from_instance(self, category: Category) -> str:
        return f"{'— ' * (category.depth - 1)}{category.name}"


class CategoryForm(forms.ModelForm):
    parent = CategoryChoiceField(
        label=_("Below"),
        queryset=Category.objects.order_by("path"),
        required=False,
        empty_label=_("Nothing: a category of the first level"),
    )

    class Meta:
        model = Category
        fields = ["name", "slug", "description", "service_promise"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "service_promise": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"slug": _("Its address: /c/…/. Left empty, it is made from the name.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        if self.instance.pk:
            below = self.instance.path
            tree = Category.objects.exclude(path__startswith=below).order_by("path")
            self.fields["parent"].queryset = tree  # type: ignore[attr-defined]
            self.fields["parent"].initial = self.instance.get_parent()


class AttributeForm(forms.ModelForm):
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line; for “one of a list”."),
    )

    class Meta:
        model = Attribute
        fields = ["label", "key", "kind", "unit", "choices", "required"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["choices"] = "\n".join(self.instance.choices or [])

    def clean_choices(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["choices"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == "choice" and not cleaned.get("choices"):
            raise ValidationError({"choices": _("Name the choices, one on each line.")})
        return cleaned


AttributeFormSet = inlineformset_factory(
    Category, Attribute, form=AttributeForm, extra=1, can_delete=True
)


class RoundForm(forms.ModelForm):
    category = CategoryChoiceField(label=_("Category"), queryset=Category.objects.order_by("path"))
    opens_at = forms.DateTimeField(
        label=_("Opens"),
        widget=forms.DateTimeInput(format=_WHEN, attrs={"type": "datetime-local"}),
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"),
        widget=forms.DateTimeInput(format=_WHEN, attrs={"type": "datetime-local"}),
    )

    class Meta:
        model = Round
        fields = ["title", "category", "introduction", "opens_at", "closes_at", "seats"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name, field in self.fields.items():
                field.disabled = not may_change(self.instance, name)
