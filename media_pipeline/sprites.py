"""The small pictures that a player shows while somebody moves along the seek bar: all in one
file, some seconds apart."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

INTERVAL = 2  # seconds
LONG_EDGE = 160  # pixels of a tile
COLUMNS = 10
QUALITY = 60


@dataclass(frozen=True, slots=True)
class Sprite:
    content: bytes
    """WebP."""
    columns: int
    tiles: int
    width: int
    """Pixels of one tile."""
    height: int

    def details(self) -> dict[str, float]:
        """For `Asset.details`."""
        return {
            "interval": INTERVAL,
            "columns": self.columns,
            "tiles": self.tiles,
            "width": self.width,
            "height": self.height,
        }


def sprite_of(frames: Sequence[bytes], *, duration: float) -> Sprite:
    """Of JPEGs one second apart, of which at least one must be there; `duration` is in
    seconds."""
    wanted = max(1, min(math.ceil(duration / INTERVAL), math.ceil(len(frames) / INTERVAL)))
    columns = min(COLUMNS, wanted)
    sheet = None
    width = height = 0
    for number, data in enumerate(frames[::INTERVAL][:wanted]):
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as frame:
            frame.draft("RGB", (LONG_EDGE * 2, LONG_EDGE * 2))  # decodes no more than is needed
            tile = frame.convert("RGB")
        if sheet is None:
            scale = LONG_EDGE / max(tile.size)
            width, height = (max(1, round(edge * scale)) for edge in tile.size)
            sheet = Image.new("RGB", (columns * width, math.ceil(wanted / columns) * height))
        place = (number % columns * width, number // columns * height)
        sheet.paste(tile.resize((width, height), Image.Resampling.LANCZOS), place)
    if sheet is None:
        raise ValueError("A sprite needs at least one frame.")
    target = io.BytesIO()
    sheet.save(target, "WEBP", quality=QUALITY, method=4)
    return Sprite(
        content=target.getvalue(), columns=columns, tiles=wanted, width=width, height=height
    )
