"""Where guides and videos stand with the editors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision, WorkflowState

from cms.choices import ReviewState
from cms.models import GuidePage, TakeDown
from media_pipeline.models import Video

Subject = GuidePage | Video


@dataclass(frozen=True, slots=True)
class Review:
    """Where one guide or video stands."""

    state: ReviewState
    since: datetime | None = None
    reason: str = ""
    """An editor's, when it was sent back or taken down."""
    is_public: bool = False
    """An earlier version may be public while the next one waits."""
    scheduled_for: datetime | None = None


@dataclass(slots=True)
class _Rows:
    """What the database knows of the subjects of one kind, by their ids."""

    take_downs: dict[int, TakeDown]
    workflow_states: dict[int, WorkflowState]
    schedules: dict[int, datetime]


def review_of(subject: Subject) -> Review:
    return reviews_of([subject])[subject]


def reviews_of(subjects: Iterable[Subject]) -> dict[Subject, Review]:
    """The review of each, in three queries for each kind of subject."""
    subjects = list(subjects)
    reviews: dict[Subject, Review] = {}
    for kind in (GuidePage, Video):
        of_kind = [subject for subject in subjects if isinstance(subject, kind)]
        if of_kind:
            rows = _rows_about(of_kind)
            reviews.update({subject: _review_from(subject, rows) for subject in of_kind})
    return reviews


def last_workflow_states(subjects: Sequence[Subject]) -> dict[int, WorkflowState]:
    """The last submission of each subject (all of one kind), by the subject's id."""
    states = (
        WorkflowState.objects.filter(
            base_content_type=subjects[0].get_base_content_type(),
            object_id__in=[str(subject.pk) for subject in subjects],
        )
        .select_related("current_task_state", "requested_by")
        .order_by("pk")
    )
    return {int(state.object_id): state for state in states}


def _rows_about(subjects: Sequence[Subject]) -> _Rows:
    ids = [subject.pk for subject in subjects]
    take_downs = TakeDown.objects.in_force().filter(
        content_type=ContentType.objects.get_for_model(subjects[0]), object_id__in=ids
    )
    schedules = Revision.objects.filter(
        base_content_type=subjects[0].get_base_content_type(),
        object_id__in=[str(pk) for pk in ids],
        approved_go_live_at__isnull=False,
    ).values_list("object_id", "approved_go_live_at")
    return _Rows(
        take_downs={take_down.object_id: take_down for take_down in take_downs},
        workflow_states=last_workflow_states(subjects),
        schedules={int(pk): when for pk, when in schedules},
    )


def _review_from(subject: Subject, rows: _Rows) -> Review:
    scheduled_for = rows.schedules.get(subject.pk)
    if take_down := rows.take_downs.get(subject.pk):
        return Review(ReviewState.TAKEN_DOWN, since=take_down.created_at, reason=take_down.reason)
    workflow_state = rows.workflow_states.get(subject.pk)
    if workflow_state and (review := _review_from_workflow(subject, workflow_state)):
        return review
    if subject.live:
        changed = subject.has_unpublished_changes and scheduled_for is None
        return Review(
            ReviewState.LIVE_WITH_CHANGES if changed else ReviewState.LIVE,
            since=subject.last_published_at,
            is_public=True,
            scheduled_for=scheduled_for,
        )
    if scheduled_for or (workflow_state and _is_approved_and_waiting(subject, workflow_state)):
        return Review(
            ReviewState.APPROVED,
            since=_decided_at(workflow_state),
            scheduled_for=scheduled_for,
        )
    return Review(ReviewState.DRAFT)


def _review_from_workflow(subject: Subject, state: WorkflowState) -> Review | None:
    """Of a submission that is still going; None once it has ended."""
    task_state = state.current_task_state
    if state.status == WorkflowState.STATUS_IN_PROGRESS:
        return Review(
            ReviewState.IN_REVIEW,
            since=task_state.started_at if task_state else state.created_at,
            is_public=subject.live,
        )
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Review(
            ReviewState.SENT_BACK,
            since=_decided_at(state),
            reason=task_state.comment if task_state else "",
            is_public=subject.live,
        )
    return None


def _is_approved_and_waiting(subject: Subject, state: WorkflowState) -> bool:
    """A video that editors approved before the pipeline had finished with it."""
    return (
        isinstance(subject, Video)
        and state.status == WorkflowState.STATUS_APPROVED
        and subject.last_published_at is None
    )


def _decided_at(state: WorkflowState | None) -> datetime | None:
    if state is None or state.current_task_state is None:
        return None
    return state.current_task_state.finished_at
