"""What waits for an editor."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from wagtail.models import Page, TaskState, WorkflowState

from cms.choices import SubjectKind
from cms.models import GuidePage
from cms.selectors.reviews import Subject, last_workflow_states
from media_pipeline.findings import Level, kinds_at
from media_pipeline.models import Finding, Video
from merchants.choices import ApplicationState
from merchants.models import Merchant, MerchantApplication

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A guide or a video as it was sent to the editors."""

    kind: SubjectKind
    subject: Subject
    title: str
    merchant: Merchant | None
    since: datetime
    submitted_by: "User | None"
    revision_id: int

    @property
    def key(self) -> str:
        """What stands for this version of it in a form."""
        return f"{self.kind}-{self.subject.pk}-{self.revision_id}"


def moderation_queue() -> list[QueueItem]:
    """Guides and videos together, the one that has waited longest first. Five queries."""
    waiting = list(_waiting_task_states())
    subjects = _subjects_of(waiting)
    return [
        _item(task_state, subjects[key])
        for task_state in waiting
        if (key := _key(task_state)) in subjects
    ]


def held_videos() -> list[Video]:
    """Videos that were approved before they were examined, and in which something was found then
    that an editor must decide on. Two queries, one where there are none."""
    found = Finding.objects.filter(
        source=OuterRef("source"), kind__in=kinds_at(Level.SERIOUS), overruled_at=None
    )
    unpublished = Video.objects.filter(
        Exists(found), live=False, last_published_at=None, taken_down_at=None
    )
    videos = list(unpublished.select_related("merchant").order_by("created_at"))
    if not videos:
        return []
    states = last_workflow_states(videos)
    return [
        video
        for video in videos
        if video.pk in states and states[video.pk].status == WorkflowState.STATUS_APPROVED
    ]


def queue_counts() -> dict[str, int]:
    """How much waits, for the menu and for the head of the queue."""
    video_type = ContentType.objects.get_for_model(Video)
    waiting = list(
        WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).values_list(
            "base_content_type_id", flat=True
        )
    )
    videos = waiting.count(video_type.pk)
    return {
        "guides": len(waiting) - videos,
        "videos": videos,
        "held": len(held_videos()),
        "applications": MerchantApplication.objects.filter(state=ApplicationState.PENDING).count(),
    }


def _waiting_task_states() -> list[TaskState]:
    return list(
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        )
        .select_related("workflow_state__requested_by", "revision")
        .defer("revision__content")
        .order_by("started_at", "pk")
    )


def _key(task_state: TaskState) -> tuple[int, int]:
    state = task_state.workflow_state
    return (state.base_content_type_id, int(state.object_id))


def _subjects_of(task_states: list[TaskState]) -> dict[tuple[int, int], Subject]:
    page_type, video_type = (ContentType.objects.get_for_model(model) for model in (Page, Video))
    ids: dict[int, list[int]] = {page_type.pk: [], video_type.pk: []}
    for task_state in task_states:
        content_type_id, pk = _key(task_state)
        ids.setdefault(content_type_id, []).append(pk)
    guides = GuidePage.objects.filter(pk__in=ids[page_type.pk]).select_related(
        "merchant", "category"
    )
    videos = (
        Video.objects.filter(pk__in=ids[video_type.pk])
        .select_related("merchant", "source")
        .prefetch_related("source__steps")
    )
    subjects: dict[tuple[int, int], Subject] = {(page_type.pk, guide.pk): guide for guide in guides}
    subjects.update({(video_type.pk, video.pk): video for video in videos})
    return subjects


def _item(task_state: TaskState, subject: Subject) -> QueueItem:
    return QueueItem(
        kind=SubjectKind.GUIDE if isinstance(subject, GuidePage) else SubjectKind.VIDEO,
        subject=subject,
        title=task_state.revision.object_str,
        merchant=subject.merchant,
        since=task_state.started_at,
        submitted_by=task_state.workflow_state.requested_by,
        revision_id=task_state.revision_id,
    )
