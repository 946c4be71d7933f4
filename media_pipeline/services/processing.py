"""Who works on which step of which source, for how long, and what comes of it.

A step is claimed by writing a lease into its row; every few seconds the worker renews it, and
finds out in the same statement whether the step is still its own. Messages only wake workers up:
lost ones are made good by `resume_stalled`, repeated ones find nothing to claim.
"""

import logging
import threading
import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefusedError
from media_pipeline.choices import StepState
from media_pipeline.encoding import EncodingFailedError
from media_pipeline.errors import MediaRefusedError
from media_pipeline.models import Source, Step
from media_pipeline.services import uploads
from media_pipeline.services.steps import HANDLERS
from media_pipeline.signals import source_failed, source_refused, source_waiting

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)
RENEWAL = 2.0  # seconds between two writes of a step's progress
MAX_ATTEMPTS = 4
PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))
CALL_AGAIN = timedelta(minutes=2)  # after which a call that no worker answered is repeated
CALLS_AT_ONCE = 4
_ENDED = (StepState.DONE, StepState.REFUSED, StepState.FAILED)


# One source at a time in each process: an encoder uses every core there is, and in a worker of
# threads the others stay free for mail and search.
_busy = threading.Lock()
_stopping = threading.Event()


class LeaseLostError(Exception):
    """The step is another worker's now, or its source was deleted."""


class WorkerStoppingError(Exception):
    """This worker was told to stop; whoever comes next may go on at once."""


@dataclass(slots=True)
class Lease:
    """One worker's right to work on one step."""

    step: Step
    token: uuid.UUID
    _renewed: float = field(default_factory=time.monotonic)

    def renew(self, progress: float) -> None:
        """Says that the worker is alive and how far it is (0 to 1); cheap to call often.
        Raises LeaseLostError or WorkerStoppingError, which must stop the work."""
        if _stopping.is_set():
            raise WorkerStoppingError
        if time.monotonic() - self._renewed < RENEWAL:
            return
        self._renewed = time.monotonic()
        self.check(progress=round(progress, 3))

    def check(self, **changes: float) -> None:
        """Renews at once. Raises LeaseLostError."""
        if not self._own().update(lease_expires_at=timezone.now() + LEASE, **changes):
            raise LeaseLostError(self.step)

    def release(self, *, state: StepState, **changes: object) -> bool:
        """Ends it with what came of the work; False where it was lost."""
        return bool(
            self._own().update(
                state=state,
                lease_token=None,
                lease_expires_at=None,
                ended_at=timezone.now() if state in _ENDED else None,
                **changes,
            )
        )

    def _own(self) -> QuerySet[Step]:
        return Step.objects.filter(pk=self.step.pk, lease_token=self.token, state=StepState.RUNNING)


def work_from(*, source_id: int) -> None:
    """Works on the source, and then on whatever else waits, until nothing does. A process that is
    already at work leaves it to that: the rows say what is to be done."""
    if not _busy.acquire(blocking=False):
        Source.objects.filter(pk=source_id).update(queued_at=None)
        return
    try:
        run_next_steps(source_id=source_id)
        while not _stopping.is_set() and (source := _stalled_sources().first()):
            run_next_steps(source_id=source.pk)
    finally:
        _busy.release()


def stop_working() -> None:
    """Makes this process give back what it works on, within about a second."""
    _stopping.set()


def run_next_steps(*, source_id: int) -> None:
    """Works on the source until there is nothing more to do for this worker: all steps are done,
    one was refused or has to wait, or another worker is busy with it."""
    while not _stopping.is_set() and (lease := _claim(source_id)):
        _run(lease)


def retry_source(*, source: Source) -> None:
    """Tries the failed step again. Raises ActionRefusedError where none has failed."""
    with transaction.atomic():
        retried = source.steps.filter(state=StepState.FAILED).update(
            state=StepState.WAITING, attempts=0, not_before=None, message="", ended_at=None
        )
        if not retried:
            raise ActionRefusedError(_("There is nothing to try again for this video."))
        source_waiting.send(Source, source=source)


def resume_stalled() -> None:
    """Calls workers to what stands still: steps whose worker died, whose pause is over, or whose
    call was lost. A few at a time, the oldest first."""
    uploads.finish_whole_uploads()
    for source in _stalled_sources()[:CALLS_AT_ONCE]:
        with transaction.atomic():
            source_waiting.send(Source, source=source)


