"""What the corpus of benchmarks/findings.py is made with: cases, and ffmpeg to make their clips.

Everything is made anew by ffmpeg, the same every time: from pictures and sounds that ffmpeg draws,
and from the real clips in ../shared/data beside the checkout where those are."""

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

CLIPS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "clips"
SIZE = "640x360"
RATE = 25
H264 = ("-c:v", "libx264", "-preset", "superfast", "-crf", "18", "-pix_fmt", "yuv420p")


class MissingClipError(Exception):
    """A case needs a real clip that isn't there."""


@dataclass(frozen=True)
class Case:
    name: str
    kinds: frozenset[str]
    """What must be found (values of choices.FindingKind)."""
    make: Callable[[Path], Path]
    """Makes the clip in a folder. Raises MissingClipError."""
    allowed: frozenset[str] = frozenset()
    """What may be found besides, because it is there too, or nearly."""


def excerpt(name: str, start: float, seconds: float) -> list[str]:
    """Arguments for ffmpeg: a part of a real clip."""
    return ["-ss", f"{start}", "-t", f"{seconds}", "-i", f"clip:{name}"]


def drawn(source: str, seconds: float) -> list[str]:
    """Arguments for ffmpeg: a picture or a sound that one of its sources draws."""
    return ["-f", "lavfi", "-t", f"{seconds}", "-i", source]


def maker(
    inputs: Sequence[Sequence[str]],
    graph: str,
    *,
    codec: Sequence[str] = H264,
    sound: Sequence[str] = ("-c:a", "aac", "-b:a", "160k"),
    ending: str = "mp4",
) -> Callable[[Path], Path]:
    """What makes a clip of the inputs; the graph's outputs are [v] and, if it has sound, [a]."""

    def make(folder: Path) -> Path:
        path = folder / f"clip.{ending}"
        found = [_there(argument) for one in inputs for argument in one]
        outputs = ["-map", "[v]"] if "[v]" in graph else []
        if graph.endswith("[a]"):
            outputs += ["-map", "[a]", *sound]
        _run([*found, "-filter_complex", graph, *outputs, *codec, str(path)])
        return path

    return make


def many(
    name: str,
    kinds: Sequence[str],
    makers: dict[str, Callable[[Path], Path]],
    *,
    allowed: Sequence[str] = (),
) -> list[Case]:
    """A case for each way of making it."""
    return [
        Case(f"{name}: {variant}", frozenset(kinds), make, frozenset(allowed))
        for variant, make in makers.items()
    ]


# Moving pictures to do something to: (arguments, what makes [base] of the first input).
_EVEN = f"[0:v]fps={RATE},scale={SIZE.replace('x', ':')},setsar=1,format=yuv420p[base]"


def bases(seconds: float) -> dict[str, tuple[list[str], str]]:
    """By name: pictures that nothing is wrong with."""
    film, corridor = "bbb_1080p24_43s_noaudio.mp4", "live_768x432_10fps_139s_noaudio.mp4"
    bottles = "product_bottles_360p30_40s_noaudio.mp4"
    return {
        "film at 2 s": (excerpt(film, 2, seconds), _EVEN),
        "film at 14 s": (excerpt(film, 14, seconds), _EVEN),
        "film at 30 s": (excerpt(film, 30, seconds), _EVEN),
        "bottles": (excerpt(bottles, 8, seconds), _EVEN),
        "corridor": (excerpt(corridor, 40, seconds), _EVEN),
        "fractal": (drawn(f"mandelbrot=s={SIZE}:r={RATE}:start_scale=0.4", seconds), _EVEN),
        "test picture": (drawn(f"testsrc2=s={SIZE}:r={RATE}", seconds), _EVEN),
    }


def over_bases(
    graph: str, *, seconds: float = 6, only: Sequence[str] = (), **options: object
) -> dict[str, Callable[[Path], Path]]:
    """The graph, from [base] to [v], done to each base."""
    return {
        name: maker([arguments], f"{even};{graph}", **options)  # type: ignore[arg-type]
        for name, (arguments, even) in bases(seconds).items()
        if not only or name in only
    }


def _there(argument: str) -> str:
    if not argument.startswith("clip:"):
        return argument
    path = CLIPS / argument.removeprefix("clip:")
    if not path.is_file():
        raise MissingClipError(path.name)
    return str(path)


def _run(arguments: Sequence[str]) -> None:
    program = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y"]
    done = subprocess.run([*program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}\n{done.stderr[-1500:]}")
