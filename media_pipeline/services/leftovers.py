"""What killed processes left behind. Rows say what is wanted; a file that no row names, and that
nobody can be at work on any more, goes."""

import logging
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from media_pipeline import blobs, places
from media_pipeline.choices import StepState
from media_pipeline.models import (
    Asset,
    Finding,
    FirstLook,
    Picture,
    PictureRendition,
    Rendition,
    Source,
    Step,
)
from media_pipeline.services.scheduling import EXTRAS

logger = logging.getLogger(__name__)

GRACE = timedelta(hours=6)  # longer than anything takes between writing a file and its row
BATCH = 500
FOLDERS: dict[str, tuple[tuple[type[Model], str], ...]] = {
    "sources": ((Source, "file"),),
    "renditions": ((Rendition, "path"), (Asset, "path")),
    "findings": ((Finding, "path"),),
    "pictures": ((Picture, "file"),),
    "images": ((PictureRendition, "file"),),
    "between": (),
}


def remove_leftovers(*, grace: timedelta = GRACE) -> int:
    """Looks through all of storage, and through this machine's own folder, for files older than
    `grace` that nothing needs; removes them and returns how many."""
    before = timezone.now() - grace
    removed = _clear_scratch(before)
    for folder, columns in FOLDERS.items():
        for names in _batches(blobs.names_in(folder)):
            for name in sorted(_unwanted(names, columns)):
                changed = blobs.changed_at(name)
                if changed and changed <= before:
                    blobs.delete_files(name)
                    removed += 1
    if removed:
        logger.warning("Removed %s files that killed processes had left.", removed)
    return removed


def tidy_renditions(source: Source) -> None:
    """Removes what no row names from the folder of what is served. For whoever holds the lease:
    nobody else writes there."""
    for names in _batches(blobs.names_in(places.renditions(source))):
        blobs.delete_files(*_unwanted(names, FOLDERS["renditions"]))


def _unwanted(names: set[str], columns: Iterable[tuple[type[Model], str]]) -> set[str]:
    """Those that no row names, by its own name or by its folder's."""
    for model, column in columns:
        rows = model._default_manager.filter(**{f"{column}__in": names})
        names = names - set(rows.values_list(column, flat=True))
    folders = {name.rpartition("/")[0] for name in names}
    wanted = _folders_in_use(folders)
    return {name for name in names if name.rpartition("/")[0] not in wanted}


def _folders_in_use(folders: set[str]) -> set[str]:
    """Of those that rows name as a whole: rungs in the making, and what one step left for
    another."""
    looks = FirstLook.objects.filter(folder__in=folders).values_list("folder", flat=True)
    uuids = {uuid: folder for folder in folders if (uuid := _uuid_in(folder))}
    unfinished = (
        Step.objects.filter(source__uuid__in=uuids)
        .exclude(state__in=(StepState.DONE, StepState.REFUSED))
        .exclude(name__in=EXTRAS)
    )
    return {*looks, *(uuids[uuid] for uuid in unfinished.values_list("source__uuid", flat=True))}


def _uuid_in(folder: str) -> UUID | None:
    """'between/<uuid>'"""
    try:
        return UUID(folder.removeprefix("between/"))
    except ValueError:
        return None


def _clear_scratch(before: datetime) -> int:
    """This machine's own folders of work: one belongs to the step that runs for its source."""
    removed = 0
    for path in [*blobs.scratch().parent.iterdir(), *blobs.scratch().iterdir()]:
        if path == blobs.scratch() or path.stat().st_mtime > before.timestamp():
            continue
        uuid = _uuid_in(path.name)
        if uuid and Step.objects.filter(source__uuid=uuid, state=StepState.RUNNING).exists():
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        removed += 1
    return removed


def _batches(names: Iterator[str]) -> Iterator[set[str]]:
    while batch := set(islice(names, BATCH)):
        yield batch
