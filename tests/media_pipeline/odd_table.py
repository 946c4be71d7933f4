"""What becomes of each odd file: `python -m tests.media_pipeline.odd_table [PART OF A NAME …]`
makes them, tries them and prints a table in Markdown. The real clips beside the checkout
(shared/data/clips) come first where they are there."""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.media_pipeline.odd_files import ALL, TAKEN

CLIPS = Path(__file__).resolve().parents[3] / "shared" / "data" / "clips"


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    size: int
    """Bytes."""
    fate: str
    """TAKEN, or the sentence with which it was refused."""
    seconds: float
    """By the clock, for probing and, where it was taken, for its smallest rung."""
    problems: tuple[str, ...]
    """What is wrong with the rung, if anything is."""
    shown: tuple[int, int] | None
    """The picture's size as it should be seen."""


def try_file(path: Path, folder: Path) -> Outcome:
    """Probes it and, where it is taken, makes its smallest rung in the folder, with all that the
    checks need, and looks at that. What can't be processed for another reason raises."""
    from media_pipeline import checks, probing  # noqa: PLC0415 - after Django was set up
    from media_pipeline.errors import MediaRefusedError  # noqa: PLC0415

    begun = time.monotonic()
    found = probing.probe(path)
    refusal = checks.refusal_of(found)
    problems: list[str] = []
    if refusal is None:
        try:
            problems = list(_problems(found, smallest_rung(path, found, folder)))
        except MediaRefusedError as error:
            refusal = str(error)
    video = found.video
    return Outcome(
        size=path.stat().st_size,
        fate=refusal or TAKEN,
        seconds=time.monotonic() - begun,
        problems=tuple(problems),
        shown=(video.display_width, video.display_height) if video else None,
    )


def smallest_rung(path: Path, found, folder: Path) -> Path:
    """Listens to the file and makes the rung in the folder, as the pipeline's steps do."""
    from media_pipeline import encoding  # noqa: PLC0415 - after Django was set up
    from media_pipeline.encoding import sound  # noqa: PLC0415
    from media_pipeline.ladder import rungs_for  # noqa: PLC0415

    loudness = sound.measure(path, found, folder, lambda done: None) if found.audio else None

    rungs = rungs_for(
        width=found.video.display_width,
        height=found.video.display_height,
        frame_rate=encoding.frame_rate_of(found),
    )
    job = encoding.Job(source=path, probe=found, loudness=loudness, rungs=rungs[-1:], folder=folder)
    encoding.encode(job, on_progress=lambda fraction: None)
    return folder / f"{rungs[-1].name}.mp4"


def our_own(path: Path):
    """What a probe finds in a file that is no stranger's: without a sandbox, which takes time."""
    from media_pipeline.inspection.__main__ import Most, inspect  # noqa: PLC0415 - PyAV is large
    from media_pipeline.probing import Probe  # noqa: PLC0415 - after Django was set up

    most = Most(streams=2, pixels=8192 * 4320, pictures=100_000)
    return Probe.from_facts({"container": "mov"} | inspect(str(path), container="mov", most=most))


def _problems(source, path: Path) -> Iterator[str]:
    """What isn't as every rung must be: upright, square, progressive, BT.709 in 8 bits and
    limited range, at a constant rate of 60 or less, as long as its source, with sound or not."""
    made = our_own(path)
    video = made.video
    shape = (source.video.display_width / source.video.display_height) / (
        video.display_width / video.display_height
    )
    wanted = {
        "codec": (video.codec, "h264"),
        "pixels": (video.pixel_format, "yuv420p"),
        "rotation": (video.rotation, 0),
        "colours": ((video.matrix, video.primaries, video.curve), (1, 1, 1)),
        "range": (video.full_range, False),
        "fields": (video.interlaced, False),
        "rate varies": (video.variable_rate, False),
        "rate above 60": (video.frame_rate > 60.1, False),
        "shape": (0.98 < shape < 1.02, True),
        "square pixels": ((video.width, video.height), (video.display_width, video.display_height)),
        "begins late": (abs(video.start) < 0.001, True),
        "length": (abs(made.seconds - source.seconds) < 0.15, True),
        "sound": (made.audio is not None, source.audio is not None),
        "channels": (made.audio.channels if made.audio else 2, 2),
    }
    for what, (is_, should) in wanted.items():
        if is_ != should:
            yield f"{what}: {is_}"


def main(parts: list[str]) -> None:
    """Prints the table."""
    print("| file | bytes | seconds | fate |\n| --- | --- | --- | --- |")
    trials = {name: odd.make for name, odd in ALL.items()}
    if CLIPS.is_dir():
        real = sorted(path for path in CLIPS.rglob("*") if path.suffix in {".mp4", ".mov", ".mkv"})
        trials = {path.name: lambda folder, path=path: path for path in real} | trials
    for name, make in trials.items():
        if parts and not any(part in name for part in parts):
            continue
        with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as folder:
            try:
                outcome = try_file(make(Path(made)), Path(folder))
            except Exception as error:
                print(f"| {name} | | | FAILED: {error!r} {getattr(error, 'log', '')} |", flush=True)
                continue
        fate = "; ".join((outcome.fate, *outcome.problems))
        print(f"| {name} | {outcome.size:,} | {outcome.seconds:.1f} | {fate} |", flush=True)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nThe most memory that any program took: {most:.0f} MB.")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    main(sys.argv[1:])
