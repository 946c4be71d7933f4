"""The subtitles that a file holds as text, taken out of it. Those that are pictures, as discs have
them, stay where they are."""

import logging
from collections.abc import Callable
from pathlib import Path

from media_pipeline import captions, languages, sandbox
from media_pipeline.captions import Cue, Track
from media_pipeline.choices import CaptionOrigin
from media_pipeline.encoding.running import EncodingFailedError, opened, run
from media_pipeline.errors import CaptionsRefusedError
from media_pipeline.probing import Probe, Subtitles

logger = logging.getLogger(__name__)

LIMITS = sandbox.Limits(memory=2 * 2**30, cpu_seconds=60, wall_seconds=120, file_size=2**20)
TEXTS = {"ass", "mov_text", "srt", "ssa", "subrip", "text", "webvtt"}
MAX_TRACKS = 8
UNKNOWN_LANGUAGE = "en"  # of a track that doesn't say; the merchant sees it, and may change it


def extract(
    path: Path, probe: Probe, folder: Path, *, on_progress: Callable[[float], None]
) -> list[Track]:
    """The file's subtitles, one track for each language: the first of it that holds something.
    Files on the way go into the folder. Never raises for what is in the file: a video is no
    worse for subtitles that can't be read. What `on_progress` raises comes out."""
    wanted = [one for one in probe.subtitles if one.codec in TEXTS][:MAX_TRACKS]
    tracks: dict[str, Track] = {}
    for one in wanted:
        language = languages.from_file(one.language) or UNKNOWN_LANGUAGE
        if language not in tracks and (cues := _cues_of(path, probe, one, folder, on_progress)):
            tracks[language] = Track(
                language=language,
                label=languages.own_name(language),
                origin=CaptionOrigin.EMBEDDED,
                confirmed=True,
                cues=cues,
            )
    return list(tracks.values())


def _cues_of(
    path: Path, probe: Probe, one: Subtitles, folder: Path, on_progress: Callable[[float], None]
) -> tuple[Cue, ...]:
    taken = folder / f"subtitles-{one.index}.vtt"
    stream = opened(path, probe.container)[str(one.index)]
    output = stream.output(taken.name, f="webvtt", **{"c:s": "webvtt"})
    try:
        run(output, folder=folder, limits=LIMITS, on_progress=on_progress, reads=[path])
        return _in_step(captions.read(taken.read_bytes()), probe)
    except (EncodingFailedError, CaptionsRefusedError, OSError) as error:
        logger.info("Subtitles %d could not be taken out: %s", one.index, error)
        return ()


def _in_step(cues: tuple[Cue, ...], probe: Probe) -> tuple[Cue, ...]:
    """Our renditions begin with the first picture, which may come later than the file does."""
    start = probe.video.start if probe.video else 0.0
    moved = (Cue(max(0.0, one.start - start), one.end - start, one.text) for one in cues)
    return captions.arranged((one for one in moved if one.end > 0), seconds=probe.seconds)
