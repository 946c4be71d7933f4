"""What a video shows and sounds like is looked at, and what was found is written down."""

import difflib
import logging
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from media_pipeline import blobs, examination, likeness, places
from media_pipeline.analysis import material
from media_pipeline.analysis.material import Found
from media_pipeline.choices import FindingKind
from media_pipeline.models import Finding, Source
from media_pipeline.selectors.duplicates import sources_like
from media_pipeline.services.findings import replace_findings, replace_fingerprints
from media_pipeline.services.steps.handling import Conclusion, Heartbeat, store, workshop

logger = logging.getLogger(__name__)

DETAIL = 300  # characters, as the column has them
USUAL_SPEED = 8.0  # seconds of video that are looked at in a second
ALIKE = 0.8  # two names that are written like this mean the same


def examine(source: Source, lease: Heartbeat) -> Conclusion:
    """Runs every check on what the encoder left for them, and looks for videos that show the
    same."""
    with workshop(source) as folder:
        for name in material.FILES:
            content = blobs.read_bytes(f"{places.between_steps(source)}/{name}")
            (folder / name).write_bytes(content)
        result = examination.examine(folder, on_progress=_Progress(source, lease))
        if result.complaint:
            logger.warning("Not everything in %s was checked: %s", source, result.complaint)
        moments = _moments(result)
        duplicates = [
            _duplicate(source_id, alike) for source_id, alike in sources_like(source, moments)
        ]
        names = [video.merchant.name for video in source.videos.select_related("merchant")]
        found = [
            (one, None) for one in result.findings if not _is_own_mark(one, names)
        ] + duplicates
        pictures = _stored_pictures(source, lease, folder, [one for one, _other in found])
    findings = [_finding(source, one, other, pictures) for one, other in found]
    return partial(_conclude, source, result, moments, findings)


class _Progress:
    """Called about once a second."""

    def __init__(self, source: Source, lease: Heartbeat) -> None:
        self._expected = max(4.0, (source.duration or 0.0) / USUAL_SPEED)
        self._lease = lease
        self._ticks = 0

    def __call__(self) -> None:
        self._ticks += 1
        self._lease.renew(min(0.95, self._ticks / self._expected))


def _moments(result: examination.Result) -> dict[float, list[int]]:
    return dict(result.facts.get("fingerprints", []))


def _duplicate(source_id: int, alike: likeness.Likeness) -> tuple[Found, int]:
    share = f"{alike.share * 100:.0f} %"
    return (
        Found(
            kind=FindingKind.DUPLICATE.value,
            start=alike.start,
            end=alike.end,
            detail=_("%(share)s, mirrored") % {"share": share} if alike.mirrored else share,
            shown_at=(alike.start + alike.end) // 2,
        ),
        source_id,
    )


def _is_own_mark(found: Found, names: Sequence[str]) -> bool:
    """Whether a mark says who uploaded the video: all of them, where there are several."""
    if found.kind != FindingKind.WATERMARK or not found.detail:
        return False
    mark = _letters(found.detail)
    return bool(names) and all(_means(mark, _letters(name)) for name in names)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _means(mark: str, name: str) -> bool:
    if not mark or not name:
        return False
    if len(mark) > 2 and (mark in name or name in mark):
        return True
    return difflib.SequenceMatcher(None, mark, name).ratio() >= ALIKE


def _stored_pictures(
    source: Source, lease: Heartbeat, folder: Path, found: Sequence[Found]
) -> dict[int, tuple[str, int]]:
    """(name, bytes) of the picture of each second that shows a finding."""
    frames = list(material.jpegs_in((folder / material.FRAMES).read_bytes()))
    if not frames:
        return {}
    stored = {}
    for second in sorted({int(one.shown_at) for one in found if one.shown_at is not None}):
        path = folder / f"p{lease.profile}-{second:03}.jpg"
        path.write_bytes(frames[min(max(second, 0), len(frames) - 1)])
        name = f"{places.findings(source)}/{path.name}"
        stored[second] = (name, store(lease, path=path, name=name))
    return stored


def _finding(
    source: Source, found: Found, other_id: int | None, pictures: Mapping[int, tuple[str, int]]
) -> Finding:
    path, size = ("", 0) if found.shown_at is None else pictures.get(int(found.shown_at), ("", 0))
    return Finding(
        source=source,
        kind=found.kind,
        start=found.start,
        end=found.end,
        detail=found.detail[:DETAIL],
        other_id=other_id,
        path=path,
        size=size,
    )


def _conclude(
    source: Source,
    result: examination.Result,
    moments: likeness.Moments,
    findings: Sequence[Finding],
) -> None:
    there = set(
        Source.objects.filter(pk__in=[one.other_id for one in findings]).values_list(
            "pk", flat=True
        )
    )
    # What it looked like may have been deleted in the meantime.
    kept = [one for one in findings if one.other_id is None or one.other_id in there]
    replace_findings(source=source, findings=kept)
    replace_fingerprints(source=source, moments=moments)
    Source.objects.filter(pk=source.pk).update(
        colour=result.facts.get("colour", ""), moments=result.facts.get("moments", [])
    )
