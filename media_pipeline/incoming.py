"""The folder where files wait between their arrival and the pipeline's first step.

What a client was told has arrived is on this disk (fsync), not in storage yet: object stores can
only take large parts, in order, and can't go back to the middle of one. The first step of the
pipeline moves the whole file into storage. So web and worker share this folder.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import UUID

from django.conf import settings

from media_pipeline import blobs
from media_pipeline.errors import UploadBusyError, UploadChecksumError

CHECKPOINT = 8 * 2**20  # bytes after which what has arrived is acknowledged
PART = "@"  # in a file's name, between the whole's number and the byte at which the part begins
SPARE = 512 * 2**20  # bytes of the disk that uploads leave free


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def folder() -> Path:
    path = Path(settings.VAR_DIR) / "uploads"
    path.mkdir(parents=True, exist_ok=True)
    return path


def path_of(uuid: UUID) -> Path:
    return folder() / str(uuid)


def has_room_for(length: int) -> bool:
    """Whether the disk can take so many bytes more."""
    return shutil.disk_usage(folder()).free > length + SPARE


def create(uuid: UUID) -> None:
    path_of(uuid).touch(exist_ok=False)
    blobs.sync_folder(folder())


def remove(uuid: UUID) -> None:
    """Removes the file, and the parts that were to become it."""
    for path in (path_of(uuid), *_parts_of(uuid)):
        path.unlink(missing_ok=True)


def gather(uuid: UUID, parts: Sequence[UUID]) -> None:
    """Names the parts of a file that is to be, which costs nothing whatever their size; `join`
    puts them together when there is time. They keep their own names until those are removed, so
    this can be broken off, and done again."""
    start = 0
    for part in parts:
        source, target = path_of(part), folder() / f"{uuid}{PART}{start}"
        target.unlink(missing_ok=True)
        try:
            os.link(source, target)
        except OSError:  # a file system without links
            shutil.copyfile(source, target)
        start += source.stat().st_size
    blobs.sync_folder(folder())


def join(uuid: UUID, on_progress: Callable[[], None]) -> None:
    """Puts the parts that were gathered together, where there are any. Can be broken off anywhere,
    and done again: each goes to its own place, and goes away once it is safe there. What
    `on_progress` raises, now and then, breaks it off."""
    parts = _parts_of(uuid)
    for path in parts:
        start = _start_of(path)
        if start == 0 and not path_of(uuid).exists():
            path.replace(path_of(uuid))
        else:
            _copy_to(path_of(uuid), start, path, on_progress)
            path.unlink(missing_ok=True)
    if parts:
        blobs.sync_folder(folder())


def owner_of(name: str) -> UUID | None:
    """Whose a file of that name in the folder is; None for a name that isn't ours."""
    try:
        return UUID(name.partition(PART)[0])
    except ValueError:
        return None


@contextmanager
def opened_for_writing(uuid: UUID) -> Iterator[BinaryIO]:
    """The file, and nobody else's at the same time. Raises UploadBusyError; FileNotFoundError."""
    with path_of(uuid).open("r+b") as target:
        try:
            fcntl.flock(target, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UploadBusyError("Another request is sending this file.") from error
        yield target


def receive(
    *,
    target: BinaryIO,
    offset: int,
    stream: Readable,
    length: int,
    acknowledge: Callable[[int], None],
    checksum: tuple[str, bytes] | None = None,
) -> int:
    """Writes up to `length` bytes of the stream from `offset` on and returns where they end.

    `acknowledge` is called with an offset only when everything before it is on the disk. A stream
    that breaks off is no error here: what had arrived by then counts. With a checksum (algorithm
    and digest) nothing counts before it was compared. Raises UploadChecksumError.
    """
    target.seek(offset)
    target.truncate()  # bytes that nobody was told about
    digest = hashlib.new(checksum[0], usedforsecurity=False) if checksum else None
    end, acknowledged = offset, offset
    while end - offset < length and (piece := _read(stream, length - (end - offset))):
        target.write(piece)
        end += len(piece)
        if digest:
            digest.update(piece)
        elif end - acknowledged >= CHECKPOINT:
            _sync(target)
            acknowledge(end)
            acknowledged = end
    if digest and checksum and digest.digest() != checksum[1]:
        target.truncate(offset)
        raise UploadChecksumError("The bytes changed on the way. Send them again.")
    _sync(target)
    acknowledge(end)
    return end


def _parts_of(uuid: UUID) -> list[Path]:
    return sorted(folder().glob(f"{uuid}{PART}*"), key=_start_of)


def _start_of(path: Path) -> int:
    return int(path.name.partition(PART)[2])


def _copy_to(target: Path, start: int, path: Path, on_progress: Callable[[], None]) -> None:
    with path.open("rb") as part, target.open("r+b") as whole:
        whole.seek(start)
        while piece := part.read(blobs.CHUNK):
            whole.write(piece)
            on_progress()
        _sync(whole)


def _read(stream: Readable, most: int) -> bytes:
    try:
        return stream.read(min(blobs.CHUNK, most))
    except OSError:  # the client went away; Django's UnreadablePostError is one too
        return b""


def _sync(target: BinaryIO) -> None:
    target.flush()
    os.fsync(target.fileno())
