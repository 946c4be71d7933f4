"""What the handlers of all steps stand on.

A handler does the long work outside of any transaction, and returns what has to be written: that
happens in the transaction that marks the step done. Handlers can be killed anywhere and started
again: whatever they put into storage has the same name each time, and replaces what an earlier
attempt left there.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from django.conf import settings

from media_pipeline import blobs
from media_pipeline.models import Source

Conclusion = Callable[[], None]


class Heartbeat(Protocol):
    """What a handler needs of its lease. Its methods raise when the work should stop."""

    @property
    def profile(self) -> int: ...

    @property
    def attempt(self) -> int: ...

    def renew(self, progress: float) -> None: ...

    def check(self, *, moving: int = 0) -> None: ...

    def held(self) -> AbstractContextManager[None]: ...


Handler = Callable[[Source, Heartbeat], Conclusion]


@contextmanager
def workshop(source: Source) -> Iterator[Path]:
    """A folder for what is being made; gone afterwards. What a killed worker left there goes when
    the step is taken over: the lease says that nobody else is at work on this source."""
    scratch = Path(settings.VAR_DIR) / "work" / str(source.uuid)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            yield Path(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def store(lease: Heartbeat, *, path: Path, name: str) -> int:
    """Puts the file into storage, as long as the step is this worker's; returns its bytes."""
    size = path.stat().st_size
    lease.check(moving=size)
    blobs.put_file(path=path, name=name)
    return size
