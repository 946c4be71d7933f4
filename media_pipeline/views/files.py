"""Files going out: by our own hand, from whichever storage, after looking who asks."""

import hashlib
import posixpath

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from media_pipeline import blobs, packaging
from media_pipeline.models import Rendition, Video
from media_pipeline.ranges import UnsatisfiableRangeError, parse_range
from media_pipeline.rules import may_watch
from media_pipeline.selectors import frame_rate_of

PLAYLIST = "application/vnd.apple.mpegurl"
# Asked again each time: what was taken down a moment ago must not play from a cache.
ASK_AGAIN = "private, no-cache"
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
def video_file(request: HttpRequest, uuid: str, path: str) -> HttpResponseBase:
    """A video's playlists and renditions, for whoever may watch it."""
    video = get_object_or_404(Video.objects.select_related("merchant", "source"), uuid=uuid)
    if not may_watch(request.user, video):
        raise Http404
    if path == packaging.MASTER:
        return _master_playlist(request, video)
    name, _, suffix = path.rpartition(".")
    rendition = get_object_or_404(Rendition, source_id=video.source_id, name=name)
    if suffix == "m3u8":
        return _text(request, packaging.media_playlist(rendition))
    if suffix == "mp4":
        return _file(
            request, rendition.path, size=rendition.size, content_type="video/mp4", cache=ASK_AGAIN
        )
    raise Http404


@require_safe
def picture_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures, what was made of them, and logos: what MEDIA_URL points at. Their names can't be
    guessed. Everything else in storage (what was uploaded, feeds) has no address."""
    content_type = PICTURE_TYPES.get(posixpath.splitext(path)[1].lower())
    if not content_type or posixpath.normpath(path) != path:
        raise Http404
    if not path.startswith(PICTURE_FOLDERS):
        raise Http404
    size = blobs.size_of(path)
    if size is None:
        raise Http404
    response = _file(request, path, size=size, content_type=content_type, cache=A_DAY)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _master_playlist(request: HttpRequest, video: Video) -> HttpResponseBase:
    renditions = list(video.source.renditions.all())
    if not renditions:
        raise Http404
    return _text(request, packaging.master_playlist(renditions, frame_rate_of(video.source)))


def _text(request: HttpRequest, text: str) -> HttpResponseBase:
    etag = _etag(text)
    response = _unchanged(request, etag) or HttpResponse(text, content_type=PLAYLIST)
    return _with_headers(response, etag, ASK_AGAIN)


def _file(
    request: HttpRequest, name: str, *, size: int, content_type: str, cache: str
) -> HttpResponseBase:
    """The file, or the part of it that was asked for."""
    etag = _etag(f"{name} {size}")
    if unchanged := _unchanged(request, etag):
        return _with_headers(unchanged, etag, cache)
    try:
        part = parse_range(_wanted_range(request, etag), size)
    except UnsatisfiableRangeError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, length = (part.start, part.length) if part else (0, size)
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=content_type)
    else:
        try:
            pieces = blobs.read_range(name, start, length)
        except FileNotFoundError as error:
            raise Http404 from error
        response = StreamingHttpResponse(pieces, content_type=content_type)
    if part:
        response.status_code = 206
        response["Content-Range"] = part.content_range(size)
    response["Content-Length"] = str(length)
    response["Accept-Ranges"] = "bytes"
    return _with_headers(response, etag, cache)


def _wanted_range(request: HttpRequest, etag: str) -> str:
    """A range that was asked for on condition that the file is still the same counts only then."""
    condition = request.headers.get("If-Range", etag)
    return request.headers.get("Range", "") if condition == etag else ""


def _unchanged(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return HttpResponseNotModified() if etag in known or "*" in known else None


def _with_headers(response: HttpResponseBase, etag: str, cache: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = cache
    return response


def _etag(text: str) -> str:
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
