"""Files on their way in."""

import logging
import time
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from media_pipeline import incoming
from media_pipeline.errors import (
    UploadExpiredError,
    UploadOffsetError,
    UploadRefusedError,
    UploadTooLongError,
)
from media_pipeline.models import Source, Upload, Video
from media_pipeline.services.videos import create_video, title_from
from merchants.models import Merchant

logger = logging.getLogger(__name__)

LIFETIME = timedelta(days=3)  # without a new byte: a laptop may stay closed over a weekend
REMEMBERED = timedelta(days=30)  # how long we can still say that an upload has expired
AT_ONCE = 20  # unfinished uploads of one merchant


def start_upload(*, merchant: Merchant, user: User, filename: str, length: int) -> Upload:
    """Makes room for a file of `length` bytes. Raises UploadRefusedError, UploadTooLongError."""
    if length < 1:
        raise UploadRefusedError(_("This file is empty. Choose the video itself."))
    if length > settings.VIDEO_MAX_BYTES:
        raise UploadTooLongError(
            _("This file is %(size)s; we take up to %(limit)s. Export it at a lower bit rate.")
            % {
                "size": filesizeformat(length),
                "limit": filesizeformat(settings.VIDEO_MAX_BYTES),
            }
        )
    if _unfinished().filter(merchant=merchant).count() >= AT_ONCE:
        raise UploadRefusedError(
            _("Your shop has %(count)s uploads under way. Wait for one to finish, or cancel one.")
            % {"count": AT_ONCE}
        )
    if not incoming.has_room_for(length):
        logger.error("The disk has no room for an upload of %s bytes.", length)
        raise UploadRefusedError(_("We have no room for this file just now. Try again later."))
    upload = Upload(
        merchant=merchant,
        user=user,
        filename=filename[-255:],
        length=length,
        expires_at=timezone.now() + LIFETIME,
    )
    incoming.create(upload.uuid)
    upload.save(force_insert=True)
    return upload


def append_to_upload(
    *,
    upload: Upload,
    offset: int,
    stream: incoming.Readable,
    length: int,
    checksum: tuple[str, bytes] | None = None,
) -> Upload:
    """Takes up to `length` bytes from the stream, which begin at byte `offset` of the file, and
    finishes the upload when they were the last ones. Whatever `upload.offset` says afterwards is
    safe on disk. Raises UploadRefusedError's kinds; then nothing was changed."""
    if upload.expires_at <= timezone.now() and not upload.finished_at:
        raise UploadExpiredError(_("This upload stood still for too long. Start it again."))
    try:
        with incoming.opened_for_writing(upload.uuid) as target:
            upload.refresh_from_db()
            if offset != upload.offset:
                raise UploadOffsetError(_("Go on from byte %s.") % upload.offset)
            if offset + length > upload.length:
                raise UploadTooLongError(_("This is more than the file was said to have."))
            incoming.receive(
                target=target,
                offset=offset,
                stream=stream,
                length=length,
                acknowledge=lambda end: _acknowledge(upload, end),
                checksum=checksum,
            )
    except FileNotFoundError:
        upload.refresh_from_db()
        if not upload.finished_at:
            raise
        if offset != upload.offset or length:
            raise UploadOffsetError(_("This upload is finished.")) from None
    if upload.is_whole and not upload.finished_at:
        finish_upload(upload=upload)
    return upload


def finish_upload(*, upload: Upload) -> Video:
    """Makes a video of an upload whose bytes have all arrived. Done once: a second call returns
    the same video. Raises UploadRefusedError."""
    with transaction.atomic():
        locked = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if not locked.finished_at:
            if not locked.is_whole:
                raise UploadRefusedError(_("This upload has not arrived completely."))
            locked.video = create_video(
                uuid=locked.uuid,
                merchant=locked.merchant,
                user=locked.user,
                title=title_from(locked.filename),
                size=locked.length,
            )
            locked.finished_at = timezone.now()
            locked.save(update_fields=["video", "finished_at"])
    upload.refresh_from_db()
    if upload.video is None:
        raise UploadRefusedError(_("The video of this upload was deleted."))
    return upload.video


def cancel_upload(*, upload: Upload) -> None:
    """Forgets an upload and its bytes. One that has become a video stays."""
    with transaction.atomic():
        locked = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if locked.finished_at:
            raise UploadRefusedError(_("This upload is finished. Delete the video instead."))
        locked.delete()
        transaction.on_commit(lambda: incoming.remove(locked.uuid))


def finish_whole_uploads() -> None:
    """Finishes those whose last byte was acknowledged by a process that died then."""
    for upload in _unfinished().filter(offset=F("length")):
        finish_upload(upload=upload)


def expire_uploads() -> None:
    """Removes the bytes of uploads that stood still for too long, in time their rows, and files
    that belong to nothing (a process died between making a file and its row)."""
    now = timezone.now()
    for upload in Upload.objects.filter(
        finished_at=None, offset__lt=F("length"), expires_at__lte=now
    ):
        incoming.remove(upload.uuid)
    Upload.objects.filter(expires_at__lte=now - REMEMBERED).exclude(
        finished_at=None, offset=F("length")
    ).delete()
    _remove_strays()


def _acknowledge(upload: Upload, end: int) -> None:
    upload.offset = end
    upload.expires_at = timezone.now() + LIFETIME
    upload.save(update_fields=["offset", "expires_at"])


def _unfinished() -> QuerySet[Upload]:
    return Upload.objects.filter(finished_at=None, expires_at__gt=timezone.now())


def _remove_strays() -> None:
    old = time.time() - LIFETIME.total_seconds()
    for path in incoming.folder().iterdir():
        if path.stat().st_mtime < old and not _is_wanted(path.name):
            path.unlink(missing_ok=True)


def _is_wanted(name: str) -> bool:
    try:
        uuid = UUID(name)
    except ValueError:
        return False
    return (
        Upload.objects.filter(uuid=uuid, finished_at=None).exists()
        or Source.objects.filter(uuid=uuid, file="").exists()
    )
