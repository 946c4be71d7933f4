"""Programs that handle strangers' files run here: limited, without a network, reading nothing but
the file they are for, writing nowhere but in their folder, and never longer than the worker that
started them. `confinement/` says how; what a system doesn't offer is left out.

They stay in the worker's process group, so that a Ctrl-C at the terminal reaches them, and the
kernel kills them when the worker dies in any other way (Linux: PR_SET_PDEATHSIG).

A small program stands between and becomes the one that is wanted: code between fork and exec of
a worker with threads can't be trusted to do that.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

APP = Path(__file__).resolve().parent
CONFINEMENT = APP / "confinement" / "__main__.py"
MODULE = APP / "confinement" / "module.py"


@dataclass(frozen=True, slots=True)
class Limits:
    memory: int
    """Bytes of address space."""
    cpu_seconds: int
    wall_seconds: float
    file_size: int
    """Bytes that any one file may grow to."""


def start(
    arguments: Sequence[str],
    *,
    limits: Limits,
    folder: Path,
    stderr: IO[bytes],
    reads: Sequence[Path] = (),
) -> "subprocess.Popen[bytes]":
    """Starts the program in `folder`, the only place where it can write; besides that it can read
    what `reads` names. Its output is a pipe, its complaints go to `stderr`. The wall clock is the
    caller's to watch (`stop`)."""
    return _start(
        list(arguments),
        limits=limits,
        folder=folder,
        stderr=stderr,
        runs=[Path(arguments[0]).resolve()],
        reads=list(reads),
        writes=[folder],
    )


def start_module(
    module: str,
    *arguments: str,
    limits: Limits,
    stderr: IO[bytes],
    reads: Sequence[Path] = (),
    writes: Sequence[Path] = (),
) -> "subprocess.Popen[bytes]":
    """Starts `python -m module`, a part of this app, with this worker's own packages; paths among
    its arguments are absolute. It can write nothing but into the folders `writes`."""
    return _start(
        [sys.executable, "-P", str(MODULE), module, *arguments],
        limits=limits,
        folder=APP,
        stderr=stderr,
        runs=[Path(sys.executable).resolve()],
        reads=[APP, *map(Path, sorted({sys.prefix, sys.base_prefix})), *reads],
        writes=list(writes),
    )


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ends it at once, and waits until it has."""
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()


def _start(
    command: list[str],
    *,
    limits: Limits,
    folder: Path,
    stderr: IO[bytes],
    runs: list[Path],
    reads: list[Path],
    writes: list[Path],
) -> "subprocess.Popen[bytes]":
    confined = {
        "parent": os.getpid(),
        "memory": limits.memory,
        "cpu_seconds": limits.cpu_seconds,
        "file_size": limits.file_size,
        "runs": [str(path) for path in runs],
        "reads": [str(path.resolve()) for path in reads],
        "writes": [str(path.resolve()) for path in writes],
    }
    return subprocess.Popen(
        # -I -S: nothing of the environment, of this folder or of any package gets into it
        [sys.executable, "-I", "-S", str(CONFINEMENT), json.dumps(confined), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        cwd=folder,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """What a program needs and no more: no secrets, no proxies."""
    kept = ("PATH", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ}
