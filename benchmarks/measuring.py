"""What a process and all that it starts cost: CPU seconds, seconds by the clock, memory."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.25  # seconds between two looks at the memory
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    cpu: float = 0.0
    """Seconds, of the process and all that it waited for."""
    wall: float = 0.0
    memory: float = 0.0
    """MB at the worst moment, shared pages counted once (PSS)."""


def cost_of(command: Sequence[str], *, folder: Path, environment: dict[str, str]) -> Cost:
    """Runs it to its end. Raises CalledProcessError where that isn't a good one."""
    begun = time.monotonic()
    with (folder / "command.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
        with peak_memory_of(process.pid) as peak:
            _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(
            process.returncode, command, (folder / "command.log").read_text()
        )
    return Cost(cpu=usage.ru_utime + usage.ru_stime, wall=time.monotonic() - begun, memory=peak[0])


@contextmanager
def peak_memory_of(pid: int) -> Iterator[list[float]]:
    """A list with one number, the MB of the process and its descendants at the worst moment
    since the block began."""
    peak, ended = [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(INTERVAL):
            peak[0] = max(peak[0], memory_of(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()


def memory_of(pid: int) -> float:
    """MB of the process and its descendants, shared pages counted once (PSS)."""
    return sum(map(_pss, descendants(pid))) / 1000


def cpu_of(pid: int) -> float:
    """CPU seconds of the process and of all that it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / TICKS


def descendants(pid: int) -> list[int]:
    """The process and all that came of it."""
    found = [pid]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:  # ended meanwhile
                continue
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
