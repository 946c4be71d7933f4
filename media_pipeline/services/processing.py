"""Doing the steps, and what comes of them. Messages only wake workers up: lost ones are made good
by `resume_stalled`, repeated ones find nothing to claim."""

import logging
import threading
from datetime import timedelta

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import ActionRefusedError
from media_pipeline import ladder
from media_pipeline.choices import SourceState, StepName, StepState
from media_pipeline.encoding import EncodingFailedError
from media_pipeline.errors import MediaRefusedError
from media_pipeline.models import Source, Step
from media_pipeline.services import leases, scheduling, uploads
from media_pipeline.services.leases import (
    GivesWayError,
    Lease,
    LeaseLostError,
    WorkerStoppingError,
)
from media_pipeline.services.scheduling import Lane
from media_pipeline.services.steps import HANDLERS
from media_pipeline.signals import source_failed, source_refused, source_waiting

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 4
PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))
REMAKES_AT_ONCE = 20
REMADE = (StepName.PROBE, StepName.LISTEN, StepName.ENCODE, StepName.STILLS, StepName.PUBLISH)

# For each lane: whether this process is at work in it, and whether somebody asked meanwhile.
_busy = {lane: threading.Lock() for lane in Lane}
_asked = {lane: threading.Event() for lane in Lane}


def work() -> None:
    """Does whatever waits, until nothing does. What another thread of this process is already
    at work on is left to that."""
    for lane in Lane:
        _asked[lane].set()
        while _asked[lane].is_set() and _busy[lane].acquire(blocking=False):
            try:
                _asked[lane].clear()
                _work_in(lane)
            finally:
                _busy[lane].release()


def retry_source(*, source: Source) -> None:
    """Does again what failed or was cancelled. Raises ActionRefusedError where nothing was."""
    with transaction.atomic():
        retried = source.steps.filter(state__in=(StepState.FAILED, StepState.CANCELLED)).update(
            state=StepState.WAITING, attempts=0, not_before=None, message="", ended_at=None
        )
        if not retried:
            raise ActionRefusedError(_("There is nothing to try again for this video."))
        source_waiting.send(Source, source=source)


def cancel_source(*, source: Source) -> None:
    """Stops whatever is being done, and what was to be done after it; within seconds nothing
    runs any more. What can be played stays. Raises ActionRefusedError where nothing is left to
    stop."""
    cancelled = source.steps.filter(state__in=(StepState.WAITING, StepState.RUNNING)).update(
        state=StepState.CANCELLED,
        lease_token=None,
        lease_expires_at=None,
        not_before=None,
        ended_at=timezone.now(),
        message=_("Stopped. You can start it again, or delete the video."),
    )
    if not cancelled:
        raise ActionRefusedError(_("Nothing is being done for this video any more."))


def remake_source(*, source: Source) -> None:
    """Makes the renditions again in today's way, in the background; those that are there serve
    until all is done. Raises ActionRefusedError where they are of today already."""
    if source.state != SourceState.READY or source.profile == ladder.PROFILE:
        raise ActionRefusedError(_("There is nothing to make again for this video."))
    with transaction.atomic():
        steps = [Step(source=source, profile=ladder.PROFILE, name=name) for name in REMADE]
        Step.objects.bulk_create(steps, ignore_conflicts=True)
        source_waiting.send(Source, source=source)


def remake_outdated() -> None:
    """Begins that for some of those that need it; called again and again."""
    outdated = Source.objects.exclude(profile=None).exclude(profile=ladder.PROFILE)
    for source in outdated.exclude(steps__profile=ladder.PROFILE)[:REMAKES_AT_ONCE]:
        remake_source(source=source)


def resume_stalled() -> None:
    """Calls a worker if something stands still: steps whose worker died, whose pause is over, or
    whose call was lost."""
    uploads.finish_whole_uploads()
    leases.end_leases_of_the_dead()
    for lane in Lane:
        step = scheduling.next_step(lane)
        if step:
            with transaction.atomic():
                source_waiting.send(Source, source=step.source)


def _work_in(lane: Lane) -> None:
    while not leases.is_stopping() and (step := scheduling.next_step(lane)):
        if step.attempts >= MAX_ATTEMPTS:
            _give_up(step, log=step.log_tail)
        elif lease := leases.claim(step, now=timezone.now()):
            rank: int = step.rank  # type: ignore[attr-defined]  # annotated by scheduling
            if rank >= scheduling.BACKGROUND:
                lease.is_urgent_work_waiting = lambda rank=rank: scheduling.is_work_waiting(
                    rank_below=rank
                )
            _run(lease)


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
    except (WorkerStoppingError, GivesWayError):
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
    """Of what people can watch already, nothing has changed for them."""
    if source.profile is None:
        video_ids = list(source.videos.values_list("pk", flat=True))
        news.send(Source, source=source, video_ids=video_ids)
