"""Which step is worked on next.

Two lanes go beside each other in every process: light work (taking a file in, looking into it),
so that a merchant hears within seconds of what is wrong with a file, and heavy work (encoding),
one at a time, because an encoder uses every core there is.

In a lane, what a person waits for goes first; among equals the turn goes to the merchant that
has been served least recently, so that nobody's hundred videos hold up another's first.
"""

from datetime import datetime
from enum import Enum

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from media_pipeline.choices import StepName, StepState
from media_pipeline.models import Step, Video

EXTRAS = (StepName.TRANSCRIBE, StepName.COMPRESS)  # they hold up nothing
BACKGROUND = 4  # ranks from here on give way to all below


class Lane(Enum):
    LIGHT = (StepName.INGEST, StepName.PROBE, StepName.LISTEN)
    HEAVY = (
        StepName.ENCODE,
        StepName.EXAMINE,
        StepName.STILLS,
        StepName.PUBLISH,
        StepName.TRANSCRIBE,
        StepName.COMPRESS,
    )


def next_step(lane: Lane) -> Step | None:
    """What a worker should do now, with `rank`."""
    return waiting_steps(lane).first()


def waiting_steps(lane: Lane) -> QuerySet[Step]:
    """What could be done now, in the order in which it should be."""
    return (
        _ready_steps(timezone.now())
        .filter(name__in=lane.value)
        .annotate(rank=_rank(), served_at=_last_served())
        .order_by("rank", F("served_at").asc(nulls_first=True), "source__created_at", "pk")
        .select_related("source")
    )


def is_work_waiting(*, rank_below: int) -> bool:
    """Whether there is heavy work that is more urgent."""
    return waiting_steps(Lane.HEAVY).filter(Q(rank__lt=rank_below)).exists()


def _ready_steps(now: datetime) -> QuerySet[Step]:
    """Steps that nobody holds, whose pause is over and before which all others are done."""
    before = Step.objects.filter(
        source=OuterRef("source"), profile=OuterRef("profile"), pk__lt=OuterRef("pk")
    ).exclude(Q(state=StepState.DONE) | Q(name__in=EXTRAS))
    return Step.objects.filter(
        Q(state=StepState.WAITING) & (Q(not_before=None) | Q(not_before__lte=now))
        | Q(state=StepState.RUNNING, lease_expires_at__lte=now),
        ~Exists(before),
    )


def _rank() -> Case:
    """0 is most urgent."""
    first_time = Q(source__profile=None)
    return Case(
        When(Q(name=StepName.COMPRESS), then=Value(5)),
        When(Q(name=StepName.TRANSCRIBE), then=Value(3)),
        When(~first_time, then=Value(BACKGROUND)),  # made before, and served until this is done
        When(Q(name=StepName.LISTEN) | Q(name=StepName.ENCODE), then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )


def _last_served() -> Subquery:
    """When heavy work was last begun for the merchant whose video this is."""
    merchant = Video.objects.filter(source=OuterRef(OuterRef("source"))).order_by("pk")
    encodes = Step.objects.filter(
        name=StepName.ENCODE, source__videos__merchant=Subquery(merchant.values("merchant")[:1])
    )
    return Subquery(
        encodes.order_by().values("name").annotate(last=Max("started_at")).values("last")[:1]
    )
