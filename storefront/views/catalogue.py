from dataclasses import replace

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.images.models import AbstractImage

from search.query import SearchQuery
from search.services import search
from storefront.listing import Listing
from storefront.related import related_to
from storefront.selectors import (
    ProductPage,
    category_page,
    merchant_page,
    more_of_its_category,
    product_page,
)
from storefront.structured_data import crumbs_data, product_data, video_data
from storefront.views.refusals import answers_bad_queries

PRODUCTS_PER_PAGE = 24
SHARED_PICTURE = "width-1280|format-webp"  # what links to a page show elsewhere


@require_safe
@answers_bad_queries
def category(request: HttpRequest, slug: str) -> HttpResponse:
    page = category_page(slug)
    if page is None:
        raise Http404(_("There is no such category."))
    query = replace(
        SearchQuery.from_params(request.GET),
        category=slug,
        kinds=("product",),
        attribute_facets=page.facet_keys,
    )
    listing = Listing.of(
        query, search(query), fixed=("category", "kind"), attributes=page.attributes
    )
    context = {
        "page": page,
        "listing": listing,
        "crumbs_data": crumbs_data([*page.above, page.category], site_url=settings.SITE_URL),
    }
    return render(request, "storefront/category.html", context)


@require_safe
def product(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    page = product_page(pk)
    if page is None:
        raise Http404(_("There is no such product."))
    if slug != page.product.slug:
        return HttpResponsePermanentRedirect(page.product.get_absolute_url())
    pictures = [one.picture for one in page.product.pictures.all()]
    guides = [("guide", guide.pk) for guide in page.guides]
    related = related_to("product", pk, kinds=("product", "guide"), shown=guides)
    context = {
        "page": page,
        "related": related,
        "more": [] if related else more_of_its_category(page.product),
        "pictures": pictures,
        "shared_picture": shared_picture_url(pictures[0]) if pictures else "",
        "structured_data": _product_data(page, pictures),
        "crumbs_data": crumbs_data(list(page.above), site_url=settings.SITE_URL),
    }
    return render(request, "storefront/product.html", context)


@require_safe
def merchant(request: HttpRequest, slug: str) -> HttpResponse:
    page = merchant_page(slug)
    if page is None:
        raise Http404(_("There is no such merchant."))
    products = Paginator(page.products, PRODUCTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "products": products}
    return render(request, "storefront/merchant.html", context)


def shared_picture_url(picture: AbstractImage) -> str:
    """The absolute address of a picture in the size that other sites show."""
    url: str = picture.get_rendition(SHARED_PICTURE).full_url
    return url


def _product_data(page: ProductPage, pictures: list[AbstractImage]) -> dict[str, object]:
    return product_data(
        page.product,
        url=settings.SITE_URL + page.product.get_absolute_url(),
        picture_urls=[shared_picture_url(picture) for picture in pictures[:1]],
        videos=[
            video_data(
                one.video,
                url=settings.SITE_URL + one.video.get_absolute_url(),
                playback=one.playback,
                poster_url=shared_picture_url(one.playback.poster) if one.playback.poster else "",
                site_url=settings.SITE_URL,
            )
            for one in page.videos
        ],
    )
