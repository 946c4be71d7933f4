"""The corpus for copies: clips that were made of another, and clips that only look like it. Two
clips are compared here, so findings.py asks this module instead of examining one after another."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import imageio_ffmpeg
from findings_corpus import CLIPS, RATE, SIZE
from PIL import Image

from media_pipeline import likeness
from media_pipeline.analysis.fingerprints import Fingerprints
from media_pipeline.analysis.material import Frame, jpegs_in

KIND = "duplicate"
SECONDS = 36
FILM = "bbb_1080p24_43s_noaudio.mp4"
CORRIDOR = "live_768x432_10fps_139s_noaudio.mp4"
BOTTLES = "product_bottles_360p30_40s_noaudio.mp4"

# By name: where it is from, and where in it it begins.
ORIGINALS: dict[str, tuple[str, float]] = {
    "film": (FILM, 2),
    "corridor": (CORRIDOR, 0),
    "bottles": (BOTTLES, 2),
    "fractal": (f"mandelbrot=s={SIZE}:r={RATE}:start_scale=0.4", 0),
    "life": (f"life=s={SIZE}:r={RATE}:seed=7:mold=9:life_color=#40c080:ratio=0.2", 0),
}
# The same place, other things happening in it: no copies.
OTHERS: dict[str, tuple[str, float]] = {
    "corridor, another time": (CORRIDOR, 62),
    "corridor, a third time": (CORRIDOR, 100),
    "life, another": (f"life=s={SIZE}:r={RATE}:seed=8:mold=9:life_color=#40c080:ratio=0.2", 0),
    "test picture": (f"testsrc2=s={SIZE}:r={RATE}", 0),
    "colours": (f"gradients=s={SIZE}:r={RATE}:speed=0.02:seed=3", 0),
}
CHANGES: dict[str, str] = {
    "as it is": "null",
    "encoded badly": "scale=192:-2,noise=alls=8:allf=t",
    "brighter": "eq=brightness=0.08:contrast=1.2",
    "without colours": "hue=s=0",
    "cropped by a tenth on each side": "crop=iw*.8:ih*.8",
    "cropped by a twentieth": "crop=iw*.9:ih*.9",
    "cropped on the left": "crop=iw*.9:ih:iw*.1:0",
    "cropped at the bottom": "crop=iw:ih*.9:0:0",
    "mirrored": "hflip",
    "mirrored and cropped": "hflip,crop=iw*.86:ih*.86",
    "with bars": "pad=iw:ih*1.3:0:(oh-ih)/2",
    "with a title over it": "drawbox=x=iw*.1:y=ih*.8:w=iw*.5:h=ih*.1:color=white:t=fill",
    "begins five seconds later": "trim=start=5,setpts=PTS-STARTPTS",
    "twelve seconds of it": "trim=start=10:end=22,setpts=PTS-STARTPTS",
}


@dataclass
class Outcome:
    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    clear: int = 0


@dataclass(frozen=True)
class Looks:
    moments: dict[float, list[int]]
    length: float


def outcome(*, every: int = 1) -> Outcome:
    """Every copy is held against its original and all else, both ways round; with `every`, only
    every so many copies."""
    seen = Outcome()
    changes = list(CHANGES.items())[::every]
    for name, source in {**ORIGINALS, **OTHERS}.items():
        for change, filters in changes if name in ORIGINALS else changes[:1]:
            looks = _looks(source, filters)
            if looks is not None:
                _compare(seen, f"{name}, {change}", name, looks)
    return seen


def _compare(seen: Outcome, told: str, name: str, looks: Looks) -> None:
    for other, original in _originals():
        if other == name and told.endswith("as it is"):
            continue
        case = f"duplicate: {told} / {other}"
        found = _is_copy(looks, original) or _is_copy(original, looks)
        if other == name:
            (seen.right if found else seen.missed).append(case)
        elif found:
            seen.wrong.append(case)
        else:
            seen.clear += 1


def _originals() -> Iterator[tuple[str, Looks]]:
    for name, source in ORIGINALS.items():
        if (looks := _looks(source, "null")) is not None:
            yield name, looks


def _is_copy(ours: Looks, theirs: Looks) -> bool:
    kept = likeness.kept(theirs.moments, theirs.length)
    found = likeness.likeness_of(
        ours.moments, kept, our_length=ours.length, their_length=theirs.length
    )
    return found is not None


@cache
def _looks(source: tuple[str, float], filters: str) -> Looks | None:
    """What the clip looks like; None where it isn't there."""
    name, start = source
    drawn = "=" in name
    if not drawn and not (CLIPS / name).is_file():
        return None
    inputs = ["-f", "lavfi", "-i", name] if drawn else ["-ss", f"{start}", "-i", str(CLIPS / name)]
    chain = f"trim=duration={SECONDS},{filters},fps=1,scale=-2:'min(ih,540)'"
    done = subprocess.run(
        [
            *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", *inputs),
            *("-t", f"{SECONDS}", "-vf", chain, "-q:v", "4", "-f", "mjpeg", "-"),
        ],
        capture_output=True,
        check=True,
    )
    fingerprints = Fingerprints()
    number = 0
    for number, picture in enumerate(jpegs_in(done.stdout), 1):
        with Image.open(io.BytesIO(picture), formats=["JPEG"]) as image:
            fingerprints.see(Frame(float(number - 1), image.convert("RGB")))
    return Looks(dict(fingerprints.fact()), float(number))
