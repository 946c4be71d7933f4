"""Files on their way in."""

import logging
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
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
from media_pipeline.selectors import uploads_under_way
from media_pipeline.services.quotas import check_quota
from media_pipeline.services.videos import create_video, title_from
from merchants.models import Merchant

logger = logging.getLogger(__name__)

LIFETIME = timedelta(days=3)  # without a new byte: a laptop may stay closed over a weekend
REMEMBERED = timedelta(days=30)  # how long we can still say that an upload has expired
AT_ONCE = 20  # unfinished uploads of one merchant


@transaction.atomic
def start_upload(
    *, merchant: Merchant, user: User, filename: str, length: int, is_part: bool = False
) -> Upload:
    """Makes room for a file of `length` bytes, or for a part of one. Raises UploadRefusedError,
    UploadTooLongError, QuotaExceededError."""
    _check_length(length)
    check_quota(merchant=merchant, size=length, videos=0 if is_part else 1)
    if uploads_under_way(merchant).count() >= AT_ONCE:
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
        is_part=is_part,
        expires_at=timezone.now() + LIFETIME,
    )
    incoming.create(upload.uuid)
    upload.save(force_insert=True)
    return upload


@transaction.atomic
def join_uploads(*, merchant: Merchant, user: User, filename: str, parts: Sequence[UUID]) -> Upload:
    """Makes one file of parts that have all arrived, in the order given, and a video of it. The
    bytes themselves are put together by the pipeline. Done once: a second call with the same
    parts returns the same upload. Raises UploadRefusedError, UploadTooLongError,
    UploadExpiredError, QuotaExceededError."""
    rows = _parts(merchant, parts)
    if whole := _whole_of(rows):
        return whole
    length = sum(row.length for row in rows)
    _check_length(length)
    # The parts' bytes are counted already; that they become a video is new.
    check_quota(merchant=merchant)
    whole = Upload.objects.create(
        merchant=merchant,
        user=user,
        filename=filename[-255:],
        length=length,
        offset=length,
        expires_at=timezone.now() + LIFETIME,
    )
    for position, row in enumerate(rows):
        row.whole, row.position, row.finished_at = whole, position, timezone.now()
        row.save(update_fields=["whole", "position", "finished_at"])
    incoming.gather(whole.uuid, [row.uuid for row in rows])
    finish_upload(upload=whole)
    # Their own names; what they hold belongs to the whole by now.
    for row in rows:
        transaction.on_commit(partial(incoming.remove, row.uuid))
    return whole


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
    if upload.is_whole and not upload.is_part and not upload.finished_at:
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
    for upload in Upload.objects.filter(finished_at=None, is_part=False, offset=F("length")):
        finish_upload(upload=upload)


def expire_uploads() -> None:
    """Removes the bytes of uploads that stood still for too long, in time their rows, and files
    that belong to nothing (a process died between making a file and its row)."""
    now = timezone.now()
    about_to_be_finished = Q(finished_at=None, is_part=False, offset=F("length"))
    for upload in Upload.objects.filter(finished_at=None, expires_at__lte=now).exclude(
        about_to_be_finished
    ):
        incoming.remove(upload.uuid)
    Upload.objects.filter(expires_at__lte=now - REMEMBERED).exclude(about_to_be_finished).delete()
    _remove_strays()


def _acknowledge(upload: Upload, end: int) -> None:
    upload.offset = end
    upload.expires_at = timezone.now() + LIFETIME
    upload.save(update_fields=["offset", "expires_at"])


def _check_length(length: int) -> None:
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


def _parts(merchant: Merchant, uuids: Sequence[UUID]) -> list[Upload]:
    """The merchant's parts, in that order, each of them whole."""
    found = {
        row.uuid: row
        for row in Upload.objects.select_for_update(of=("self",)).filter(
            uuid__in=uuids, merchant=merchant, is_part=True
        )
    }
    if not uuids or len(found) != len(uuids):
        raise UploadRefusedError(_("Some parts of this file are not here. Upload it again."))
    rows = [found[uuid] for uuid in uuids]
    if any(not row.finished_at and row.expires_at <= timezone.now() for row in rows):
        raise UploadExpiredError(_("This upload stood still for too long. Start it again."))
    if not all(row.is_whole for row in rows):
        raise UploadRefusedError(_("This upload has not arrived completely."))
    return rows


def _whole_of(rows: Sequence[Upload]) -> Upload | None:
    """What these parts have become already. Raises UploadRefusedError where it is something
    else than what is asked for."""
    wholes = {row.whole for row in rows if row.finished_at}
    if not wholes:
        return None
    whole = next(iter(wholes))
    if len(wholes) > 1 or whole is None or list(whole.parts.order_by("position")) != list(rows):
        raise UploadRefusedError(_("These parts belong to another file already."))
    return whole


def _remove_strays() -> None:
    old = time.time() - LIFETIME.total_seconds()
    for path in incoming.folder().iterdir():
        if path.stat().st_mtime < old and not _is_wanted(path.name):
            path.unlink(missing_ok=True)


def _is_wanted(name: str) -> bool:
    uuid = incoming.owner_of(name)
    return uuid is not None and (
        Upload.objects.filter(uuid=uuid, finished_at=None).exists()
        or Source.objects.filter(uuid=uuid, file="").exists()
    )
