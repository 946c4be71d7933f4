"""Everything is there: it can go public, and what it replaces can go."""

from functools import partial

from django.conf import settings
from django.db import transaction

from media_pipeline import blobs, encoding, places
from media_pipeline.choices import StepName
from media_pipeline.models import Source, Step, Video
from media_pipeline.services.leftovers import tidy_renditions
from media_pipeline.services.steps.handling import Conclusion, Heartbeat
from media_pipeline.signals import source_ready, video_changed


def publish(source: Source, lease: Heartbeat) -> Conclusion:
    """Looks whether all that players will ask for is really there."""
    renditions = source.renditions.filter(profile=lease.profile).values_list("path", "size")
    assets = source.assets.filter(profile=lease.profile).values_list("path", "size")
    for path, expected in [*renditions, *assets]:
        size = blobs.size_of(path)
        if size != expected:
            raise encoding.EncodingFailedError(f"{path} has {size} bytes in storage.")
    return partial(_serve, source, lease.profile)


def _serve(source: Source, profile: int) -> None:
    """From now on these renditions are served; earlier ones go."""
    is_first = source.profile is None
    Source.objects.filter(pk=source.pk).update(profile=profile)
    replaced = _take_back_others(source, profile)
    Step.objects.bulk_create(
        [Step(source=source, profile=profile, name=name) for name in _extras()],
        ignore_conflicts=True,
    )
    folder = places.between_steps(source)
    transaction.on_commit(lambda: _remove(source, folder, replaced))
    video_ids = list(source.videos.values_list("pk", flat=True))
    if is_first:
        source_ready.send(Source, source=source, video_ids=video_ids)
    video_changed.send(Video, video_ids=video_ids)


def _take_back_others(source: Source, profile: int) -> list[str]:
    """Deletes the rows of other profiles; returns the names of their files."""
    others = source.renditions.exclude(profile=profile)
    assets = source.assets.exclude(profile=profile)
    names = [*others.values_list("path", flat=True), *assets.values_list("path", flat=True)]
    others.delete()
    assets.delete()
    source.steps.exclude(profile=profile).exclude(
        name__in=(StepName.INGEST, StepName.EXAMINE)
    ).delete()
    return names


def _extras() -> list[StepName]:
    wanted = {
        StepName.TRANSCRIBE: bool(settings.TRANSCRIBER),
        StepName.COMPRESS: settings.VIDEO_SECOND_PASS,
    }
    return [name for name, is_wanted in wanted.items() if is_wanted]


def _remove(source: Source, folder: str, names: list[str]) -> None:
    """What is needed no more, and what workers that were killed while they made it left."""
    blobs.delete_folder(folder)
    blobs.delete_files(*names)
    tidy_renditions(source)
