"""The category tree with its attributes."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.forms import AttributeFormSet, CategoryForm
from cms.views.frame import ModerationPage
from core.errors import ActionRefusedError
from products.models import Attribute, Category
from products.selectors import category_tree
from products.services import (
    create_category,
    define_attribute,
    remove_attribute,
    update_category,
)


class CategoryListView(ModerationPage):
    page_title = gettext_lazy("Categories")
    header_icon = "list-ul"
    template_name = "cms/admin/categories.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tree=category_tree(), **kwargs)


class CategoryView(ModerationPage):
    """A new category, or one that is there, with the attributes that its products have."""

    header_icon = "list-ul"
    template_name = "cms/admin/category.html"
    above = (("moderation:categories", gettext_lazy("Categories")),)

    def get_page_title(self) -> str:
        return self.category.name or _("New category")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pk = kwargs.get("pk")
        self.category = get_object_or_404(Category, pk=pk) if pk else Category()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = {
            "form": CategoryForm(instance=self.category),
            "attributes": AttributeFormSet(instance=self.category),
        }
        return super().get_context_data(category=self.category, **{**forms, **kwargs})

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        # Forms write to the object that they are given: the page's own stays as it is.
        instance = Category.objects.get(pk=pk) if pk else Category()
        form = CategoryForm(request.POST, instance=instance)
        attributes = AttributeFormSet(request.POST, instance=instance)
        if form.is_valid() and attributes.is_valid():
            try:
                category = save_category(pk=pk, form=form, attributes=attributes)
            except ActionRefusedError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("“%(name)s” is saved.") % {"name": category})
                return redirect("moderation:category", category.pk)
        context = self.get_context_data(form=form, attributes=attributes)
        return self.render_to_response(context, status=422)


@transaction.atomic
def save_category(
    *, pk: int | None, form: CategoryForm, attributes: "BaseInlineFormSet[Any, Any, Any]"
) -> Category:
    """The category and its attributes stand or fall together."""
    fields = {name: form.cleaned_data[name] for name in form.cleaned_data}
    if pk:
        category = update_category(category=Category.objects.get(pk=pk), **fields)
    else:
        category = create_category(**fields)
    for attribute_form in attributes.forms:
        if attribute_form.has_changed():
            _save_attribute(
                category, attribute_form, gone=attribute_form in attributes.deleted_forms
            )
    return category


def _save_attribute(category: Category, form: Any, *, gone: bool) -> None:
    before: Attribute = form.instance
    renamed = before.pk and "key" in form.changed_data
    if before.pk and (gone or renamed):
        remove_attribute(attribute=Attribute.objects.get(pk=before.pk))
    if not gone:
        names = ("key", "label", "kind", "unit", "choices", "required")
        define_attribute(category=category, **{name: form.cleaned_data[name] for name in names})
