"""Captions: what is said in a video, with the times at which it is shown. Reads WebVTT and SubRip
(.srt) from strangers, writes both, and tells in which line what is wrong. Pure.

A video holds its tracks as plain values (`Video.captions`); here they are `Track` and `Cue`.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from typing import Any

import webvtt
from django.utils.translation import gettext as _
from webvtt.errors import MalformedCaptionError, MalformedFileError

from media_pipeline import languages
from media_pipeline.choices import CaptionOrigin
from media_pipeline.errors import CaptionsRefusedError

MAX_BYTES = 500_000
MAX_CUES = 2000
MAX_CHARACTERS = 500  # of one cue
MAX_COMPLAINTS = 8  # told at once; more would hide the first
ARROW = "-->"
_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}"
_TIMES = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})(?=\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s.<>]{1,50}){0,5}\s+([^<>]{1,200})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<\d[\d:.]{0,20}>|\{\\[^{}]{0,200}\}")
_SPACES = re.compile(r"[^\S\n]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_MAX_RAW = 3000  # the same with its marking up
_PARAGRAPH_SECONDS = 30.0
_PARAGRAPH_PAUSE = 2.5
_SENTENCE_END = (".", "!", "?", "…", "\u3002", "\uff01", "\uff1f")  # and the Chinese ones


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown together."""

    start: float
    """Seconds."""
    end: float
    text: str
    """Without any marking up; lines as they are to be shown."""


@dataclass(frozen=True, slots=True)
class Track:
    """All that is said, in one language."""

    language: str
    """As BCP 47 has it, such as en or pt-br."""
    label: str
    origin: CaptionOrigin
    confirmed: bool
    """Whether a person has read it. Only what a machine wrote down begins without."""
    cues: tuple[Cue, ...]

    @classmethod
    def from_value(cls, value: dict[str, Any]) -> "Track":
        """Of `Video.captions`."""
        cues = tuple(Cue(one["start"], one["end"], one["text"]) for one in value["cues"])
        origin = CaptionOrigin(value["origin"])
        return cls(value["language"], value["label"], origin, value["confirmed"], cues)

    def as_value(self) -> dict[str, Any]:
        """For `Video.captions`."""
        return {
            "language": self.language,
            "label": self.label,
            "origin": self.origin.value,
            "confirmed": self.confirmed,
            "cues": [{"start": one.start, "end": one.end, "text": one.text} for one in self.cues],
        }

    @property
    def is_guess(self) -> bool:
        """A machine wrote it, and nobody has read it since."""
        return self.origin == CaptionOrigin.AUTOMATIC and not self.confirmed

    @property
    def shown_label(self) -> str:
        """What a player's menu says."""
        return _("%(label)s (automatic)") % {"label": self.label} if self.is_guess else self.label


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some cues that belong together, for reading."""

    start: float
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole track, for reading."""

    track: Track
    paragraphs: Sequence[Paragraph]


def tracks_of(values: Iterable[dict[str, Any]]) -> list[Track]:
    return [Track.from_value(one) for one in values]


def with_track(tracks: Sequence[Track], track: Track) -> list[Track]:
    """These tracks, with that one in the place of the one in its language, or at the end."""
    if any(one.language == track.language for one in tracks):
        return [track if one.language == track.language else one for one in tracks]
    return [*tracks, track]


def confirmed(track: Track) -> Track:
    """The same, read by a person."""
    return replace(track, confirmed=True)


def read(content: bytes, *, seconds: float | None = None) -> tuple[Cue, ...]:
    """The cues of a WebVTT or SubRip file. Marking up goes, speakers' names stay.

    `seconds` is the video's length: what ends a little later is cut, what begins later is
    refused. Raises CaptionsRefusedError, whose `problems` name the lines.
    """
    if len(content) > MAX_BYTES:
        raise CaptionsRefusedError(_("This file is too large for captions."))
    return read_text(_decoded(content), seconds=seconds)


