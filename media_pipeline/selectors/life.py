"""The life of a video: what was done with it, how long that took, what was made of it and what
was found in it. One page of the merchant's and one of the editors' show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from media_pipeline.choices import FindingKind, StepName, StepState
from media_pipeline.findings import MEANINGS, Level, Meaning, level_of
from media_pipeline.models import Asset, Finding, Rendition, Source, Step, Still, Video
from media_pipeline.selectors.duplicates import Twins, twins_of
from media_pipeline.selectors.videos import latest_steps
from media_pipeline.timeline import Span, span_of, wave_path

LOG_LINES = 30
_ORDER = {level: number for number, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding, what it means, and where it stands on the timeline."""

    finding: Finding
    about: Meaning
    span: Span
    twins: Twins
    """The other videos that a duplicate is about, as far as the reader may know of them."""

    @property
    def level(self) -> Level:
        return self.about.level

    @property
    def is_long(self) -> bool:
        """Whether it is a stretch rather than a moment."""
        return self.finding.end - self.finding.start >= 1

    @property
    def picture(self) -> str:
        """The name of its picture below the video's address; empty where it has none."""
        return f"findings/{self.finding.pk}.jpg" if self.finding.path else ""


@dataclass(frozen=True, slots=True)
class Life:
    steps: Sequence[Step]
    playable_after: float | None
    """Seconds from the upload until it could be watched, first made; None before that."""
    is_remade: bool
    """A newer way of making it is under way, and the older is served."""
    is_examined: bool
    marks: Sequence[Mark]
    """What weighs most first; for an editor without what is only advice to the merchant."""
    wave: str
    """The outline of its sound (timeline.wave_path)."""
    renditions: Sequence[Rendition]
    assets: Sequence[Asset]
    made_size: int
    """Bytes of all that was made of it and is kept."""
    stills: Sequence[Still]
    log: str
    """The last lines of what the step that stopped or is tried again said."""
    waits_until: datetime | None
    """When the step that did not succeed is tried again."""


def with_life(videos: QuerySet[Video]) -> QuerySet[Video]:
    """What `life_of` reads, in a fixed number of queries beside those of videos_of."""
    return videos.prefetch_related(
        Prefetch("source__findings", Finding.objects.select_related("overruled_by")),
        "source__assets",
        Prefetch("source__stills", Still.objects.select_related("picture")),
        "source__stills__picture__renditions",
    )


def life_of(video: Video, *, is_editor: bool = False) -> Life:
    """No query for a video that `with_life` has fetched, but one for each duplicate."""
    source = video.source
    steps = latest_steps(source)
    latest = max((step.profile for step in steps), default=0)
    profile = latest if source.profile is None else source.profile
    renditions = [one for one in source.renditions.all() if one.profile == profile]
    assets = [one for one in source.assets.all() if one.profile == profile]
    stuck = [step for step in steps if step.log_tail and step.state != StepState.DONE]
    return Life(
        steps=steps,
        playable_after=_playable_after(steps, source),
        is_remade=source.profile is not None and latest > profile,
        is_examined=_is_done(steps, StepName.EXAMINE),
        marks=_marks(video, is_editor=is_editor),
        wave=wave_path(source.waveform),
        renditions=renditions,
        assets=assets,
        made_size=sum(one.size for one in renditions) + sum(one.size for one in assets),
        stills=list(source.stills.all()),
        log=_last_lines(stuck[0].log_tail) if stuck else "",
        waits_until=next((step.not_before for step in stuck if step.not_before), None),
    )


def _marks(video: Video, *, is_editor: bool) -> list[Mark]:
    duration = video.source.duration or 0.0
    marks = [
        Mark(
            finding,
            MEANINGS[FindingKind(finding.kind)],
            span_of(finding.start, finding.end, duration),
            twins_of(finding, video=video, is_editor=is_editor),
        )
        for finding in video.source.findings.all()
        if not is_editor or level_of(finding.kind) is not Level.ADVICE
    ]
    return sorted(marks, key=lambda mark: (_ORDER[mark.level], mark.finding.start))


def _playable_after(steps: Sequence[Step], source: Source) -> float | None:
    """Of the first making, for which somebody waited; None once it was made anew."""
    by_name = {step.name: step for step in steps}
    first, last = by_name.get(StepName.INGEST), by_name.get(StepName.PUBLISH)
    if first is None or last is None or first.profile != last.profile:
        return None
    if last.state != StepState.DONE or last.ended_at is None:
        return None
    return (last.ended_at - source.created_at).total_seconds()


def _is_done(steps: Sequence[Step], name: StepName) -> bool:
    return any(step.name == name and step.state == StepState.DONE for step in steps)


def _last_lines(log: str) -> str:
    return "\n".join(log.strip().splitlines()[-LOG_LINES:])
