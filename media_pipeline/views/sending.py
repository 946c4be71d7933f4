"""Files and texts going out: by our own hand, from whichever storage, in the part asked for."""

import hashlib

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from media_pipeline import blobs
from media_pipeline.ranges import UnsatisfiableRangeError, parse_range

# Asked again each time: what was taken down a moment ago must not play from a cache.
ASK_AGAIN = "private, no-cache"


def sent_text(request: HttpRequest, text: str, content_type: str) -> HttpResponseBase:
    """A text that was written for this answer."""
    etag = _etag(text)
    response = _unchanged(request, etag) or HttpResponse(text, content_type=content_type)
    return _with_headers(response, etag, ASK_AGAIN)


def sent_file(
    request: HttpRequest,
    name: str,
    *,
    size: int,
    content_type: str,
    first: int = 0,
    cache: str = ASK_AGAIN,
) -> HttpResponseBase:
    """`size` bytes of a stored file, from byte `first` on, or the part of them that was asked
    for. Raises Http404 where the file is gone."""
    etag = _etag(f"{name} {first} {size}")
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
            pieces = blobs.read_range(name, first + start, length)
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