def _stalled_sources() -> QuerySet[Source]:
    """What a worker could take up now and nobody has been called to lately, the oldest first."""
    now = timezone.now()
    steps = Step.objects.filter(source=OuterRef("pk"))
    waiting = steps.filter(
        Q(state=StepState.WAITING) & (Q(not_before=None) | Q(not_before__lte=now))
        | Q(state=StepState.RUNNING, lease_expires_at__lte=now)
    )
    blocked = steps.filter(
        Q(state__in=(StepState.REFUSED, StepState.FAILED))
        | Q(state=StepState.RUNNING, lease_expires_at__gt=now)
        | Q(state=StepState.WAITING, not_before__gt=now)
    )
    return Source.objects.filter(
        Q(queued_at=None) | Q(queued_at__lte=now - CALL_AGAIN),
        Exists(waiting),
        ~Exists(blocked),
    ).order_by("created_at")


def _claim(source_id: int) -> Lease | None:
    """A lease on the first step that isn't done, unless that has to wait."""
    now = timezone.now()
    step = _next_step(source_id, now)
    if step is None:
        return None
    if step.attempts >= MAX_ATTEMPTS:
        _give_up(step, log=step.log_tail)
        return None
    token = uuid.uuid4()
    claimed = Step.objects.filter(
        pk=step.pk, state=step.state, lease_token=step.lease_token, attempts=step.attempts
    ).update(
        state=StepState.RUNNING,
        lease_token=token,
        lease_expires_at=now + LEASE,
        attempts=F("attempts") + 1,
        progress=0,
        message="",
        not_before=None,
        started_at=now,
        ended_at=None,
    )
    if not claimed:
        return None
    Source.objects.filter(pk=source_id).update(queued_at=None)
    step.attempts += 1
    return Lease(step, token)


def _next_step(source_id: int, now: datetime) -> Step | None:
    for step in Step.objects.filter(source_id=source_id).select_related("source").order_by("pk"):
        if step.state == StepState.DONE:
            continue
        if step.state in (StepState.REFUSED, StepState.FAILED):
            return None
        if step.not_before and step.not_before > now:
            return None
        if step.lease_expires_at and step.lease_expires_at > now:
            return None
        return step
    return None


def _run(lease: Lease) -> None:
    step = lease.step
    try:
        conclude = HANDLERS[step.name](step.source, lease)
        with transaction.atomic():
            # In one transaction: what the step made, that it is done, and the news of it.
            if not lease.release(state=StepState.DONE, progress=1, log_tail=""):
                raise LeaseLostError(step)
            conclude()
    except LeaseLostError:
        logger.warning("Lost the lease of %s; its work was dropped.", step)
    except WorkerStoppingError:
        _give_back(lease)
    except MediaRefusedError as error:
        _refuse(lease, str(error))
    except Exception as error:
        logger.exception("%s did not succeed, attempt %s.", step, step.attempts)
        _pause(lease, error)
    except BaseException:  # the interpreter ends
        _give_back(lease)
        raise


def _give_back(lease: Lease) -> None:
    """The next worker may begin at once, and this was no failure."""
    lease.release(state=StepState.WAITING, attempts=lease.step.attempts - 1)


def _refuse(lease: Lease, sentence: str) -> None:
    with transaction.atomic():
        if lease.release(state=StepState.REFUSED, message=sentence):
            _tell(source_refused, lease.step.source)


def _pause(lease: Lease, error: Exception) -> None:
    log = error.log if isinstance(error, EncodingFailedError) else ""
    log = f"{log}\n{error}".strip()[-4000:]
    if lease.step.attempts >= MAX_ATTEMPTS:
        if lease.release(state=StepState.WAITING):
            lease.step.refresh_from_db()
            _give_up(lease.step, log=log)
        return
    pause = PAUSES[min(lease.step.attempts, len(PAUSES)) - 1]
    lease.release(
        state=StepState.WAITING,
        log_tail=log,
        not_before=timezone.now() + pause,
        message=_("This did not work at once. We are trying again."),
    )


def _give_up(step: Step, *, log: str) -> None:
    with transaction.atomic():
        failed = Step.objects.filter(pk=step.pk, state=step.state, lease_token=step.lease_token)
        if failed.update(
            state=StepState.FAILED,
            lease_token=None,
            lease_expires_at=None,
            ended_at=timezone.now(),
            log_tail=log,
            message=_(
                "We could not process this video, though nothing seems wrong with the file. Try "
                "again; if that does not help either, export it as MP4 (H.264) and upload that."
            ),
        ):
            _tell(source_failed, step.source)


def _tell(news: Signal, source: Source) -> None:
    video_ids = list(source.videos.values_list("pk", flat=True))
    news.send(Source, source=source, video_ids=video_ids)
