"""Pictures and logos, at the addresses that MEDIA_URL leads to."""

import posixpath

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from media_pipeline import blobs, rules, selectors
from media_pipeline.views.sending import ASK_AGAIN, sent_file

LOGOS = "logos/"
PICTURE_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# Names are never used for another picture, so this is for take-downs: caches forget soon.
A_WHILE = "public, max-age=600"


@require_safe
def picture_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures, what was made of them, and logos: what is public for everybody, the rest for
    those whom it belongs to. Everything else in storage (what was uploaded, feeds) has no
    address."""
    content_type = PICTURE_TYPES.get(posixpath.splitext(path)[1].lower())
    if not content_type or posixpath.normpath(path) != path:
        raise Http404
    cache = _cache_for(request, path)
    size = blobs.size_of(path)
    if size is None:
        raise Http404
    response = sent_file(request, path, size=size, content_type=content_type, cache=cache)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _cache_for(request: HttpRequest, path: str) -> str:
    """How long it may be kept, and where. Raises Http404 for who may not see it."""
    if path.startswith(LOGOS):
        if rules.is_public_logo(path):
            return A_WHILE
        if rules.may_look_behind_logo(request.user, path):
            return ASK_AGAIN
        raise Http404
    picture = selectors.picture_at(path)
    if picture is None:
        raise Http404
    if rules.is_public_picture(picture):
        return A_WHILE
    if rules.may_look_behind_picture(request.user, picture):
        return ASK_AGAIN
    raise Http404
