"""Videos that show the same as another, and who may be told which one that is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from media_pipeline import likeness
from media_pipeline.choices import FindingKind
from media_pipeline.models import Finding, Fingerprint, Source, Video

ASKED_MOMENTS = 30  # of a video, that others are looked up by
CANDIDATES = 24  # of other videos, that are compared moment by moment
TOLD = 3  # of those that are alike


@dataclass(frozen=True, slots=True)
class Twins:
    """What somebody may know of the videos that a finding of kind DUPLICATE is about."""

    sentence: str
    videos: Sequence[Video]
    """Those that they may see."""


def sources_like(source: Source, moments: likeness.Moments) -> list[tuple[int, likeness.Likeness]]:
    """The sources that show the same, by their ids, the most alike first."""
    length = source.duration or 0.0
    found = []
    for source_id, theirs, their_length in _candidates(source, likeness.kept(moments, length)):
        alike = likeness.likeness_of(moments, theirs, our_length=length, their_length=their_length)
        if alike:
            found.append((source_id, alike))
    return sorted(found, key=lambda one: -one[1].share)[:TOLD]


def twins_of(finding: Finding, *, video: Video, is_editor: bool) -> Twins:
    """The videos that `video` looks like. A merchant is told of their own and of public ones; of
    what another merchant hasn't shown yet they learn only that it is there."""
    if finding.kind != FindingKind.DUPLICATE or finding.other_id is None:
        return Twins("", [])
    others = Video.objects.filter(source_id=finding.other_id).exclude(pk=video.pk)
    if not is_editor:
        mine_or_public = Q(merchant=video.merchant_id) | Q(pk__in=Video.objects.public())
        others = others.filter(mine_or_public)
    videos = list(others.select_related("merchant").order_by("created_at")[:TOLD])
    return Twins(_sentence(finding, video, videos), videos)


def _sentence(finding: Finding, video: Video, videos: Sequence[Video]) -> str:
    if not videos:
        return _("Another shop has uploaded a video that shows the same.")
    if all(one.merchant_id == video.merchant_id for one in videos):
        return _("This shop has another video that shows the same.")
    if finding.other_id == finding.source_id:
        return _("Another shop has uploaded the very same file.")
    return _("A video of another shop shows the same.")


def _candidates(
    source: Source, moments: likeness.Moments
) -> list[tuple[int, dict[float, list[int]], float]]:
    """For each source that has most in common with these moments: its id, moments and length."""
    common = _in_common(source, moments)
    if source.profile is not None:  # made anew: whoever came later is the copy
        older = Source.objects.filter(pk__in=common, created_at__lt=source.created_at)
        common = Counter({pk: common[pk] for pk in older.values_list("pk", flat=True)})
    ids = [pk for pk, number in common.most_common(CANDIDATES) if number > 1]
    lengths = dict(Source.objects.filter(pk__in=ids).values_list("pk", "duration"))
    looks: dict[int, dict[float, list[int]]] = {pk: {} for pk in ids}
    rows = Fingerprint.objects.filter(source__in=ids).order_by("pk")
    for pk, second, bits in rows.values_list("source_id", "second", "bits"):
        looks[pk].setdefault(second, []).append(likeness.unsigned(bits))
    return [(pk, looks[pk], lengths[pk] or 0.0) for pk in ids]


def _in_common(source: Source, moments: likeness.Moments) -> Counter[int]:
    """How often each source has a band of bits that is also in these moments."""
    asked: Mapping[float, Sequence[int]] = {
        second: moments[second]
        for second in list(moments)[:: max(1, len(moments) // ASKED_MOMENTS)]
    }
    bands: list[set[int]] = [set() for _number in range(likeness.BANDS)]
    for looks in asked.values():
        for bits in (*looks, *map(likeness.mirrored, looks)):
            for values, value in zip(bands, likeness.bands_of(bits), strict=True):
                values.add(value)
    common: Counter[int] = Counter()
    for number, values in enumerate(bands):
        rows = (
            Fingerprint.objects.filter(**{f"band_{number}__in": values})
            .exclude(source=source)
            .values_list("source_id")
            .annotate(number=Count("second", distinct=True))
        )
        common.update(dict(rows))
    return common
