"""Has a machine write down what is said in a video. Off unless the operator names an engine
(TRANSCRIBER, docs/SETTINGS.md): PocketSphinx, which is a package with a small model inside, or any
program of theirs that writes WebVTT or SubRip, such as whisper.cpp's with a model that they chose.
Either runs in the sandbox, on sound of our own making.
"""

import json
import shlex
import shutil
import subprocess
import textwrap
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from media_pipeline import captions, legibility, sandbox
from media_pipeline.captions import Cue
from media_pipeline.encoding.running import EncodingFailedError, tail_of
from media_pipeline.errors import CaptionsRefusedError
from media_pipeline.examination import AnalysisFailedError, ask

POCKETSPHINX = "pocketsphinx"
SOUND, MODEL = "speech.raw", "model"  # as hearing.py calls them
PAUSE = 0.7  # seconds of silence after which another caption begins
LONGEST, SHORTEST = 6.0, 1.0  # seconds of a caption
TAIL = 0.3  # seconds that it stays after the last word
OUTPUT = "transcript"
TICK = 1.0


class Engine(Protocol):
    """What writes down. `sound_format` is ffmpeg's name of what it wants to hear: one channel of
    16 bits, 16,000 times a second."""

    @property
    def sound_format(self) -> str: ...

    @property
    def language(self) -> str: ...

    def write_down(
        self, sound: Path, seconds: float, on_progress: Callable[[float], None]
    ) -> tuple[Cue, ...]:
        """The captions for `seconds` of sound; may write beside it. `on_progress` is called about
        every second; what it raises comes out. Raises EncodingFailedError."""


def engine() -> Engine | None:
    """The one that the settings name; None where nothing is to be written down."""
    wanted, language = settings.TRANSCRIBER, settings.TRANSCRIBER_LANGUAGE
    model = Path(settings.TRANSCRIBER_MODEL) if settings.TRANSCRIBER_MODEL else None
    if not wanted:
        return None
    if wanted == POCKETSPHINX:
        return PocketSphinx(language, model)
    return Program(language, model, tuple(shlex.split(wanted)))


@dataclass(frozen=True, slots=True)
class PocketSphinx:
    """See hearing.py."""

    language: str
    model: Path | None
    sound_format: str = "s16le"

    def write_down(
        self, sound: Path, seconds: float, on_progress: Callable[[float], None]
    ) -> tuple[Cue, ...]:
        sound.rename(sound.parent / SOUND)
        if self.model:
            (sound.parent / MODEL).write_text(str(self.model.resolve()))
        try:
            said = ask(
                "media_pipeline.hearing",
                sound.parent.resolve(),
                also=[self.model] if self.model else [],
                limits=limits_for(seconds),
                on_progress=_guessed(on_progress, seconds),
            )
        except AnalysisFailedError as error:
            raise EncodingFailedError("The sound could not be written down.", str(error)) from error
        return cues_of(json.loads(line) for line in said.splitlines())


@dataclass(frozen=True, slots=True)
class Program:
    """A command of the operator's. In its arguments {sound} is the file to listen to, {model} what
    TRANSCRIBER_MODEL says, and {output} the path, without .vtt or .srt, of what it is to write."""

    language: str
    model: Path | None
    arguments: Sequence[str]
    sound_format: str = "wav"

    def write_down(
        self, sound: Path, seconds: float, on_progress: Callable[[float], None]
    ) -> tuple[Cue, ...]:
        folder = sound.parent.resolve()
        self._run(folder, sound.resolve(), seconds, _guessed(on_progress, seconds))
        for suffix in (".vtt", ".srt"):
            written = (folder / OUTPUT).with_suffix(suffix)
            if written.exists():
                return _read(written, seconds)
        raise EncodingFailedError(
            "The program wrote no transcript.", tail_of(folder / "transcriber.log")
        )

    def _run(
        self, folder: Path, sound: Path, seconds: float, on_progress: Callable[[], None]
    ) -> None:
        limits = limits_for(seconds)
        deadline = time.monotonic() + limits.wall_seconds
        log = folder / "transcriber.log"
        with log.open("wb") as stderr:
            process = sandbox.start(
                self._command(folder, sound),
                limits=limits,
                folder=folder,
                stderr=stderr,
                reads=[self.model] if self.model else [],
            )
            try:
                while not _ended(process):
                    on_progress()
                    if time.monotonic() > deadline:
                        raise EncodingFailedError("Writing it down took too long.", tail_of(log))
            finally:
                sandbox.stop(process)
        if process.returncode != 0:
            raise EncodingFailedError(
                f"The transcriber ended with {process.returncode}.", tail_of(log)
            )

    def _command(self, folder: Path, sound: Path) -> list[str]:
        places = {"sound": sound, "model": self.model or "", "output": folder / OUTPUT}
        first, *others = self.arguments
        program = shutil.which(first)
        if program is None:
            raise EncodingFailedError(f"There is no program {first} (TRANSCRIBER).")
        return [program, *(argument.format(**places) for argument in others)]


def limits_for(seconds: float) -> sandbox.Limits:
    """Of an engine that hears so much: it may take its time, and is not to fill the machine."""
    return sandbox.Limits(
        memory=4 * 2**30,
        cpu_seconds=120 + int(30 * seconds),
        wall_seconds=300 + 60 * seconds,
        file_size=2**20,
    )


def cues_of(words: Iterable[dict[str, Any]]) -> tuple[Cue, ...]:
    """Captions of words with their times: a new one after a pause, and before one grows too long
    to be read."""
    groups = list(_grouped(words))
    following = [*(group[0]["start"] for group in groups), float("inf")][1:]
    cues = (
        Cue(
            start=group[0]["start"],
            end=min(after, max(group[-1]["end"] + TAIL, group[0]["start"] + SHORTEST)),
            text=_in_lines(_text_of(group)),
        )
        for group, after in zip(groups, following, strict=True)
    )
    return captions.arranged(cues)


def _grouped(words: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    for word in words:
        if group and _is_full(group, word):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _is_full(group: Sequence[dict[str, Any]], word: dict[str, Any]) -> bool:
    if word["start"] - group[-1]["end"] >= PAUSE:
        return True
    if word["end"] - group[0]["start"] > LONGEST:
        return True
    return len(_in_lines(_text_of([*group, word])).split("\n")) > legibility.MAX_LINES


def _text_of(group: Iterable[dict[str, Any]]) -> str:
    return " ".join(word["word"] for word in group)


def _in_lines(text: str) -> str:
    return "\n".join(textwrap.wrap(text, legibility.MAX_LINE))


def _read(written: Path, seconds: float) -> tuple[Cue, ...]:
    try:
        return captions.read(written.read_bytes(), seconds=seconds)
    except CaptionsRefusedError as error:
        raise EncodingFailedError("The transcript can't be read.", str(error)) from error


def _ended(process: "subprocess.Popen[bytes]") -> bool:
    try:
        process.communicate(timeout=TICK)
    except subprocess.TimeoutExpired:
        return False
    return True


def _guessed(on_progress: Callable[[float], None], seconds: float) -> Callable[[], None]:
    """Engines don't say how far they are: most hear about as quickly as people speak."""
    began = time.monotonic()
    return lambda: on_progress(min(0.95, (time.monotonic() - began) / max(1.0, seconds)))
