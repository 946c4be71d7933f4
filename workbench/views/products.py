"""A merchant's products: the list, the form, and whether they are in the shop."""

from abc import ABC, abstractmethod

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from products.choices import ProductState
from products.errors import InvalidProductError
from products.models import Category, Product
from products.rules import may_be_listed, may_be_withdrawn
from products.selectors import product_of, products_of
from products.services import create_product, list_product, update_product, withdraw_product
from workbench.forms.products import AttributesForm, ProductEditor
from workbench.views.base import ActionView, MerchantView

PRODUCTS_PER_PAGE = 40


class ProductView(MerchantView):
    section = "products"

    def product_or_404(self, pk: int) -> Product:
        product = product_of(self.merchant, pk)
        if product is None:
            raise Http404
        return product


class ProductListView(ProductView):
    def get(self, request: HttpRequest) -> HttpResponse:
        text, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
        products = products_of(self.merchant)
        if text:
            products = products.filter(
                Q(title__icontains=text) | Q(feed_id=text) | Q(gtin=text) | Q(brand__iexact=text)
            )
        if state in ProductState.values:
            products = products.filter(state=state)
        return self.render(
            "products/list.html",
            page=Paginator(products, PRODUCTS_PER_PAGE).get_page(request.GET.get("page")),
            text=text,
            state=state,
            states=ProductState.choices,
            filtered=bool(text or state),
        )


class ProductFormView(ProductView, ABC):
    """What the forms of a new and of a known product have in common."""

    def show(self, editor: ProductEditor, status: int = 200) -> HttpResponse:
        product = editor.product
        return self.render(
            "products/edit.html",
            status=status,
            editor=editor,
            product=product,
            may_list=product is not None and may_be_listed(product),
            may_withdraw=product is not None and may_be_withdrawn(product),
        )

    def take(self, request: HttpRequest, product: Product | None) -> HttpResponse:
        editor = ProductEditor(self.merchant, product, request.POST)
        operation = request.POST.get("op", "save")
        if editor.apply(operation) is not None or operation == "attributes":
            # A button of the form itself, without JavaScript: nothing is saved yet.
            return self.show(editor)
        if not editor.is_valid():
            return self.show(editor, status=422)
        try:
            saved = self.save(editor, listed=operation == "list")
        except InvalidProductError as error:
            editor.take_errors(error.errors)
            return self.show(editor, status=422)
        return redirect(self.url("product", saved.pk))

    @abstractmethod
    def save(self, editor: ProductEditor, *, listed: bool) -> Product:
        """Write what was edited."""


class NewProductView(ProductFormView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(ProductEditor(self.merchant))

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.take(request, None)

    def save(self, editor: ProductEditor, *, listed: bool) -> Product:
        product = create_product(merchant=self.merchant, listed=listed, **editor.values)
        sentence = _("“%(title)s” is in the shop.") if listed else _("“%(title)s” is saved.")
        messages.success(self.request, sentence % {"title": product.title})
        return product


class EditProductView(ProductFormView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(ProductEditor(self.merchant, self.product_or_404(pk)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.take(request, self.product_or_404(pk))

    def save(self, editor: ProductEditor, *, listed: bool) -> Product:
        assert editor.product is not None  # noqa: S101 - this view has one
        values = editor.values
        values["feed_id"] = values["feed_id"] or editor.product.feed_id
        product = update_product(product=editor.product, **values)
        messages.success(self.request, _("Saved."))
        return product


class ProductAttributesView(MerchantView):
    """The fields of one category, for the form whose category was just changed."""

    section = "products"

    def get(self, request: HttpRequest) -> HttpResponse:
        pk = request.GET.get("category", "")
        category = Category.objects.filter(pk=pk).first() if pk.isdigit() else None
        return self.render(
            "products/attributes.html", form=AttributesForm(category, initial=request.GET.dict())
        )


class ProductActionView(ProductView, ActionView):
    def next_url(self) -> str:
        return self.url("product", self.kwargs["pk"])


class ListProductView(ProductActionView):
    def act(self) -> str:
        product = self.product_or_404(self.kwargs["pk"])
        list_product(product=product)
        return _("“%(title)s” is in the shop.") % {"title": product.title}


class WithdrawProductView(ProductActionView):
    def act(self) -> str:
        product = self.product_or_404(self.kwargs["pk"])
        withdraw_product(product=product)
        return _("“%(title)s” is out of the shop. You can list it again at any time.") % {
            "title": product.title
        }
