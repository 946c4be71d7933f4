"""What a video shows and sounds like is looked at, and what was found is written down."""

from functools import partial

from media_pipeline import blobs, examination, places
from media_pipeline.analysis import material
from media_pipeline.models import Finding, Source
from media_pipeline.services.steps.handling import Conclusion, Heartbeat, workshop


def examine(source: Source, lease: Heartbeat) -> Conclusion:
    """Runs every check on what the encoder left for them."""
    with workshop(source) as folder:
        for name in material.FILES:
            content = blobs.read_bytes(f"{places.between_steps(source)}/{name}")
            (folder / name).write_bytes(content)
        result = examination.examine(folder)
    return partial(_note, source, result)


def _note(source: Source, result: examination.Result) -> None:
    source.findings.filter(overruled_at=None).delete()
    Finding.objects.bulk_create(
        Finding(source=source, kind=one.kind, start=one.start, end=one.end, detail=one.detail)
        for one in result.findings
    )
    Source.objects.filter(pk=source.pk).update(
        colour=result.facts.get("colour", ""), moments=result.facts.get("moments", [])
    )
