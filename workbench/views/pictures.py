"""A merchant's pictures, and the dialog that chooses what goes into a guide."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import ngettext

from core.errors import ActionRefusedError
from media_pipeline.models import Picture
from media_pipeline.selectors import videos_of
from media_pipeline.services import create_picture
from products.selectors import products_of
from workbench.forms.pictures import PictureUploadForm
from workbench.selectors import pictures_of
from workbench.views.base import MerchantView

PICTURES_PER_PAGE = 48
CHOICES_PER_PAGE = 24
THUMB = "width-320|format-webp"
THUMB_SECONDS = 24 * 3600


class PictureListView(MerchantView):
    section = "pictures"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(PictureUploadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PictureUploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        accepted = 0
        for file in form.cleaned_data["pictures"]:
            try:
                create_picture(merchant=self.merchant, file=file, title=form.title_for(file))
            except ActionRefusedError as error:
                messages.error(request, f"{file.name}: {error}")
            else:
                accepted += 1
        if accepted:
            sentence = ngettext("%d picture added.", "%d pictures added.", accepted)
            messages.success(request, sentence % accepted)
        return redirect(self.url("pictures"))

    def show(self, form: PictureUploadForm, status: int = 200) -> HttpResponse:
        page = Paginator(pictures_of(self.merchant), PICTURES_PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        return self.render("pictures/list.html", form=form, page=page, status=status)


class PictureThumbView(MerchantView):
    """The way to a small copy of a picture, made when it is first asked for."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        # The editors' pictures may stand in a merchant's guide, and are everybody's.
        picture = Picture.objects.filter(
            Q(merchant=self.merchant) | Q(merchant=None), pk=pk
        ).first()
        if picture is None:
            raise Http404
        response = redirect(picture.get_rendition(THUMB).url)
        patch_cache_control(response, private=True, max_age=THUMB_SECONDS)
        return response


class ChooseView(MerchantView):
    """What is inside of the chooser's dialog: a search, and what it found."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        return self.show(kind, PictureUploadForm())

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        """A new picture, uploaded from inside of the dialog, and chosen at once."""
        if kind != "picture":
            raise Http404
        form = PictureUploadForm(request.POST, request.FILES)
        fresh = None
        if form.is_valid():
            file = form.cleaned_data["pictures"][0]
            try:
                fresh = create_picture(
                    merchant=self.merchant, file=file, title=form.title_for(file)
                )
            except ActionRefusedError as error:
                form.add_error("pictures", str(error))
        return self.show(kind, form, fresh=fresh, status=200 if fresh else 422)

    def show(
        self, kind: str, form: PictureUploadForm, status: int = 200, **context: Any
    ) -> HttpResponse:
        return self.render(
            "pictures/choose.html",
            status=status,
            kind=kind,
            form=form,
            page=self.found(kind),
            text=self.request.GET.get("q", ""),
            **context,
        )

    def found(self, kind: str) -> Page[Any]:
        everything: dict[str, QuerySet[Any]] = {
            "picture": pictures_of(self.merchant),
            "product": products_of(self.merchant),
            "video": videos_of(self.merchant).filter(taken_down_at=None),
        }
        if kind not in everything:
            raise Http404
        found: QuerySet[Model] = everything[kind]
        for word in self.request.GET.get("q", "").split()[:5]:
            found = found.filter(title__icontains=word)
        return Paginator(found, CHOICES_PER_PAGE).get_page(self.request.GET.get("page"))
