"""Feeds: send one in, watch it go in, read what is wrong with it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.errors import ActionRefusedError
from products.models import FeedImport
from products.rules import is_over
from products.selectors import imports_of
from products.services import start_import
from workbench.forms.imports import ImportForm
from workbench.views.base import MerchantView

IMPORTS_PER_PAGE = 20
PROBLEMS_PER_PAGE = 50


class ImportListView(MerchantView):
    """Past imports below the form for the next."""

    section = "products"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(ImportForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        file = form.cleaned_data["file"]
        try:
            feed_import = start_import(
                merchant=self.merchant,
                user=self.user,
                file=file,
                filename=file.name,
                format=form.cleaned_data["format"] or None,
                category=form.cleaned_data["category"],
            )
        except ActionRefusedError as error:
            form.add_error("file", str(error))
            return self.show(form, status=422)
        return redirect(self.url("import", feed_import.uuid))

    def show(self, form: ImportForm, status: int = 200) -> HttpResponse:
        page = Paginator(imports_of(self.merchant), IMPORTS_PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        return self.render("imports/list.html", form=form, page=page, status=status)


class ImportView(MerchantView):
    section = "products"
    template = "imports/detail.html"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        feed_import = imports_of(self.merchant).filter(uuid=uuid).first()
        if feed_import is None:
            raise Http404
        problems = Paginator(feed_import.problems.all(), PROBLEMS_PER_PAGE)
        return self.render(
            self.template,
            feed_import=feed_import,
            is_over=is_over(feed_import),
            percent=percent_of(feed_import),
            page=problems.get_page(request.GET.get("page")),
        )


class ImportProgressView(ImportView):
    """The part of the page that changes; it asks for itself until the import is over."""

    template = "imports/progress.html"


def percent_of(feed_import: FeedImport) -> int:
    """How far it has been read, of the bytes in the file."""
    if is_over(feed_import):
        return 100
    return min(99, 100 * feed_import.offset // max(feed_import.size, 1))
