"""Runs every check on the material in a folder; says on standard output, in lines of JSON, what
it will check, then each answer (examination.py reads them). A check that raises says so, and the
others go on."""

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

# Before numpy starts threads for matrices that are tiny here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from media_pipeline.analysis import (
    codes,
    fingerprints,
    marks,
    motion,
    posters,
    quality,
    sound,
    words,
)
from media_pipeline.analysis.material import FactGatherer, Found, Frame, FrameCheck, Material

# By the kind of finding each is about (choices.FindingKind), or several with a + between them.
CHECKS: dict[str, Callable[[Material], list[Found]]] = {
    "black": motion.black,
    "frozen": motion.frozen,
    "flashes": motion.flashes,
    "interlaced": quality.interlaced,
    "blocks": quality.blocks,
    "silence": sound.silence,
    "quiet": sound.quiet,
    "clipping": sound.clipping,
}
# The same, for those that look at one frame a second; all share one pass over the frames.
FRAME_CHECKS: dict[str, Callable[[Material], FrameCheck]] = {
    "letterbox": quality.Letterbox,
    "blur": quality.Blur,
    "code": lambda material: codes.Codes(),
    "watermark": lambda material: marks.Marks(),
}
# In a pass of their own, after all others have answered: should one of them end this process, it
# takes none of them along.
SLOW_FRAME_CHECKS: dict[str, Callable[[Material], FrameCheck]] = {
    "address+telephone+price": lambda material: words.Words(),
}
# What else is learned from the frames, by the name it has in `examination.Result.facts`.
FACTS: dict[str, Callable[[Material], FactGatherer]] = {
    "fingerprints": lambda material: fingerprints.Fingerprints(),
    "moments": lambda material: posters.Moments(material.duration),
    "colour": lambda material: posters.Colour(),
}


def main(folder: Path) -> None:
    """Raises only if the material itself can't be read."""
    material = Material(folder)
    _say(checks=[*CHECKS, *FRAME_CHECKS, *SLOW_FRAME_CHECKS], duration=material.duration)
    for name, check in CHECKS.items():
        with _going_on_after(name):
            _answer(name, check(material))
    _look_at_frames(material, FRAME_CHECKS, FACTS)
    _look_at_frames(material, SLOW_FRAME_CHECKS, {})


def _look_at_frames(
    material: Material,
    checks: dict[str, Callable[[Material], FrameCheck]],
    facts: dict[str, Callable[[Material], FactGatherer]],
) -> None:
    watching: dict[str, FrameCheck] = {}
    gathering: dict[str, FactGatherer] = {}
    for name, check in checks.items():
        with _going_on_after(name):
            watching[name] = check(material)
    for name, gatherer in facts.items():
        with _going_on_after(name):
            gathering[name] = gatherer(material)
    for frame in material.frames():
        _show(frame, watching)
        _show(frame, gathering)
    for name, watcher in watching.items():
        with _going_on_after(name):
            _answer(name, watcher.found())
    for name, one in gathering.items():
        with _going_on_after(name):
            _say(fact=name, value=one.fact())


def _show(frame: Frame, watching: dict[str, Any]) -> None:
    """To each of them; what fails at it isn't asked again."""
    for name, watcher in list(watching.items()):
        del watching[name]
        with _going_on_after(name):
            watcher.see(frame)
            watching[name] = watcher


def _answer(name: str, found: list[Found]) -> None:
    _say(check=name, found=[asdict(one) for one in found])


@contextmanager
def _going_on_after(name: str) -> Iterator[None]:
    """Whatever a stranger's file makes one check do, the others go on."""
    try:
        yield
    except Exception as error:
        traceback.print_exc()
        _say(name=name, failed=f"{type(error).__name__}: {error}"[:300])


def _say(**what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
