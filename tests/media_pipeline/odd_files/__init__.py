"""Odd, broken and hostile files, each with the fate it must have; made when they are needed.
`python -m tests.media_pipeline.odd_table` prints them all with what became of them."""

from tests.media_pipeline.odd_files import broken, hostile, strange, usual
from tests.media_pipeline.odd_files.making import ANY, TAKEN, Odd

ALL: dict[str, Odd] = {
    **{odd.name: odd for odd in usual.FILES},
    **{odd.name: odd for odd in strange.FILES},
    **{odd.name: odd for odd in broken.FILES},
    **{odd.name: odd for odd in hostile.FILES},
}

__all__ = ["ALL", "ANY", "TAKEN", "Odd"]
