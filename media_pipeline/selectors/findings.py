"""What was found in videos and is still to be decided on."""

from django.db.models import QuerySet

from media_pipeline.findings import Level, kinds_at
from media_pipeline.models import Finding, Source


def open_findings(source: Source, level: Level) -> QuerySet[Finding]:
    """Those that weigh so much and no editor has overruled, in the order of the video."""
    return source.findings.filter(kind__in=kinds_at(level), overruled_at=None)
