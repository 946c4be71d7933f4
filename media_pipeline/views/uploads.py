"""Files coming in, by tus 1.0 (https://tus.io/protocols/resumable-upload): an upload that breaks
off goes on where it stopped. With the extensions creation, creation-with-upload, expiration,
checksum, termination and concatenation."""

import base64
import binascii
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views import View

from accounts.models import User
from media_pipeline import services
from media_pipeline.errors import (
    QuotaExceededError,
    UploadBusyError,
    UploadChecksumError,
    UploadExpiredError,
    UploadOffsetError,
    UploadRefusedError,
    UploadTooLongError,
)
from media_pipeline.models import Upload
from media_pipeline.rules import may_upload
from merchants.models import Merchant

VERSION = "1.0.0"
BYTES = "application/offset+octet-stream"
ALGORITHMS = ("sha1", "sha256")
EXTENSIONS = (
    "creation",
    "creation-with-upload",
    "expiration",
    "checksum",
    "termination",
    "concatenation",
)
MOST_PARTS = 16
STATUS: dict[type[UploadRefusedError], int] = {
    UploadOffsetError: 409,
    UploadExpiredError: 410,
    UploadTooLongError: 413,
    QuotaExceededError: 413,
    UploadBusyError: 423,
    UploadChecksumError: 460,
}


class BadRequestError(Exception):
    """The request isn't tus. Carries the status to answer with."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class TusView(View):
    """What all of the protocol's requests have in common."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = self._answer(request, *args, **kwargs)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What this server can do; says nothing of any upload."""
        return HttpResponse(
            status=204,
            headers={
                "Tus-Version": VERSION,
                "Tus-Max-Size": str(settings.VIDEO_MAX_BYTES),
                "Tus-Extension": ",".join(EXTENSIONS),
                "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
            },
        )

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return self.options(request)
        if not request.user.is_authenticated:
            # Not "unknown": the client would throw away what it has sent so far.
            return _text(403, _("Sign in again; the upload can then go on."))
        if request.headers.get("Tus-Resumable") != VERSION:
            return HttpResponse(status=412, headers={"Tus-Version": VERSION})
        try:
            return super().dispatch(request, *args, **kwargs)
        except BadRequestError as error:
            return _text(error.status, str(error))
        except UploadRefusedError as error:
            return _text(STATUS.get(type(error), 400), str(error))


class UploadsView(TusView):
    def post(self, request: HttpRequest) -> HttpResponse:
        """Begins an upload for the merchant named in the address, perhaps with its first bytes;
        or makes one of parts that are here already."""
        merchant = Merchant.objects.filter(slug=request.GET.get("merchant", "")).first()
        user = request.user
        if merchant is None or not isinstance(user, User) or not may_upload(user, merchant):
            raise Http404
        filename = _metadata(request).get("filename", "") or _("video")
        kind, _semicolon, addresses = request.headers.get("Upload-Concat", "").partition(";")
        if kind == "final":
            upload = services.join_uploads(
                merchant=merchant, user=user, filename=filename, parts=_named_uploads(addresses)
            )
        elif kind in ("", "partial"):
            upload = services.start_upload(
                merchant=merchant,
                user=user,
                filename=filename,
                length=_number(request, "Upload-Length"),
                is_part=kind == "partial",
            )
            if request.content_type == BYTES and _content_length(request):
                upload = _append(request, upload, offset=0)
        else:
            raise BadRequestError(400, "Upload-Concat is either partial or final.")
        response = HttpResponse(status=201, headers=_state_of(upload))
        response["Location"] = _address_of(upload)
        return response


class UploadView(TusView):
    def head(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """How much of it is safe here."""
        upload = _own_upload(request, uuid)
        if upload.expires_at <= timezone.now() and not upload.finished_at:
            raise UploadExpiredError(_("This upload stood still for too long. Start it again."))
        return HttpResponse(
            status=200, headers=_state_of(upload) | {"Upload-Length": str(upload.length)}
        )

    def patch(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """More bytes."""
        upload = _own_upload(request, uuid)
        if upload.finished_at and upload.parts.exists():
            raise BadRequestError(403, _("This upload is finished."))
        if request.content_type != BYTES:
            raise BadRequestError(415, f"Send bytes as {BYTES}.")
        upload = _append(request, upload, offset=_number(request, "Upload-Offset"))
        return HttpResponse(status=204, headers=_state_of(upload))

    def delete(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Forgets it."""
        services.cancel_upload(upload=_own_upload(request, uuid))
        return HttpResponse(status=204)


def _own_upload(request: HttpRequest, uuid: UUID) -> Upload:
    upload = get_object_or_404(Upload.objects.select_related("merchant", "video"), uuid=uuid)
    if not may_upload(request.user, upload.merchant):
        raise Http404
    return upload


def _append(request: HttpRequest, upload: Upload, *, offset: int) -> Upload:
    return services.append_to_upload(
        upload=upload,
        offset=offset,
        stream=request,
        length=_content_length(request),
        checksum=_checksum(request),
    )


def _state_of(upload: Upload) -> dict[str, str]:
    headers = {"Upload-Offset": str(upload.offset)}
    if upload.is_part:
        headers["Upload-Concat"] = "partial"
    elif upload.finished_at and (parts := upload.parts.order_by("position")):
        headers["Upload-Concat"] = "final;" + " ".join(_address_of(part) for part in parts)
    if upload.video:
        headers["Auditorium-Video"] = str(upload.video.uuid)
    elif not upload.finished_at:
        headers["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return headers


def _address_of(upload: Upload) -> str:
    return reverse("media_pipeline:upload", args=[upload.uuid])


def _named_uploads(addresses: str) -> list[UUID]:
    """'/media/uploads/… https://this.site/media/uploads/…' as the uploads' own names."""
    found = addresses.split()
    if len(found) > MOST_PARTS:
        raise BadRequestError(400, f"A file has {MOST_PARTS} parts at most.")
    try:
        matches = [resolve(urlsplit(address).path) for address in found]
    except (Resolver404, ValueError) as error:
        raise BadRequestError(400, "Upload-Concat names something that is no upload.") from error
    if any(match.view_name != "media_pipeline:upload" for match in matches):
        raise BadRequestError(400, "Upload-Concat names something that is no upload.")
    return [match.kwargs["uuid"] for match in matches]


def _number(request: HttpRequest, header: str) -> int:
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdigit() and len(value) <= 18):
        raise BadRequestError(400, f"{header} must be a whole number.")
    return int(value)


def _content_length(request: HttpRequest) -> int:
    if "Content-Length" not in request.headers and "Transfer-Encoding" in request.headers:
        raise BadRequestError(411, "Say how many bytes this request has.")
    return int(request.headers.get("Content-Length") or 0)


def _checksum(request: HttpRequest) -> tuple[str, bytes] | None:
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _space, digest = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadRequestError(400, f"Checksums can be {', '.join(ALGORITHMS)}.")
    return algorithm, _decoded(digest)


def _metadata(request: HttpRequest) -> dict[str, str]:
    """'filename dmlkZW8ubXA0,filetype dmlkZW8vbXA0' as a dictionary."""
    pairs = (pair.split() for pair in request.headers.get("Upload-Metadata", "").split(","))
    return {pair[0]: _decoded(pair[1]).decode(errors="replace") for pair in pairs if len(pair) == 2}


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise BadRequestError(400, "This is not base64.") from error


def _text(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
