"""What a file says in words: titles of chapters, tracks of subtitles. Strangers wrote it."""

from fractions import Fraction
from typing import Any

from av.container import InputContainer

LONGEST_TITLE = 150
MOST_CHAPTERS = 200


def chapters_of(opened: InputContainer, first: float, end: float) -> list[dict[str, Any]]:
    """Those that begin before the picture ends, in seconds from the first picture."""
    found = []
    for chapter in opened.chapters()[:MOST_CHAPTERS]:
        unit = chapter["time_base"] or Fraction(1)
        start = max(0.0, float(chapter["start"] * unit) - first)
        stop = min(end, float(chapter["end"] * unit)) - first
        if start < end - first and stop > start:
            title = plain(chapter["metadata"].get("title", ""))
            found.append({"start": round(start, 3), "end": round(stop, 3), "title": title})
    return found


def subtitles_of(opened: InputContainer) -> list[dict[str, Any]]:
    """The tracks of subtitles, whether of text or of pictures."""
    return [
        {
            "index": stream.index,
            "codec": stream.codec_context.name if stream.codec_context else "unknown",
            "language": language_of(stream.metadata),
            "title": plain(stream.metadata.get("title", "")),
        }
        for stream in opened.streams.subtitles
    ]


def language_of(metadata: dict[str, str]) -> str:
    """As the file says it; empty where it says that it doesn't know."""
    language = plain(metadata.get("language", ""))[:20]
    return "" if language == "und" else language


def plain(text: str) -> str:
    """Without what no one can read, and not too long."""
    return "".join(char for char in text if char.isprintable()).strip()[:LONGEST_TITLE]
