"""Confines itself, then becomes the program that is wanted: `python __main__.py JSON PROGRAM …`,
where JSON is what `Confinement` holds.

What the system doesn't offer (an old kernel, a container's own rules) is left out: each wall is
there for the case that another one has a hole, and the lists of protocols and demuxers that the
programs get stand in any case.
"""

import ctypes
import json
import os
import resource
import signal
import sys

sys.path.append(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

from media_pipeline.confinement import landlock, seccomp

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
NICENESS = 5  # pages come first
OPEN_FILES = 256


def limit(memory: int, cpu_seconds: int, file_size: int) -> None:
    """Bytes of address space, seconds of CPU, bytes of any one file that is written."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # The hard limit kills what ignores the signal of the soft one.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    files = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    os.nice(NICENESS)


def confine(parent: int, runs: list[str], reads: list[str] | None, writes: list[str]) -> None:
    """Ends with its parent, has no network, can't gain rights, and touches only these files."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        sys.exit("The worker is gone.")
    # A network of its own, with nothing in it. As root, or as anybody where the system lets
    # people make namespaces; elsewhere the filter of system calls must do.
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    landlock.restrict(libc, runs=runs, reads=reads, writes=writes)
    seccomp.restrict(libc, os.uname().machine)


if __name__ == "__main__":
    wanted = json.loads(sys.argv[1])
    limit(wanted["memory"], wanted["cpu_seconds"], wanted["file_size"])
    if sys.platform == "linux":
        confine(wanted["parent"], wanted["runs"], wanted["reads"], wanted["writes"])
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - the worker's list of arguments, no shell
