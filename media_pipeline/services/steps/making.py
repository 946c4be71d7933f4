"""The renditions are made: every rung in one go, each kept as soon as it was found whole."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from media_pipeline import blobs, encoding, ladder, places, probing
from media_pipeline.analysis import material
from media_pipeline.encoding import sound
from media_pipeline.errors import MediaRefusedError
from media_pipeline.ladder import Rung
from media_pipeline.models import Rendition, Source
from media_pipeline.packaging import BrokenFileError, Index
from media_pipeline.services.steps.first_look import FirstLookPublisher, remove_first_look
from media_pipeline.services.steps.handling import Conclusion, Heartbeat, store, workshop
from media_pipeline.validation import check_alignment, validated

LOST_SECONDS = 1.0  # and a tenth: what may be missing at the end of a file that was cut off


def encode(source: Source, lease: Heartbeat) -> Conclusion:
    """Makes the rungs that aren't there yet, holds each against what it should be, and puts it
    into storage, with what the checks will look at."""
    rungs = missing_of(rungs_of(source), source, lease.profile)
    if rungs:
        with workshop(source) as folder, blobs.local_copy(source.file.name or "") as path:
            _make(source, lease, path, folder, rungs)
    return partial(remove_first_look, source)


def rungs_of(source: Source) -> list[Rung]:
    """All that it should have."""
    return ladder.rungs_for(
        width=source.width or 0,
        height=source.height or 0,
        frame_rate=encoding.frame_rate_of(probing.Probe.from_facts(source.facts)),
    )


def loudness_of(source: Source) -> sound.Loudness | None:
    return sound.Loudness.from_facts(source.loudness) if source.loudness else None


def missing_of(rungs: Sequence[Rung], source: Source, profile: int) -> list[Rung]:
    """Those that no row says are there."""
    made = set(source.renditions.filter(profile=profile).values_list("name", flat=True))
    return [rung for rung in rungs if rung.name not in made]


def _make(
    source: Source, lease: Heartbeat, path: Path, folder: Path, rungs: Sequence[Rung]
) -> None:
    found = probing.Probe.from_facts(source.facts)
    job = encoding.Job(
        source=path, probe=found, loudness=loudness_of(source), rungs=rungs, folder=folder
    )
    first_look = FirstLookPublisher.for_job(source, job, attempt=lease.attempt)

    def on_progress(fraction: float) -> None:
        lease.renew(fraction)
        first_look.publish_new()

    encoding.encode(job, on_progress=on_progress)
    indexes = whole_rungs(job)
    _keep_material(source, job, lease)
    for rung, index in zip(rungs, indexes, strict=True):
        keep_rung(source, lease, folder / f"{rung.name}.mp4", rung, index)


def whole_rungs(job: encoding.Job) -> list[Index]:
    """The indexes of what the encoder left, each held against what it should be. Raises
    EncodingFailedError; MediaRefusedError where it is the source that ends early."""
    indexes = [_whole(job.folder / f"{rung.name}.mp4", job) for rung in job.rungs]
    try:
        check_alignment(indexes)
    except BrokenFileError as error:
        raise encoding.EncodingFailedError(str(error)) from error
    return indexes


def keep_rung(source: Source, lease: Heartbeat, path: Path, rung: Rung, index: Index) -> None:
    """Puts it into storage, and then says so in a row: a worker that is killed in between does
    the same again."""
    name = places.rendition(source, lease.profile, path.name)
    store(lease, path=path, name=name)
    with lease.held():
        Rendition.objects.create(
            source=source,
            profile=lease.profile,
            name=rung.name,
            width=rung.width,
            height=rung.height,
            bandwidth=index.bandwidth,
            average_bandwidth=index.average_bandwidth,
            codecs=index.codecs,
            path=name,
            size=index.size,
            init_size=index.init_size,
            segments=[[one.offset, one.size, round(one.seconds, 5)] for one in index.segments],
            key_frames=[[at, size, round(seconds, 5)] for at, size, seconds in index.key_frames],
        )


def _whole(path: Path, job: encoding.Job) -> Index:
    """The index of a rung that is whole and as long as its source."""
    seconds = job.probe.seconds
    try:
        index = validated(
            path,
            seconds=seconds,
            has_sound=job.probe.audio is not None,
            frame_rate=encoding.frame_rate_of(job.probe),
        )
    except BrokenFileError as error:
        raise encoding.EncodingFailedError(f"{path.name} is not whole: {error}") from error
    if index.seconds < seconds * 0.9 - LOST_SECONDS:
        raise MediaRefusedError(
            _(
                "This file is damaged: of %(there)d seconds only %(playable)d can be played. "
                "Upload it again from the original."
            )
            % {"there": seconds, "playable": index.seconds}
        )
    return index


def _keep_material(source: Source, job: encoding.Job, lease: Heartbeat) -> None:
    """For the steps to come; before any rung, so that a rung that is there says that this is."""
    described = {
        "duration": job.probe.seconds,
        "frame_rate": encoding.frame_rate_of(job.probe),
        "facts": job.probe.as_facts(),
        "loudness": source.loudness,
    }
    (job.folder / material.JOB).write_text(json.dumps(described))
    for name in material.FILES:
        store(lease, path=job.folder / name, name=f"{places.between_steps(source)}/{name}")
