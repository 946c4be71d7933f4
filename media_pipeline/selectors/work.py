"""What the pipeline is busy with, for the people who look after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum

from media_pipeline.choices import StepState
from media_pipeline.models import Asset, Rendition, Source, Step, Video
from media_pipeline.selectors.uploads import Usage, usages_of
from merchants.models import Merchant

SHOWN = 50  # of each kind; a page that lists thousands helps nobody


@dataclass(frozen=True, slots=True)
class Job:
    """A step that runs, waits or has stopped, and the video it is for."""

    step: Step
    video: Video
    others: int
    """Further videos that are made of the same file."""


@dataclass(frozen=True, slots=True)
class Work:
    """Everything at once. Each list is cut at SHOWN; the counts aren't."""

    running: Sequence[Job]
    waiting: Sequence[Job]
    failed: Sequence[Job]
    waiting_count: int
    failed_count: int
    kept: dict[str, int]
    """Bytes in storage: `originals`, `renditions`, `assets`."""


@dataclass(frozen=True, slots=True)
class Share:
    """A merchant's part in it."""

    merchant: Merchant
    usage: Usage
    running: int
    waiting: int
    failed: int


def work_at_hand() -> Work:
    """In a fixed number of queries."""
    running = Step.objects.filter(state=StepState.RUNNING).order_by("started_at")
    waiting = _next_steps().order_by("source__created_at", "pk")
    failed = Step.objects.filter(state=StepState.FAILED).order_by("-ended_at")
    return Work(
        running=_jobs(running),
        waiting=_jobs(waiting),
        failed=_jobs(failed),
        waiting_count=waiting.count(),
        failed_count=failed.count(),
        kept={
            "originals": _bytes(Source.objects.all()),
            "renditions": _bytes(Rendition.objects.all()),
            "assets": _bytes(Asset.objects.all()),
        },
    )


def shares_of(merchants: Sequence[Merchant]) -> list[Share]:
    """In two queries, whatever the number of merchants."""
    usages = usages_of(merchants)
    rows = (
        Video.objects.filter(merchant__in=merchants)
        .order_by()
        .values("merchant")
        .annotate(
            running=_sources_with(Q(source__steps__state=StepState.RUNNING)),
            waiting=_sources_with(Q(source__steps__in=_next_steps())),
            failed=_sources_with(Q(source__steps__state=StepState.FAILED)),
        )
    )
    counts = {
        pk: rest for pk, *rest in rows.values_list("merchant", "running", "waiting", "failed")
    }
    return [
        Share(merchant, usages[merchant.pk], *counts.get(merchant.pk, (0, 0, 0)))
        for merchant in merchants
    ]


def _next_steps() -> QuerySet[Step]:
    """Of each source on which nobody works, the step that comes next."""
    same = Step.objects.filter(source=OuterRef("source"), profile=OuterRef("profile"))
    undone_before = same.filter(pk__lt=OuterRef("pk")).exclude(state=StepState.DONE)
    return Step.objects.filter(~Exists(undone_before), state=StepState.WAITING)


def _jobs(steps: QuerySet[Step]) -> list[Job]:
    videos = Video.objects.select_related("merchant").order_by("pk")
    found = steps.select_related("source").prefetch_related(Prefetch("source__videos", videos))
    return list(_with_videos(found[:SHOWN]))


def _with_videos(steps: Iterable[Step]) -> Iterable[Job]:
    for step in steps:
        video, *others = step.source.videos.all() or [None]
        if video is not None:  # else its last video was deleted a moment ago
            yield Job(step, video, len(others))


def _sources_with(condition: Q) -> Count:
    return Count("source", filter=condition, distinct=True)


def _bytes(rows: QuerySet) -> int:
    return rows.aggregate(total=Sum("size"))["total"] or 0
