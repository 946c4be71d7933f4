"""Large files in storage: put there whole or not at all, read by the range.

Django's storage API has no rename, no `fsync` and (on S3) no reading from the middle of a file
without fetching all of it. These few functions add that for the two storages there are: a folder
and S3. All names are made by this app; none comes from a stranger.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, storages

CHUNK = 256 * 1024  # bytes read at a time


def put_file(*, path: Path, name: str) -> None:
    """Puts a copy of the local file at `path` into storage under `name`, replacing what is there.
    Readers see the old file or the new one, and never a part."""
    storage = _storage()
    if isinstance(storage, FileSystemStorage):
        _put_into_folder(path, Path(storage.path(name)))
        return
    storage.delete(name)  # the S3 storage would choose another name otherwise
    with path.open("rb") as stream:
        storage.save(name, File(stream))


def delete_files(*names: str) -> None:
    """Removes the files that are there; the others are no error."""
    for name in names:
        if name:
            _storage().delete(name)


def delete_folder(name: str) -> None:
    """Removes a folder and all that is in it, if it is there."""
    storage = _storage()
    if isinstance(storage, FileSystemStorage):
        shutil.rmtree(storage.path(name), ignore_errors=True)
        return
    folders, files = storage.listdir(name)
    for folder in folders:
        delete_folder(f"{name}/{folder}")
    delete_files(*(f"{name}/{file}" for file in files))


def names_in(folder: str) -> Iterator[str]:
    """Of all files in it and in the folders in it, those that are only half there among them."""
    try:
        folders, files = _storage().listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{file}" for file in files if file)
    for inner in folders:
        yield from names_in(f"{folder}/{inner}")


def changed_at(name: str) -> datetime | None:
    """When it was last written, or None where there is no such file."""
    try:
        changed: datetime = _storage().get_modified_time(name)
    except FileNotFoundError:
        return None
    return changed


def read_bytes(name: str) -> bytes:
    """All of a file that is small enough for it. Raises FileNotFoundError."""
    with _storage().open(name) as stream:
        content: bytes = stream.read()
    return content


def size_of(name: str) -> int | None:
    """Bytes, or None where there is no such file."""
    storage = _storage()
    return storage.size(name) if storage.exists(name) else None


def read_range(name: str, start: int, length: int) -> Iterator[bytes]:
    """`length` bytes from byte `start`, in pieces; memory stays flat whatever the size. Raises
    FileNotFoundError."""
    storage = _storage()
    if isinstance(storage, FileSystemStorage):
        stream = Path(storage.path(name)).open("rb")  # noqa: SIM115 - closed by _pieces
        stream.seek(start)
        return _pieces(stream, length)
    return _pieces(storage.open_range(name, start, length), length)


@contextmanager
def local_copy(name: str) -> Iterator[Path]:
    """A path at which the file can be read on this machine, for as long as the block lasts."""
    storage = _storage()
    if isinstance(storage, FileSystemStorage):
        yield Path(storage.path(name))
        return
    with tempfile.NamedTemporaryFile(dir=scratch()) as copy, storage.open(name) as stored:
        shutil.copyfileobj(stored, copy, CHUNK)
        copy.flush()
        yield Path(copy.name)


def scratch() -> Path:
    """A folder for what isn't kept. Of our own: what a killed process leaves in the system's is
    found by nobody (services/leftovers.py looks here)."""
    path = Path(settings.VAR_DIR) / "work" / "scratch"
    path.mkdir(parents=True, exist_ok=True)
    return path


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder survive a power cut, as fsync does for a file's bytes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _storage() -> Any:
    return storages["default"]


def _put_into_folder(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    aside.unlink(missing_ok=True)
    try:
        try:
            os.link(path, aside)  # costs nothing on the same disk
        except OSError:
            shutil.copyfile(path, aside)
        with aside.open("rb") as stream:
            os.fsync(stream.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(target.parent)


def _pieces(stream: Any, length: int) -> Iterator[bytes]:
    try:
        while length > 0 and (piece := stream.read(min(CHUNK, length))):
            length -= len(piece)
            yield piece
    finally:
        stream.close()
