"""Has a video looked at and listened to, in a process of its own (analysis/)."""

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from media_pipeline import sandbox
from media_pipeline.analysis.material import Found
from media_pipeline.choices import FindingKind

LIMITS = sandbox.Limits(memory=4 * 2**30, cpu_seconds=240, wall_seconds=900, file_size=100 * 2**20)
TICK = 1.0  # seconds between two signs of life
COMPLAINT = 2000  # characters kept of what a failed process said


class AnalysisFailedError(Exception):
    """The process gave up, or was stopped. The message holds the last it said."""


@dataclass(frozen=True, slots=True)
class Result:
    findings: list[Found]
    facts: dict[str, Any] = field(default_factory=dict)
    """What else was learned, under the names of analysis/__main__.py's FACTS; a name is missing
    where that failed."""
    complaint: str = ""
    """Why not everything was checked; for the log."""


def examine(folder: Path, on_progress: Callable[[], None] = lambda: None) -> Result:
    """Runs all checks on what the encoder left in the folder (analysis/material.py). Never raises
    for what is in there: what couldn't be checked is a finding of its own. `on_progress` is
    called about every second; what it raises stops the checks and comes out here."""
    lines: list[str] = []
    complaint = ""
    try:
        ask(
            "media_pipeline.analysis",
            folder.resolve(),
            limits=LIMITS,
            on_progress=on_progress,
            output=lines,
        )
    except AnalysisFailedError as error:
        complaint = str(error)
    return read(lines, complaint)


def ask(
    module: str,
    reads: Path,
    *,
    limits: sandbox.Limits,
    on_progress: Callable[[], None],
    output: list[str] | None = None,
    also: Sequence[Path] = (),
) -> str:
    """What the module of ours says when it is run in the sandbox, on a path that it may read, as
    it may `also` those.
    Raises AnalysisFailedError; the lines that came before that are in `output`, if one was
    given."""
    with tempfile.TemporaryFile() as stderr:
        process = sandbox.start_module(
            module, str(reads), limits=limits, stderr=stderr, reads=[reads, *also]
        )
        try:
            said = _heard(process, limits.wall_seconds, on_progress)
        finally:
            sandbox.stop(process)
        if output is not None:
            output += said.splitlines()
        if process.returncode != 0:
            raise AnalysisFailedError(f"It ended with {process.returncode}. {_tail(stderr)}")
    return said


def _heard(
    process: "subprocess.Popen[bytes]", seconds: float, on_progress: Callable[[], None]
) -> str:
    deadline = time.monotonic() + seconds
    while True:
        try:
            said, _ = process.communicate(timeout=TICK)
        except subprocess.TimeoutExpired as waiting:
            if time.monotonic() > deadline:
                return (waiting.output or b"").decode(errors="replace")
            on_progress()
        else:
            return said.decode(errors="replace")


def _tail(stderr: IO[bytes]) -> str:
    stderr.seek(0)
    return stderr.read().decode(errors="replace")[-COMPLAINT:]


def read(lines: list[str], complaint: str) -> Result:
    """What the process's lines mean: one says what it will check, then comes one for each answer.
    Of a process that was killed the last may be half."""
    findings: list[Found] = []
    facts: dict[str, Any] = {}
    expected = [""]  # everything, until it says what that is
    complaints = [complaint] if complaint else []
    duration = 0.0
    for line in lines:
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if "checks" in said:
            expected, duration = said["checks"], said["duration"]
        elif "fact" in said:
            facts[said["fact"]] = said["value"]
        elif "found" in said:
            expected.remove(said["check"])
            findings += [Found(**one) for one in said["found"]]
        elif "failed" in said:
            complaints.append(f"{said['name']}: {said['failed']}")
    kinds = [kind for name in expected for kind in name.split("+")]
    findings += [_unchecked(kind, duration) for kind in kinds]
    return Result(findings=findings, facts=facts, complaint="\n".join(complaints))


def _unchecked(kind: str, duration: float) -> Found:
    """Its detail says what wasn't looked for; nothing where that is everything."""
    detail = str(FindingKind(kind).label) if kind else ""
    return Found(kind=FindingKind.UNCHECKED.value, start=0.0, end=duration, detail=detail)
