"""The sound tracks of a file, and which of them a film is heard with."""

from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition

from media_pipeline.inspection.timing import Times
from media_pipeline.inspection.words import language_of

SPECIAL = Disposition.comment | Disposition.visual_impaired | Disposition.descriptions
PACKETS_TRIED = 50
MAX_CHANNELS = 8  # beyond that nothing says which is where


def main_of(
    opened: InputContainer, times: dict[int, Times], first_picture: float
) -> dict[str, Any] | None:
    """The track that the file itself prefers, else its first, among those that can be heard."""
    for audio in sorted(opened.streams.audio, key=_rank):
        heard = times.get(audio.index, Times())
        if heard.seconds > 0 and _can_be_heard(opened, audio):
            return {
                "index": audio.index,
                "codec": audio.codec_context.name,
                "channels": audio.channels,
                "sample_rate": audio.sample_rate,
                "seconds": heard.seconds,
                "start": round(heard.first - first_picture, 6),
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


def _can_be_heard(opened: InputContainer, audio: AudioStream) -> bool:
    if audio.codec_context is None or not audio.channels > 0:
        return False
    try:
        opened.seek(0, backward=True, any_frame=False)
        for number, packet in enumerate(opened.demux(audio)):
            try:
                if packet.decode():
                    return True
            except av.FFmpegError:
                pass
            if number >= PACKETS_TRIED:
                break
    except (av.FFmpegError, ValueError):
        pass
    return False
