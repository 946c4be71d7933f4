"""How often each check is right: precision and recall over a labelled corpus, which is made here.

    python benchmarks/findings.py [--quick] [--json FILE] [--only WORDS] [--misses] [--keep FOLDER]

Every clip goes the way that an upload goes: probed, listened to, encoded, examined. The corpus is
in findings_*.py beside this file: for every kind of finding clips that have it, and clips that a
naive check would take for one. --quick takes every fourth clip; --keep keeps what the encoder left,
so that the next run only examines it.
"""

import argparse
import importlib
import io
import json
import multiprocessing
import os
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import findings_duplicates  # noqa: E402
from findings_corpus import Case, MissingClipError  # noqa: E402

from media_pipeline import encoding  # noqa: E402
from media_pipeline.analysis import __main__ as analysis  # noqa: E402
from media_pipeline.analysis.material import FILES, JOB  # noqa: E402
from media_pipeline.encoding import sound  # noqa: E402
from media_pipeline.examination import Result, read  # noqa: E402
from media_pipeline.findings import MEANINGS  # noqa: E402
from media_pipeline.ladder import rungs_for  # noqa: E402
from media_pipeline.probing import probe  # noqa: E402

BAR = 0.9  # precision below which a check is advice
QUICK = 4


@dataclass
class Score:
    """Of one kind of finding."""

    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    clear: int = 0
    """Clips without it in which nothing was found."""

    @property
    def precision(self) -> float | None:
        found = len(self.right) + len(self.wrong)
        return len(self.right) / found if found else None

    @property
    def recall(self) -> float | None:
        there = len(self.right) + len(self.missed)
        return len(self.right) / there if there else None


def corpus() -> list[Case]:
    """All cases of the modules beside this one that have some."""
    cases: list[Case] = []
    for path in sorted(HERE.glob("findings_*.py")):
        cases += getattr(importlib.import_module(path.stem), "CORPUS", [])
    return cases


def examined(case: Case, keep: Path | None) -> Result | None:
    """What is found in the case's clip; None if it can't be made here. The checks run here and
    not in a process of their own for each clip, which would take longer than they do."""
    kept = keep / re.sub(r"[^a-z0-9]+", "-", case.name.lower()) if keep else None
    if kept and (kept / JOB).exists():
        return checked(kept)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        try:
            material_of(case.make(folder), folder)
        except MissingClipError:
            return None
        if kept:
            kept.mkdir(parents=True, exist_ok=True)
            for name in FILES:
                shutil.copy(folder / name, kept / name)
        return checked(folder)


def checked(folder: Path) -> Result:
    """What the checks say of the material in a folder."""
    said = io.StringIO()
    with redirect_stdout(said):
        analysis.main(folder)
    return read(said.getvalue().splitlines(), "")


def material_of(clip: Path, folder: Path) -> Path:
    """The folder with what the pipeline leaves for the checks."""
    facts = probe(clip)
    if facts.video is None:
        raise RuntimeError(f"{clip.name} can't be read: {facts.complaint}")
    loudness = (
        sound.measure(clip, facts, folder, on_progress=lambda done: None) if facts.audio else None
    )
    rungs = rungs_for(
        width=facts.video.display_width,
        height=facts.video.display_height,
        frame_rate=facts.video.frame_rate,
    )
    job = encoding.Job(source=clip, probe=facts, loudness=loudness, rungs=rungs, folder=folder)
    encoding.encode(job, on_progress=lambda done: None)
    described = {
        "duration": facts.seconds,
        "frame_rate": encoding.frame_rate_of(facts),
        "facts": facts.as_facts(),
        "loudness": loudness.as_facts() if loudness else {},
    }
    (folder / JOB).write_text(json.dumps(described))
    return folder


def scores(cases: Iterable[Case], keep: Path | None) -> tuple[dict[str, Score], list[str]]:
    """By kind; and the names of the cases that couldn't be made."""
    found: dict[str, Score] = defaultdict(Score)
    left_out = []
    for case, result in _all_examined(list(cases), keep):
        if result is None:
            left_out.append(case.name)
            continue
        kinds = {one.kind for one in result.findings}
        if result.complaint:
            print(f"{case.name}: {result.complaint}", file=sys.stderr)
        for kind in MEANINGS:
            _count(found[kind.value], case, kind.value, kind.value in kinds)
    return found, left_out


def _all_examined(cases: list[Case], keep: Path | None) -> Iterator[tuple[Case, Result | None]]:
    """In as many processes as there are processors. They are forks, for what makes a clip can't
    be sent to another process."""
    _waiting[:] = cases
    forks = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=forks) as pool:
        numbers = range(len(cases))
        yield from zip(cases, pool.map(_examined_number, numbers, [keep] * len(cases)), strict=True)


_waiting: list[Case] = []


def _examined_number(number: int, keep: Path | None) -> Result | None:
    case = _waiting[number]
    try:
        return examined(case, keep)
    except (RuntimeError, encoding.EncodingFailedError) as error:
        print(f"{case.name} could not be made: {error}", file=sys.stderr)
        return None


def _count(score: Score, case: Case, kind: str, is_found: bool) -> None:
    if kind in case.kinds:
        (score.right if is_found else score.missed).append(case.name)
    elif kind not in case.allowed:
        if is_found:
            score.wrong.append(case.name)
        else:
            score.clear += 1


def _table(found: dict[str, Score]) -> str:
    lines = [
        "| check | clips with it | found | without it | wrongly found | precision | recall |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for kind, score in found.items():
        there = len(score.right) + len(score.missed)
        if not there:
            continue
        numbers = (
            f"{there} | {len(score.right)} | {score.clear + len(score.wrong)} | {len(score.wrong)}"
        )
        lines.append(f"| {kind} | {numbers} | {_share(score.precision)} | {_share(score.recall)} |")
    return "\n".join(lines)


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="every fourth clip")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    parser.add_argument("--only", help="clips whose name has this in it")
    parser.add_argument("--misses", action="store_true", help="name what was found wrongly, or not")
    parser.add_argument("--keep", type=Path, help="a folder for what the encoder leaves")
    options = parser.parse_args()
    cases = [case for case in corpus() if not options.only or options.only in case.name]
    found, left_out = scores(cases[::QUICK] if options.quick else cases, options.keep)
    if not options.only or options.only == findings_duplicates.KIND:
        copies = findings_duplicates.outcome(every=QUICK if options.quick else 1)
        found[findings_duplicates.KIND] = Score(**vars(copies))
    print(_table(found))
    if left_out:
        print(f"\n{len(left_out)} clips left out: not made, or the real clips aren't there.")
    if options.misses:
        for kind, score in found.items():
            for what, names in (("wrongly found", score.wrong), ("missed", score.missed)):
                for name in names:
                    print(f"{kind} {what}: {name}")
    if options.json:
        options.json.write_text(json.dumps({k: asdict(v) for k, v in found.items()}, indent=1))


if __name__ == "__main__":
    main()
