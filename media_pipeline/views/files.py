"""Pictures and logos, at the addresses that MEDIA_URL leads to."""

import posixpath

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from media_pipeline import blobs
from media_pipeline.views.sending import sent_file

PICTURE_FOLDERS = ("pictures/", "images/", "logos/")
PICTURE_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
A_DAY = "public, max-age=86400"  # names are never used for another picture


@require_safe
def picture_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures, what was made of them, and logos. Their names can't be guessed. Everything else
    in storage (what was uploaded, feeds) has no address."""
    content_type = PICTURE_TYPES.get(posixpath.splitext(path)[1].lower())
    if not content_type or posixpath.normpath(path) != path:
        raise Http404
    if not path.startswith(PICTURE_FOLDERS):
        raise Http404
    size = blobs.size_of(path)
    if size is None:
        raise Http404
    response = sent_file(request, path, size=size, content_type=content_type, cache=A_DAY)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
