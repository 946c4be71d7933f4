"""Runs ffmpeg in the sandbox and follows what it says of its progress."""

import selectors
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ffmpeg
import imageio_ffmpeg

from media_pipeline import sandbox
from media_pipeline.containers import container_family

LOG = "ffmpeg.log"
LOG_LINES = 20
TICK = 1.0  # seconds between two looks at the clock


class EncodingFailedError(Exception):
    """ffmpeg gave up, or was stopped. `log` holds its last lines."""

    def __init__(self, message: str, log: str = "") -> None:
        super().__init__(message)
        self.log = log


def opened(path: Path, container: str, **options: object) -> Any:
    """A stranger's file as an input: read as what it was found to be and as nothing else, and
    leading to no other file."""
    return ffmpeg.input(
        f"file:{path}",
        f=container,
        protocol_whitelist="file,pipe",
        format_whitelist=container_family(container),
        **options,
    )


def run(
    *outputs: Any,
    folder: Path,
    limits: sandbox.Limits,
    on_progress: Callable[[float], None],
    seconds: float = 0.0,
    reads: Sequence[Path] = (),
) -> None:
    """Makes ffmpeg-python's outputs, all in one process, in `folder`, where its log stays; besides
    that it can read what `reads` names. `on_progress` is called about every second with how much
    of `seconds` is done (0 to 1; always 0 where those aren't given), and what it raises stops
    ffmpeg and comes out here. Raises EncodingFailedError."""
    log = folder / LOG
    with log.open("wb") as stderr:
        process = sandbox.start(
            _compiled(outputs), limits=limits, folder=folder, stderr=stderr, reads=reads
        )
        try:
            _follow(process, time.monotonic() + limits.wall_seconds, seconds, on_progress)
        finally:
            sandbox.stop(process)
    if process.returncode != 0:
        raise EncodingFailedError(f"ffmpeg ended with {process.returncode}.", tail_of(log))


def tail_of(log: Path) -> str:
    """The log's last lines, none of them endless."""
    lines = log.read_text(errors="replace").splitlines()
    return "\n".join(line[:300] for line in lines[-LOG_LINES:])


def _compiled(outputs: Sequence[Any]) -> list[str]:
    quiet = ffmpeg.merge_outputs(*outputs).global_args(
        *("-hide_banner", "-nostdin", "-nostats", "-loglevel", "warning"),
        *("-progress", "pipe:1", "-stats_period", "0.5"),
    )
    return ffmpeg.compile(quiet, cmd=imageio_ffmpeg.get_ffmpeg_exe(), overwrite_output=True)


def _follow(
    process: "subprocess.Popen[bytes]",
    deadline: float,
    seconds: float,
    on_progress: Callable[[float], None],
) -> None:
    """Reads what ffmpeg says of its progress until it ends. Calls back even when it says nothing,
    so that whoever waits can tell slow from dead, and can stop it."""
    done = 0.0
    with selectors.DefaultSelector() as selector:
        if process.stdout is None:
            raise EncodingFailedError("ffmpeg has no output.")
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if time.monotonic() > deadline:
                raise EncodingFailedError("It took too long.")
            if selector.select(TICK):
                piece = process.stdout.read1(65536)  # type: ignore[attr-defined]
                if not piece:
                    break
                for line in piece.decode(errors="replace").splitlines():
                    done = _fraction(line, seconds) or done
            on_progress(done)
    process.wait(timeout=max(1.0, deadline - time.monotonic()))


def _fraction(line: str, seconds: float) -> float | None:
    """How much of `seconds` is done, if this line of ffmpeg's progress says so: it comes as lines
    of key=value."""
    key, _, value = line.partition("=")
    if key != "out_time_us" or not value.lstrip("-").isdigit() or seconds <= 0:
        return None
    return min(1.0, max(0.0, int(value) / 1_000_000 / seconds))
