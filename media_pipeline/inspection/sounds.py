"""The sound tracks of a file, and which of them a film is heard with."""

from typing import Any

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition

from media_pipeline.inspection.timing import Times
from media_pipeline.inspection.words import language_of

SHORTEST = 0.005  # seconds: less is no sound
SPECIAL = Disposition.comment | Disposition.visual_impaired | Disposition.descriptions


def main_of(
    opened: InputContainer,
    times: dict[int, Times],
    heard: set[int],
    *,
    first_picture: float,
    end: float,
) -> dict[str, Any] | None:
    """The track that the file itself prefers, else its first, among those that could be decoded
    (`heard`, by index) and that are heard while there is something to see."""
    for audio in sorted(opened.streams.audio, key=_rank):
        when = times.get(audio.index, Times())
        together = min(when.end, end) - max(when.first, first_picture)
        if together > SHORTEST and audio.index in heard:
            return {
                "index": audio.index,
                "codec": audio.codec_context.name,
                "channels": audio.channels,
                "sample_rate": audio.sample_rate,
                "seconds": when.seconds,
                "start": round(when.first - first_picture, 6),
            }
    return None


def tracks_of(opened: InputContainer) -> list[dict[str, Any]]:
    """All of them."""
    return [
        {
            "index": audio.index,
            "codec": audio.codec_context.name if audio.codec_context else "unknown",
            "channels": audio.channels if audio.codec_context else 0,
            "language": language_of(audio.metadata),
            "default": bool(audio.disposition & Disposition.default),
        }
        for audio in opened.streams.audio
    ]


def _rank(audio: AudioStream) -> tuple[bool, bool, int]:
    """Comments and descriptions for the blind are for those who choose them."""
    return (
        bool(audio.disposition & SPECIAL),
        not audio.disposition & Disposition.default,
        audio.index,
    )
