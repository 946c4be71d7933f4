"""The second pass, when there is nothing else to do: every rung once more as AV1. Players that
can decode it choose it; what was there before stays for all others."""

from dataclasses import replace

from media_pipeline import blobs, encoding, probing
from media_pipeline.models import Source
from media_pipeline.services.steps.handling import Conclusion, Heartbeat, workshop
from media_pipeline.services.steps.making import (
    keep_rung,
    loudness_of,
    missing_of,
    rungs_of,
    whole_rungs,
)

SUFFIX = "-av1"


def compress(source: Source, lease: Heartbeat) -> Conclusion:
    """Makes the AV1 rungs that aren't there yet."""
    rungs = [replace(rung, name=f"{rung.name}{SUFFIX}") for rung in rungs_of(source)]
    rungs = missing_of(rungs, source, lease.profile)
    if rungs:
        with workshop(source) as folder, blobs.local_copy(source.file.name or "") as path:
            job = encoding.Job(
                source=path,
                probe=probing.Probe.from_facts(source.facts),
                loudness=loudness_of(source),
                rungs=rungs,
                folder=folder,
                with_extracts=False,
                codec="av1",
            )
            encoding.encode(job, on_progress=lease.renew)
            for rung, index in zip(rungs, whole_rungs(job), strict=True):
                keep_rung(source, lease, folder / f"{rung.name}.mp4", rung, index)
    return lambda: None
