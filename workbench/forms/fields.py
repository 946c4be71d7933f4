"""Form fields that several forms of the workbench have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from products.models import Category


class CategoryField(forms.ModelChoiceField):
    """A category of the tree, each set in below the one it belongs to."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Category"))
        kwargs.setdefault("empty_label", _("Choose a category"))
        super().__init__(queryset=Category.objects.order_by("path"), **kwargs)

    def label_from_instance(self, category: Category) -> str:
        return "\u2003" * (category.depth - 1) + category.name
