"""How long `make run` takes and what it holds: from a fresh clone with empty package caches, and
again. Each figure is printed beside the bar that this project sets itself.

    python benchmarks/startup.py [--quick] [--json FILE]

--quick leaves the package caches as they are. Needs Linux (memory is read from /proc).
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600  # seconds for a start
REST = 30  # seconds after the first page before memory is read


@dataclass
class Figure:
    what: str
    value: float
    unit: str
    bar: float

    @property
    def ratio(self) -> float:
        return self.value / self.bar


class Run:
    """One `make run`, in a process group of its own."""

    def __init__(self, clone: Path, environment: dict[str, str]) -> None:
        self.address = f"http://localhost:{environment['PORT']}/"
        self.begun = time.monotonic()
        self.log = (clone / "run.log").open("wb")
        self.process = subprocess.Popen(
            ["make", "run"],  # noqa: S607 - make, wherever it is
            cwd=clone,
            env=environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def seconds_to_first_page(self) -> float:
        while time.monotonic() - self.begun < PATIENCE:
            if self.process.poll() is not None:
                sys.exit(f"make run ended by itself: see {self.log.name}")
            try:
                with urllib.request.urlopen(self.address, timeout=60) as response:  # noqa: S310 - our own address
                    response.read()
                    return time.monotonic() - self.begun
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        sys.exit(f"no first page within {PATIENCE} s: see {self.log.name}")

    def members(self) -> list[int]:
        """Every process that came of this run."""
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(stat.parent.name)] = int(fields[1])
        found = [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def memory(self) -> float:
        """MB, shared pages counted once (PSS), without the demo's renderer and its ffmpeg."""
        total = 0
        for pid in self.members():
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
            if b"manage.py demo" in command or b"ffmpeg" in command:
                continue
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return total / 1000

    def seconds_to_stop(self) -> tuple[float, list[str]]:
        """Ctrl-C: how long until it is back at the prompt, and what is then still running."""
        members = self.members()
        begun = time.monotonic()
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(60)
        return time.monotonic() - begun, [name for pid in members if (name := _running(pid))]


def _running(pid: int) -> str:
    """The command line of a process; empty where it has ended."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return ""
    return command.replace(b"\0", b" ").decode(errors="replace").strip()  # empty for a zombie


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    clone = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)  # noqa: S607
    environment = {**os.environ, "PORT": str(free_port())}
    for name in ("AUDITORIUM_VAR", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    if not quick:
        environment |= {"UV_CACHE_DIR": str(folder / "uv"), "PIP_CACHE_DIR": str(folder / "pip")}
    first = Run(clone, environment)
    kind = "warm" if quick else "empty"
    figures = [Figure(f"first page, {kind} caches", first.seconds_to_first_page(), "s", 240)]
    _stop(first, figures, "first run")
    second = Run(clone, environment)
    figures.append(Figure("first page, second start", second.seconds_to_first_page(), "s", 10))
    time.sleep(REST)
    figures.append(Figure("memory at rest (PSS)", second.memory(), "MB", 400))
    _stop(second, figures, "second run")
    return figures


def _stop(run: Run, figures: list[Figure], name: str) -> None:
    seconds, left = run.seconds_to_stop()
    figures.append(Figure(f"Ctrl-C, {name}", seconds, "s", 10))
    if left:
        sys.exit(f"left running after Ctrl-C: {left}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="keep the package caches")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), quick=options.quick)
    for figure in figures:
        print(
            f"{figure.what:<32}{figure.value:9.1f} {figure.unit:<3} bar {figure.bar:5.0f} "
            f"{figure.unit:<3} ratio {figure.ratio:.2f}"
        )
    if options.json:
        rows = [{**asdict(figure), "ratio": figure.ratio} for figure in figures]
        options.json.write_text(json.dumps(rows, indent=2))


if __name__ == "__main__":
    main()
