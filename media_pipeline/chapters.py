"""Chapters: where in a video something new begins. People write them as lines such as "0:45 How
to clean it"; a video holds them as plain values (`Video.chapters`). Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from media_pipeline import captions
from media_pipeline.errors import CaptionsRefusedError

MAX_CHAPTERS = 50
MAX_TITLE = 100
_LINE = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(\.\d{1,3})?\s+(?:[-\u2013\u2014]\s+)?(\S.*)")


@dataclass(frozen=True, slots=True)
class Chapter:
    start: float
    """Seconds."""
    title: str


def chapters_of(values: Iterable[dict[str, Any]]) -> list[Chapter]:
    """Of `Video.chapters`, or of what the probe found in the file."""
    return [Chapter(one["start"], one["title"]) for one in values]


def as_values(chapters: Iterable[Chapter]) -> list[dict[str, Any]]:
    """For `Video.chapters`."""
    return [{"start": one.start, "title": one.title} for one in chapters]


def read(text: str, *, seconds: float) -> list[Chapter]:
    """What was typed, a chapter in each line; `seconds` is the video's length. Raises
    CaptionsRefusedError, whose `problems` name the lines."""
    chapters: list[Chapter] = []
    problems: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        chapter = _chapter_of(line.strip())
        if chapter is None:
            problems.append(
                (number, _("write a time and a title, such as “0:45 How to clean it”."))
            )
        elif problem := _problem_of(chapter, chapters, seconds):
            problems.append((number, problem))
        else:
            chapters.append(chapter)
    if problems:
        raise CaptionsRefusedError.of_lines(problems[: captions.MAX_COMPLAINTS])
    if len(chapters) > MAX_CHAPTERS:
        raise CaptionsRefusedError(
            _("A video takes %(most)d chapters at most.") % {"most": MAX_CHAPTERS}
        )
    return chapters


def from_container(found: Iterable[dict[str, Any]], *, seconds: float) -> list[Chapter]:
    """What the file itself holds (`Probe.chapters`), as far as it says something: editing
    programs put in a single one without a name."""
    chapters: list[Chapter] = []
    for one in sorted(found, key=lambda one: float(one["start"])):
        title = " ".join(captions.tidy(str(one.get("title") or "")).split())[:MAX_TITLE]
        chapter = Chapter(round(max(0.0, float(one["start"])), 3), title)
        if title and not _problem_of(chapter, chapters, seconds):
            chapters.append(chapter)
    return chapters[:MAX_CHAPTERS] if len(chapters) > 1 else []


def as_text(chapters: Iterable[Chapter]) -> str:
    """As people write them."""
    return "\n".join(f"{clock(one.start)} {one.title}" for one in chapters)


def as_vtt(chapters: Sequence[Chapter], *, seconds: float) -> str:
    """A WebVTT file of chapters, for players."""
    ends = [*(one.start for one in chapters), seconds][1:]
    cues = (
        captions.Cue(one.start, end, one.title)
        for one, end in zip(chapters, ends, strict=True)
        if end > one.start
    )
    return captions.as_vtt(cues)


def clock(seconds: float) -> str:
    """1:05, or 1:05.5 where it isn't a whole second."""
    minutes, rest = divmod(round(seconds, 3), 60)
    written = f"{rest:06.3f}".rstrip("0").rstrip(".")
    return f"{int(minutes)}:{written}"


def _chapter_of(line: str) -> Chapter | None:
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    hours, minutes, rest, fraction, title = match.groups()
    if int(rest) > 59 or (hours and int(minutes) > 59):
        return None
    start = int(hours or 0) * 3600 + int(minutes) * 60 + int(rest) + float(fraction or 0)
    return Chapter(round(start, 3), " ".join(captions.tidy(title).split()))


def _problem_of(chapter: Chapter, before: Sequence[Chapter], seconds: float) -> str:
    if not chapter.title:
        return _("give the chapter a title.")
    if len(chapter.title) > MAX_TITLE:
        return _("the title is longer than %(most)d characters.") % {"most": MAX_TITLE}
    if chapter.start >= seconds:
        return _("it begins after the end of the video, at %(end)s.") % {"end": clock(seconds)}
    if before and chapter.start <= before[-1].start:
        return _("it doesn't begin after the chapter before it.")
    return ""