def read_text(text: str, *, seconds: float | None = None) -> tuple[Cue, ...]:
    """As `read`, of what was typed."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = text.split("\n")
    if not text.strip():
        raise CaptionsRefusedError(_("There is nothing in it."))
    if problems := list(_problems_of(lines, seconds)):
        raise CaptionsRefusedError.of_lines(problems[:MAX_COMPLAINTS])
    cues = [cue for cue in _parsed(text) if cue.text]
    if not cues:
        raise CaptionsRefusedError(
            _("No caption was found in it. Each begins with a line such as “%(example)s”.")
            % {"example": "00:01.000 --> 00:03.500"}
        )
    return arranged(cues, seconds=seconds)


def arranged(cues: Iterable[Cue], *, seconds: float | None = None) -> tuple[Cue, ...]:
    """In order, within the video, their texts tidy. Raises CaptionsRefusedError for what no
    player could show."""
    limit = seconds or float("inf")
    kept = sorted(
        (
            Cue(round(one.start, 3), round(min(one.end, limit), 3), tidy(one.text))
            for one in cues
            if one.start < limit
        ),
        key=lambda one: (one.start, one.end),
    )
    if len(kept) > MAX_CUES:
        raise CaptionsRefusedError(
            _("These are %(count)d captions; a video takes %(most)d.")
            % {"count": len(kept), "most": MAX_CUES}
        )
    for cue in kept:
        if len(cue.text) > MAX_CHARACTERS:
            raise _too_long(cue.start)
    return tuple(one for one in kept if one.end > one.start and one.text)


def tidy(text: str) -> str:
    """Without marking up, empty lines or double spaces."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def as_vtt(cues: Iterable[Cue]) -> str:
    """A WebVTT file."""
    blocks = (
        f"{_timestamp(cue.start)} --> {_timestamp(cue.end)}\n{html.escape(cue.text, quote=False)}\n"
        for cue in cues
    )
    return "\n".join(["WEBVTT\n", *blocks])


def as_srt(cues: Iterable[Cue]) -> str:
    """A SubRip file."""
    blocks = (
        f"{number}\n{_timestamp(cue.start)} --> {_timestamp(cue.end)}".replace(".", ",")
        + f"\n{cue.text}\n"
        for number, cue in enumerate(cues, start=1)
    )
    return "\n".join(blocks)


def paragraphs(cues: Sequence[Cue]) -> list[Paragraph]:
    """The cues as a text to read: a new paragraph after a pause, or after a sentence once it has
    grown long."""
    groups: list[list[Cue]] = []
    for cue in cues:
        if not groups or _begins_paragraph(groups[-1], cue):
            groups.append([])
        groups[-1].append(cue)
    return [Paragraph(group[0].start, tuple(group)) for group in groups]


def transcripts_of(values: Iterable[dict[str, Any]], *, first: str | None) -> list[Transcript]:
    """All tracks for reading: those in the language `first` before the others (British English is
    English), what only a machine has read behind what people have."""
    own = languages.root_of(first or "")
    tracks = tracks_of(values)
    tracks.sort(key=lambda one: (languages.root_of(one.language) != own, one.is_guess))
    return [Transcript(track, paragraphs(track.cues)) for track in tracks]


def spoken_text(values: Iterable[dict[str, Any]]) -> str:
    """All that is said, in every language, as one text; nothing that only a machine has read."""
    tracks = [track for track in tracks_of(values) if not track.is_guess]
    return "\n\n".join(
        " ".join(cue.text.replace("\n", " ") for cue in track.cues) for track in tracks
    )


def clock(seconds: float) -> str:
    """1:02.5 for what people read."""
    minutes, rest = divmod(round(seconds, 1), 60)
    return f"{int(minutes)}:{rest:04.1f}"


def _too_long(start: float) -> CaptionsRefusedError:
    return CaptionsRefusedError(
        _("The caption at %(time)s is longer than %(most)d characters. Divide it.")
        % {"time": clock(start), "most": MAX_CHARACTERS}
    )


