from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.engines.base import Hit
from storefront.related import related_to
from storefront.selectors import WatchPage, watch_page
from storefront.structured_data import video_data
from storefront.views.catalogue import shared_picture_url


@require_safe
def watch(request: HttpRequest, uuid: UUID) -> HttpResponse:
    page = watch_page(uuid)
    if page is None:
        raise Http404(_("There is no such video."))
    poster = page.video.shown_poster
    poster_url = shared_picture_url(poster) if poster else ""
    context = {
        "page": page,
        "related": _related(page),
        "shared_picture": poster_url,
        "structured_data": _video_data(page, poster_url),
    }
    return render(request, "storefront/watch.html", context)


def _related(page: WatchPage) -> list[Hit]:
    """Other videos stand beside the player already."""
    shown = [("product", card.product.pk) for card in page.products]
    shown += [("guide", guide.pk) for guide in page.guides]
    kinds = ("product", "guide", "audition")
    return related_to("video", page.video.pk, kinds=kinds, shown=shown)


def _video_data(page: WatchPage, poster_url: str) -> dict[str, object] | None:
    if page.playback is None:
        return None
    return video_data(
        page.video,
        url=settings.SITE_URL + page.video.get_absolute_url(),
        playback=page.playback,
        poster_url=poster_url,
        site_url=settings.SITE_URL,
    )
