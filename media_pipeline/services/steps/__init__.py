"""What each step of the pipeline does."""

from media_pipeline.choices import StepName
from media_pipeline.services.steps.arriving import ingest, listen, probe
from media_pipeline.services.steps.compressing import compress
from media_pipeline.services.steps.examining import examine
from media_pipeline.services.steps.handling import Handler
from media_pipeline.services.steps.making import encode
from media_pipeline.services.steps.picturing import make_pictures
from media_pipeline.services.steps.publishing import publish
from media_pipeline.services.steps.transcribing import transcribe

HANDLERS: dict[str, Handler] = {
    StepName.INGEST: ingest,
    StepName.PROBE: probe,
    StepName.LISTEN: listen,
    StepName.ENCODE: encode,
    StepName.EXAMINE: examine,
    StepName.STILLS: make_pictures,
    StepName.PUBLISH: publish,
    StepName.TRANSCRIBE: transcribe,
    StepName.COMPRESS: compress,
}

__all__ = ["HANDLERS"]
