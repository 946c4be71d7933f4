"""A source's streams as they would be served, read from the rows and from storage."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from media_pipeline import blobs, packaging
from media_pipeline.models import Rendition


class StoredReader:
    """`Reader` for renditions of one source; `frame_rate` is a fraction."""

    def __init__(self, renditions: Sequence[Rendition], frame_rate: tuple[int, int]) -> None:
        self._renditions = {f"{one.name}.mp4": one for one in renditions}
        self._frame_rate = frame_rate

    def text(self, address: str) -> str:
        """Raises ValueError for one that players would not find."""
        rungs = list(self._renditions.values())
        text = packaging.playlist(address, rungs, frame_rate=self._frame_rate)
        if text is None:
            raise ValueError(f"There is no {address}.")
        return text

    def file(self, address: str) -> AbstractContextManager[Path]:
        """Raises ValueError for one that players would not find."""
        if address not in self._renditions:
            raise ValueError(f"There is no {address}.")
        return blobs.local_copy(self._renditions[address].path)
