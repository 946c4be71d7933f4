"""A machine writes down what is said, where the operator wants that."""

from functools import partial

from media_pipeline import blobs, languages, transcribing
from media_pipeline.captions import Track
from media_pipeline.choices import CaptionOrigin
from media_pipeline.encoding import speech
from media_pipeline.models import Source
from media_pipeline.services.captions import keep_found_captions
from media_pipeline.services.steps.handling import Conclusion, Heartbeat, workshop


def transcribe(source: Source, lease: Heartbeat) -> Conclusion:
    """Adds automatic captions to the videos of this source that have none in that language. What
    has no sound, or says it in subtitles of its own, is left alone."""
    engine = transcribing.engine()
    rendition = source.renditions.filter(profile=lease.profile).order_by("size").first()
    if engine is None or rendition is None or not source.facts.get("audio"):
        return lambda: None
    if any(one["language"] == engine.language for one in source.captions):
        return lambda: None
    with workshop(source) as folder, blobs.local_copy(rendition.path) as path:
        sound = speech.extract(path, folder, engine.sound_format, on_progress=lease.renew)
        cues = engine.write_down(sound, source.duration or 0.0, lease.renew)
    if not cues:
        return lambda: None
    track = Track(
        language=engine.language,
        label=languages.own_name(engine.language),
        origin=CaptionOrigin.AUTOMATIC,
        confirmed=False,
        cues=cues,
    )
    return partial(keep_found_captions, source=source, tracks=[track])
