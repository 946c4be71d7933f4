"""Videos: made from a file, their words changed, deleted."""

import re
import uuid as uuids
from pathlib import PurePath

from django.core.files.base import File
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import ActionRefusedError
from media_pipeline import blobs, incoming, ladder, places
from media_pipeline.choices import FIRST_STEPS
from media_pipeline.errors import QuotaExceededError
from media_pipeline.models import Picture, Source, Step, Video
from media_pipeline.services.findings import note_same_file
from media_pipeline.services.quotas import check_quota
from media_pipeline.services.revisions import revise_video
from media_pipeline.signals import source_waiting
from merchants.models import Merchant


def add_video(
    *,
    merchant: Merchant,
    user: User | None,
    title: str,
    description: str = "",
    file: File,
) -> Video:
    """Puts a file from this machine through the pipeline, as an upload would. Raises
    QuotaExceededError."""
    uuid = uuids.uuid4()
    incoming.create(uuid)
    with incoming.opened_for_writing(uuid) as target, file.open("rb") as stream:
        size = incoming.receive(
            target=target,
            offset=0,
            stream=stream,
            length=file.size,
            acknowledge=lambda end: None,
        )
    try:
        with transaction.atomic():
            check_quota(merchant=merchant, size=size)
            return create_video(
                uuid=uuid,
                merchant=merchant,
                user=user,
                title=title,
                description=description,
                size=size,
            )
    except QuotaExceededError:
        incoming.remove(uuid)
        raise


@transaction.atomic
def create_video(
    *,
    uuid: uuids.UUID,
    merchant: Merchant,
    user: User | None,
    title: str,
    description: str = "",
    size: int,
) -> Video:
    """Makes the video and its source, of `size` bytes, of the incoming file `uuid`."""
    source = Source.objects.create(uuid=uuid, size=size)
    Step.objects.bulk_create(
        Step(source=source, profile=ladder.PROFILE, name=name) for name in FIRST_STEPS
    )
    video = Video(
        merchant=merchant,
        source=source,
        title=title,
        description=description,
        uploaded_by=user,
        live=False,
    )
    video.save()
    source_waiting.send(Source, source=source)
    return video


def update_video(*, video: Video, user: User, title: str, description: str) -> Video:
    """Changes the words. Those of a video that is public change once an editor approves them."""
    title = title.strip()
    if not title:
        raise ActionRefusedError(_("Give the video a title."))
    return revise_video(video=video, user=user, title=title, description=description.strip())


@transaction.atomic
def delete_video(*, video: Video) -> None:
    """Deletes the video, and everything that was stored for it unless another video is made of
    the same file. Raises ActionRefusedError where it is part of something that must stay."""
    source = Source.objects.select_for_update(of=("self",)).get(pk=video.source_id)
    try:
        with transaction.atomic():
            video.delete()
    except ProtectedError as error:
        raise ActionRefusedError(
            _("This video is entered in an audition. Withdraw the entry first.")
        ) from error
    if source.videos.exists():
        note_same_file(source=source)
    else:
        delete_source(source=source)


def delete_source(*, source: Source) -> None:
    """Removes a source that no video needs, and all that was made of it. A worker that is busy
    with it notices that its step is gone, and stops."""
    uuid, original = source.uuid, source.file.name or ""
    folders = [places.between_steps(source), places.findings(source)]
    if source.sha256:
        folders.append(places.renditions(source))
    pictures = Picture.objects.filter(Q(still__source=source) | Q(pk=source.poster_id))
    for picture in pictures:
        picture.delete()
    source.delete()
    transaction.on_commit(lambda: _remove_files(uuid, original, folders))


def title_from(filename: str) -> str:
    """A first title out of a file's name: "IMG_0042.final-cut.mp4" → "IMG 0042.final cut"."""
    stem = PurePath(filename.replace("\\", "/")).stem
    return re.sub(r"[\s_-]+", " ", stem).strip()[:150] or _("Untitled video")


def _remove_files(uuid: uuids.UUID, original: str, folders: list[str]) -> None:
    incoming.remove(uuid)
    blobs.delete_files(original)
    for folder in folders:
        blobs.delete_folder(folder)
