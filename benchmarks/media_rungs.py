"""The pipeline's own encode of one file and nothing else: `python -m benchmarks.media_rungs CLIP
FOLDER`. A process of its own, so that benchmarks/media.py can measure it."""

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from media_pipeline import encoding, ladder, probing  # noqa: E402 - Django comes first


def main() -> None:
    clip, folder = Path(sys.argv[1]), Path(sys.argv[2])
    probe = probing.probe(clip)
    if probe.video is None:
        sys.exit("There is no picture in it.")
    rungs = ladder.rungs_for(
        width=probe.video.display_width,
        height=probe.video.display_height,
        frame_rate=encoding.frame_rate_of(probe),
    )
    job = encoding.Job(
        source=clip, probe=probe, loudness=None, rungs=rungs, folder=folder, with_extracts=False
    )
    encoding.encode(job, on_progress=lambda done: None)


if __name__ == "__main__":
    main()
