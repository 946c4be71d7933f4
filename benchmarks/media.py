"""What it costs to make a video playable: the pipeline beside bare ffmpeg, in turn, on one clip.

    python benchmarks/media.py CLIP [--quick] [--rounds N] [--json FILE]

CLIP is the three-minute 1080p30 clip that ../shared/data/clips/make_benchmark_clip makes; --quick
takes its first 24 seconds. Needs Linux (/proc), and an otherwise idle machine for figures by the
clock; ratios of CPU seconds bear some company.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.measuring import Cost, cost_of  # noqa: E402
from benchmarks.media_reference import (  # noqa: E402
    QUIET,
    RUNGS,
    best_command,
    commands_for_each_rung,
)
from benchmarks.media_site import Passage, passage_of  # noqa: E402
from benchmarks.reporting import Row, report  # noqa: E402

QUICK_SECONDS = 24
JUDGED_SECONDS = 30  # of the clip, for VMAF
JUDGED = (1080, 540)
ENVIRONMENT = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def measure(clip: Path, folder: Path, rounds: int) -> list[Row]:
    """Everything once each round, one after another, so that what the machine does meanwhile
    meets all of them."""
    seconds = _length_of(clip)
    bare, rungs, each = [], [], []
    passages: list[Passage] = []
    for number in range(rounds):
        bare.append(_said("bare ffmpeg", lambda n=number: _bare(clip, _new(folder, f"bare{n}"))))
        rungs.append(_said("our rungs", lambda n=number: _rungs(clip, _new(folder, f"rungs{n}"))))
        passages.append(
            _said("everything", lambda n=number: passage_of(clip, _new(folder, f"site{n}")))
        )
        each.append(
            _said("a process for each rung", lambda n=number: _each(clip, _new(folder, f"each{n}")))
        )
    cpu = statistics.median(one.cpu for one in bare)
    wall = statistics.median(one.wall for one in bare)
    everything = sorted(passages, key=lambda one: one.cpu)[len(passages) // 2]
    for name, spent in everything.steps.items():
        print(f"  of everything: {name:<10}{spent:8.1f} s")
    each_cpu = statistics.median(one.cpu for one in each)
    bare_said = f"best bare ffmpeg: {cpu:.0f} CPU s, {wall:.0f} s"
    rungs_cpu = statistics.median(one.cpu for one in rungs)
    return [
        Row("a process for each rung, CPU", each_cpu / cpu, "×", bare_said, None),
        Row("rungs, CPU", rungs_cpu / cpu, "×", bare_said, 1.05),
        Row("everything, CPU", everything.cpu / cpu, "×", bare_said, 1.25),
        Row("everything, by the clock", everything.wall / wall, "×", bare_said, 1.25),
        Row("first seconds playable", everything.first_look / seconds, "× length",
            f"MediaCMS 1.7 to 3.2; {everything.first_look:.1f} s", 0.10),
        Row("request that finishes", everything.finishing, "s", "MediaCMS 3.2 to 8 s", 0.2),
        Row("peak memory of one job", everything.memory, "MB",
            f"bare ffmpeg {bare[0].memory:.0f} MB", 700),
        Row("stored ÷ rungs", everything.stored / everything.rungs, "×", "MediaCMS about 2", 1.05),
        Row("idle memory (PSS)", everything.idle_memory, "MB", "MediaCMS 1,631 MB", 400),
        *_quality(clip, folder),
    ]  # fmt: skip


def _bare(clip: Path, folder: Path) -> Cost:
    return cost_of(best_command(str(clip)), folder=folder, environment=ENVIRONMENT)


def _rungs(clip: Path, folder: Path) -> Cost:
    command = [sys.executable, "-m", "benchmarks.media_rungs", str(clip), str(folder)]
    environment = ENVIRONMENT | {"PYTHONPATH": str(ROOT), "AUDITORIUM_VAR": str(folder / "var")}
    return cost_of(command, folder=folder, environment=environment)


def _each(clip: Path, folder: Path) -> Cost:
    costs = [
        cost_of(command, folder=folder, environment=ENVIRONMENT)
        for command in commands_for_each_rung(str(clip))
    ]
    return Cost(
        cpu=sum(one.cpu for one in costs),
        wall=sum(one.wall for one in costs),
        memory=max(one.memory for one in costs),
    )


def _quality(clip: Path, folder: Path) -> list[Row]:
    """VMAF for each byte, ours and bare, of the first seconds of two rungs."""
    rows = []
    for height in JUDGED:
        ours = folder / "rungs0" / f"{height}p.mp4"
        bare = folder / "bare0" / f"{height}.mp4"
        judged = [_vmaf(path, clip, height, folder) for path in (ours, bare)]
        larger = ours.stat().st_size / bare.stat().st_size
        said = f"bare ffmpeg {judged[1]:.2f}; ours has {larger:.3f} × its bytes"
        rows.append(
            Row(
                f"VMAF at {height}p ÷ bare",
                judged[0] / judged[1],
                "×",
                said,
                1.0,
                True,
                slack=0.005,
            )
        )
    return rows


def _vmaf(path: Path, clip: Path, height: int, folder: Path) -> float:
    width = next(width for width, known, _rate in RUNGS if known == height)
    report = folder / "vmaf.json"
    graph = (
        f"[1:v]fps=30,scale={width}:{height}:flags=bicubic[r];"
        f"[0:v][r]libvmaf=n_subsample=5:n_threads=2:log_fmt=json:log_path={report}"
    )
    short = ("-t", str(JUDGED_SECONDS))
    program = best_command("")[0]
    subprocess.run(
        [
            program,
            *QUIET,
            *short,
            "-i",
            path,
            *short,
            "-i",
            clip,
            "-lavfi",
            graph,
            "-f",
            "null",
            "-",
        ],
        check=True,
    )
    return float(json.loads(report.read_text())["pooled_metrics"]["vmaf"]["mean"])


def _said(what: str, run: Callable[[], Any]) -> Any:
    result = run()
    print(f"  {what}: {result}", flush=True)
    return result


def _new(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


def _length_of(clip: Path) -> float:
    import av  # noqa: PLC0415 - only here

    with av.open(str(clip)) as opened:
        return (opened.duration or 0) / 1_000_000


def _beginning_of(clip: Path, folder: Path) -> Path:
    short = folder / "short.mp4"
    cut = ("-t", str(QUICK_SECONDS), "-i", str(clip), "-c", "copy", str(short))
    subprocess.run([best_command("")[0], *QUIET, *cut], check=True)
    return short


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clip", type=Path)
    parser.add_argument("--quick", action="store_true", help=f"its first {QUICK_SECONDS} s only")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clip = options.clip.resolve()
        rows = measure(
            _beginning_of(clip, folder) if options.quick else clip, folder, options.rounds
        )
    report(rows, options.json)


if __name__ == "__main__":
    main()