def _begins_paragraph(group: Sequence[Cue], cue: Cue) -> bool:
    last = group[-1]
    if cue.start - last.end >= _PARAGRAPH_PAUSE:
        return True
    long = cue.start - group[0].start >= _PARAGRAPH_SECONDS
    return long and (last.text.endswith(_SENTENCE_END) or cue.start - last.end >= 1)


def _decoded(content: bytes) -> str:
    """Telephones and editors write UTF-8, Windows' Notepad and old programs the rest."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    if b"\x00" not in content or encodings == ["utf-16"]:
        for encoding in encodings:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise CaptionsRefusedError(_("This is not a text file. Upload captions as .vtt or .srt."))


def _problems_of(lines: Sequence[str], seconds: float | None) -> Iterator[tuple[int, str]]:
    """(line, sentence) for each line with times that can't be meant so."""
    for number, line in enumerate(lines, start=1):
        if ARROW not in line:
            continue
        match = _TIMES.match(line)
        if not match:
            yield (
                number,
                _("“%(line)s” isn't two times with an arrow between.")
                % {"line": line.strip()[:60]},
            )
            continue
        start, end = (_seconds(part) for part in match.groups())
        if start is None or end is None:
            yield number, _("minutes and seconds go up to 59.")
        elif end <= start:
            yield number, _("it ends before it begins.")
        elif seconds is not None and start >= seconds:
            yield (
                number,
                _("it begins after the end of the video, at %(end)s.") % {"end": clock(seconds)},
            )


def _seconds(written: str) -> float | None:
    """'1:02:03,5' in seconds; None where it is no time of day."""
    whole, fraction = re.split("[.,]", written)
    parts = [int(part) for part in whole.split(":")]
    hours, minutes, rest = [0] * (3 - len(parts)) + parts
    if minutes > 59 or rest > 59:
        return None
    return hours * 3600 + minutes * 60 + rest + float(f"0.{fraction}")


def _parsed(text: str) -> Iterator[Cue]:
    """Both kinds of file go through one reader of WebVTT."""
    is_vtt = text.lstrip().startswith("WEBVTT")
    lines = [_vtt_times(line) for line in text.strip().split("\n")]
    if not is_vtt:
        lines = _srt_as_vtt(lines)
    try:
        found = webvtt.from_buffer(StringIO("\n".join(lines)))
    except (MalformedFileError, MalformedCaptionError) as error:
        raise CaptionsRefusedError(_("This could not be read as captions.")) from error
    for caption in found.captions:
        start = caption.start_time.in_milliseconds() / 1000
        text = "\n".join(caption.lines)
        if len(text) > _MAX_RAW:
            raise _too_long(start)
        yield Cue(start, caption.end_time.in_milliseconds() / 1000, _plain(text, is_vtt))


def _vtt_times(line: str) -> str:
    """A line with times as WebVTT writes it; others as they are, but without blanks alone."""
    if match := _TIMES.match(line):
        return line[: match.end()].replace(",", ".")
    return line if line.strip() else ""


def _srt_as_vtt(lines: Sequence[str]) -> list[str]:
    """SubRip files, as they are found, have empty lines within what is said, and none before the
    next caption's number: what ends a caption is the line with the times of the next."""
    kept = ["WEBVTT"]
    for number, line in enumerate(lines):
        followed = lines[number + 1] if number + 1 < len(lines) else ""
        if ARROW in line:
            kept += ["", line]
        elif line and not (line.strip().isdigit() and ARROW in followed):
            kept.append(line)
    return kept


def _plain(text: str, unescape: bool) -> str:
    text = _VOICE.sub(lambda match: f"{match[1].strip()}: ", text)
    text = _TAG.sub("", text)
    return tidy(html.unescape(text) if unescape else text)


def _timestamp(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest:02d}.{thousandths:03d}"
