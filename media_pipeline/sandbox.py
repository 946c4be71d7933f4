"""Programs that handle strangers' files run here: limited, without a network where the system
allows that, and never longer than the worker that started them.

They stay in the worker's process group, so that a Ctrl-C at the terminal reaches them, and the
kernel kills them when the worker dies in any other way (Linux: PR_SET_PDEATHSIG).
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
# Loaded here, because a child between fork and exec should do as little as it can.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


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
    return subprocess.Popen(
        list(arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        cwd=folder,
        env=_environment(),
        preexec_fn=_confine(limits, os.getpid()),
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


def _confine(limits: Limits, parent: int) -> Callable[[], Any]:
    def confine() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        # The hard limit kills what ignores the signal of the soft one.
        resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
        resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_size, limits.file_size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.nice(5)  # pages come first
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)
        # A network of its own, with nothing in it. As root, or as anybody where the system lets
        # people make namespaces; elsewhere the lists of protocols must do.
        if _libc.unshare(CLONE_NEWNET) != 0:
            _libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)

    return confine
