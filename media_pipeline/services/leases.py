"""Who works on which step, for how long.

A step is claimed by writing a lease into its row; every few seconds the worker renews it, and
finds out in the same statement whether the step is still its own. The lease names the worker's
process, so that another one on the same machine can tell at once that it died.
"""

import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from media_pipeline.choices import StepState
from media_pipeline.models import Step

LEASE = timedelta(seconds=45)
RENEWAL = 2.0  # seconds between two writes of a step's progress
SLOWEST = 4 * 2**20  # bytes a second that any storage takes or gives
ENDED = (StepState.DONE, StepState.REFUSED, StepState.FAILED, StepState.CANCELLED)

_stopping = threading.Event()


class LeaseLostError(Exception):
    """The step is another worker's now, was cancelled, or its source was deleted."""


class WorkerStoppingError(Exception):
    """This worker was told to stop; whoever comes next may go on at once."""


class GivesWayError(Exception):
    """Something more urgent came in; this goes on later."""


@dataclass(slots=True)
class Lease:
    """One worker's right to work on one step."""

    step: Step
    token: uuid.UUID
    is_urgent_work_waiting: Callable[[], bool] | None = None
    """Set for work that lets other work go first."""
    _renewed: float = field(default_factory=time.monotonic)

    @property
    def profile(self) -> int:
        return self.step.profile

    @property
    def attempt(self) -> int:
        """Counted from 1."""
        return self.step.attempts

    def renew(self, progress: float) -> None:
        """Says that the worker is alive and how far it is (0 to 1); cheap to call often. Raises
        LeaseLostError, WorkerStoppingError or GivesWayError, which must stop the work."""
        if _stopping.is_set():
            raise WorkerStoppingError
        if time.monotonic() - self._renewed < RENEWAL:
            return
        self._renewed = time.monotonic()
        self._extend(LEASE, progress=round(progress, 3))
        if self.is_urgent_work_waiting and self.is_urgent_work_waiting():
            raise GivesWayError

    def check(self, *, moving: int = 0) -> None:
        """Renews at once, for as long as it may take to move so many bytes to or from storage.
        Raises LeaseLostError."""
        self._extend(_long_enough_for(moving))

    @contextmanager
    def held(self) -> Iterator[None]:
        """A transaction in which the step is surely still this worker's. Raises
        LeaseLostError."""
        with transaction.atomic():
            self.check()
            yield

    def release(self, *, state: StepState, **changes: object) -> bool:
        """Ends it with what came of the work; False where it was lost."""
        return bool(
            self._own().update(
                state=state,
                lease_token=None,
                lease_expires_at=None,
                ended_at=timezone.now() if state in ENDED else None,
                **changes,
            )
        )

    def _extend(self, time_given: timedelta, **changes: float) -> None:
        if not self._own().update(lease_expires_at=timezone.now() + time_given, **changes):
            raise LeaseLostError(self.step)

    def _own(self) -> QuerySet[Step]:
        return Step.objects.filter(pk=self.step.pk, lease_token=self.token, state=StepState.RUNNING)


def claim(step: Step, *, now: datetime) -> Lease | None:
    """A lease on the step as it was read; None where somebody was faster."""
    token = uuid.uuid4()
    claimed = Step.objects.filter(
        pk=step.pk, state=step.state, lease_token=step.lease_token, attempts=step.attempts
    ).update(
        state=StepState.RUNNING,
        lease_token=token,
        lease_expires_at=now + _long_enough_for(step.source.size),  # it is fetched first
        worker=this_worker(),
        attempts=F("attempts") + 1,
        progress=0,
        message="",
        not_before=None,
        started_at=now,
        ended_at=None,
    )
    if not claimed:
        return None
    step.attempts += 1
    return Lease(step, token)


def end_leases_of_the_dead() -> None:
    """Lets go of the steps whose worker ran on this machine and is gone."""
    for step in Step.objects.filter(state=StepState.RUNNING, worker__startswith=f"{_machine()} "):
        if not _is_alive(step.worker):
            Step.objects.filter(pk=step.pk, lease_token=step.lease_token).update(
                lease_expires_at=timezone.now()
            )


def stop_working() -> None:
    """Makes this process give back what it works on, within about a second."""
    _stopping.set()


def is_stopping() -> bool:
    return _stopping.is_set()


def this_worker() -> str:
    """Machine, process and when that began: a number alone is soon another process's."""
    pid = os.getpid()
    return f"{_machine()} {pid} {_start_of(pid)}"


def _long_enough_for(size: int) -> timedelta:
    return LEASE + timedelta(seconds=size / SLOWEST)


def _machine() -> str:
    """Host and, in Linux, its boot and the space in which process numbers count."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text()[:8]
        space = os.readlink("/proc/self/ns/pid").strip("pid:[]")
    except OSError:
        return socket.gethostname()[:60]
    return f"{socket.gethostname()[:60]}/{boot}/{space}"


def _is_alive(worker: str) -> bool:
    _machine_name, pid, start = worker.rsplit(" ", 2)
    return _start_of(int(pid)) == start


def _start_of(pid: int) -> str:
    """In ticks since the machine's start (proc(5)); where there is no /proc, leases just run
    out: '?' for every process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except FileNotFoundError:
        return "gone" if Path("/proc/self/stat").exists() else "?"
