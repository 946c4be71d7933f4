"""Which moment of a video to show before it plays."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageFilter, ImageStat

# Where to look for a poster, of the whole length: not the first frame, which is often black.
MOMENTS = (0.08, 0.25, 0.42, 0.6, 0.8)
DARK, BRIGHT = 40, 215  # mean levels, of 255, beyond which little can be seen


def best_of(paths: Sequence[Path]) -> Path:
    """The picture with most to see in it."""
    return max(paths, key=_interest)


def _interest(path: Path) -> float:
    """Contrast times sharpness, less for what is nearly black or white."""
    with Image.open(path, formats=["PNG"]) as image:
        small = image.convert("L")
    small.thumbnail((320, 320))
    statistics = ImageStat.Stat(small)
    edges = ImageStat.Stat(small.filter(ImageFilter.FIND_EDGES)).mean[0]
    mean = statistics.mean[0]
    visible = 1.0 if DARK <= mean <= BRIGHT else 0.3
    return (statistics.stddev[0] + 1) * (edges + 1) * visible
