"""Programs that handle strangers' files run here: limited, without a network where the system
allows that, and never longer than the worker that started them.

They stay in the worker's process group, so that a Ctrl-C at the terminal reaches them, and the
kernel kills them when the worker dies in any other way (Linux: PR_SET_PDEATHSIG).

This file is also the small program that stands between: it confines itself and then becomes the
program that is wanted. Code between fork and exec of a worker with threads can't be trusted to
do that.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
NICENESS = 5  # pages come first


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
) -> "subprocess.Popen[bytes]":
    """Starts the program in `folder`; its output is a pipe, its complaints go to `stderr`. The
    wall clock is the caller's to watch (`stop`)."""
    confined = (os.getpid(), limits.memory, limits.cpu_seconds, limits.file_size)
    return subprocess.Popen(
        # -I -S: nothing of the environment, of this folder or of any package gets into it
        [sys.executable, "-I", "-S", __file__, *map(str, confined), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        cwd=folder,
        env=_environment(),
    )


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ends it at once, and waits until it has."""
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()


def _environment() -> dict[str, str]:
    """What a program needs and no more: no secrets, no proxies."""
    kept = ("PATH", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _confine(parent: int, memory: int, cpu_seconds: int, file_size: int) -> None:
    """Limits this process and what it becomes."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # The hard limit kills what ignores the signal of the soft one.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICENESS)
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        sys.exit("The worker is gone.")
    # A network of its own, with nothing in it. As root, or as anybody where the system lets
    # people make namespaces; elsewhere the lists of protocols must do.
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


if __name__ == "__main__":
    _confine(*map(int, sys.argv[1:5]))
    os.execv(sys.argv[5], sys.argv[5:])  # noqa: S606 - as above
