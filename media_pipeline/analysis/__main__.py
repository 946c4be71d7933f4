"""Runs every check on the material in a folder; says on standard output, in lines of JSON, what
it will check, then each answer (examination.py reads them). A check that raises says so, and the
others go on."""

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable
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
from media_pipeline.analysis.material import FactGatherer, Found, FrameCheck, Material

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
    "address+telephone+price": lambda material: words.Words(),
    "watermark": lambda material: marks.Marks(),
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
    _say(checks=[*CHECKS, *FRAME_CHECKS], duration=material.duration)
    for name, check in CHECKS.items():
        _answer(name, lambda check=check: check(material))
    _look_at_frames(material)


def _look_at_frames(material: Material) -> None:
    watching: dict[str, Any] = {}
    for name, begin in (FRAME_CHECKS | FACTS).items():
        _trying(name, lambda begin=begin, name=name: watching.update({name: begin(material)}))
    for frame in material.frames():
        for name in list(watching):
            if not _trying(name, lambda name=name, frame=frame: watching[name].see(frame)):
                del watching[name]
    for name, watcher in watching.items():
        if name in FACTS:
            _trying(name, lambda name=name, one=watcher: _say(fact=name, value=one.fact()))
        else:
            _answer(name, watcher.found)


def _answer(name: str, check: Callable[[], Iterable[Found]]) -> None:
    _trying(name, lambda: _say(check=name, found=[asdict(one) for one in check()]))


def _trying(name: str, work: Callable[[], object]) -> bool:
    """Whether it went well. Whatever a stranger's file makes one check do, the others go on."""
    try:
        work()
    except Exception as error:
        traceback.print_exc()
        _say(name=name, failed=f"{type(error).__name__}: {error}"[:300])
        return False
    return True


def _say(**what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
