from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from media_pipeline.choices import SourceState, StepName, StepState
from media_pipeline.models import Picture, PictureRendition, Rendition, Source, Step, Video
from merchants.models import Merchant

# How much of the whole each step is, roughly; what comes after it can be watched is none of it.
WEIGHTS = {
    StepName.INGEST: 0.03,
    StepName.PROBE: 0.02,
    StepName.LISTEN: 0.04,
    StepName.ENCODE: 0.78,
    StepName.EXAMINE: 0.07,
    StepName.STILLS: 0.04,
    StepName.PUBLISH: 0.02,
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the pipeline is with a video."""

    state: SourceState
    steps: Sequence[Step]
    fraction: float
    """0 to 1, of everything."""
    message: str
    """What to tell the merchant: the refusal's sentence, or what is being done."""


def videos_of(merchant: Merchant) -> QuerySet[Video]:
    """All of a merchant's videos, latest first, with what a list shows of each."""
    return with_media(Video.objects.filter(merchant=merchant))


def public_videos() -> QuerySet[Video]:
    """What shoppers may see, latest first, with what a card shows of each."""
    return with_media(Video.objects.public()).order_by("-first_published_at", "-pk")


def video_by_uuid(uuid: UUID) -> Video | None:
    """The video, whoever may see it, with what its page shows."""
    return with_media(Video.objects.filter(uuid=uuid)).first()


def draft_of(video: Video) -> Video:
    """The video as it was last saved, which is not what is public while that waits. It shares the
    file and the merchant that were fetched with the row."""
    if not video.latest_revision_id:
        return video
    draft: Video = video.get_latest_revision_as_object()
    for relation in ("source", "merchant"):
        if relation in video._state.fields_cache:
            setattr(draft, relation, getattr(video, relation))
    return draft


def pictures_of(merchant: Merchant) -> QuerySet[Picture]:
    """A merchant's own pictures, latest first."""
    return (
        Picture.objects.filter(merchant=merchant)
        .prefetch_related("renditions")
        .order_by("-created_at", "-pk")
    )


def picture_at(path: str) -> Picture | None:
    """The one that is stored there, or that what is stored there was made of."""
    picture = Picture.objects.filter(file=path).first()
    if picture is None:
        rendition = PictureRendition.objects.filter(file=path).select_related("image").first()
        picture = rendition.image if rendition else None
    return picture


def progress_of(video: Video) -> Progress:
    """No query for a video that one of the selectors above has fetched."""
    source = video.source
    steps = [step for step in latest_steps(source) if step.name in WEIGHTS]
    state = source.state
    if state == SourceState.READY:  # whatever is being made anew: it can be watched
        return Progress(state=state, steps=steps, fraction=1.0, message="")
    return Progress(
        state=state,
        steps=steps,
        fraction=sum(WEIGHTS[StepName(step.name)] * _done(step) for step in steps),
        message=_message(steps),
    )


def latest_steps(source: Source) -> list[Step]:
    """The latest of each name, in the order of the work: what is made again needn't begin at the
    first."""
    by_name = {step.name: step for step in sorted(source.steps.all(), key=_profile_of)}
    return [by_name[name] for name in StepName.values if name in by_name]


def with_media(videos: QuerySet[Video]) -> QuerySet[Video]:
    """With what playing and listing them reads."""
    return videos.select_related("merchant", "poster", "source__poster").prefetch_related(
        Prefetch("source__steps", Step.objects.order_by("pk")),
        Prefetch("source__renditions", Rendition.objects.order_by("-height")),
        "poster__renditions",
        "source__poster__renditions",
    )


def _profile_of(step: Step) -> int:
    return step.profile


def _done(step: Step) -> float:
    return 1.0 if step.state == StepState.DONE else min(step.progress, 0.99)


def _message(steps: Sequence[Step]) -> str:
    """Of the first step that isn't done: its own sentence, or what it is."""
    step = next((step for step in steps if step.state != StepState.DONE), None)
    return (step.message or str(StepName(step.name).label)) if step else ""
