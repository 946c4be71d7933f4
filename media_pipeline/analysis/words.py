"""Web addresses, telephone numbers and prices that are written in the picture.

Reading is dear, so it is done where something changed, and every other second at most: a picture
that looks like the last one says the same, and so does a line that looks as it did before.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media_pipeline.analysis.material import Found, Frame
from media_pipeline.analysis.patterns import matters_in
from media_pipeline.analysis.reading import Box, Pixels, Reader
from media_pipeline.analysis.sightings import Sightings

PAUSE = 2.0  # seconds from one reading to the next
GLANCE = (96, 54)  # pixels of the small picture that tells whether anything changed
UNCHANGED = 24.0  # the most that any part of it may differ by, of 255
LINE_GLANCE = (48, 12)
SAME_LINE = 10.0  # mean difference of levels, of 255
SAME_PLACE = 0.6  # common share of two boxes
LINES_AT_MOST = 24  # of one picture; the largest
SURE_ENOUGH = 0.75
SURE = 0.85  # what one sight of each finding must be
SAME_ROW = 0.6  # of a line's height, that two words' middles may be apart by half of


@dataclass(slots=True)
class Line:
    box: Box
    look: NDArray[np.int16]
    text: str
    sure: float


class Words:
    """Reads frame after frame."""

    def __init__(self) -> None:
        self._reader = Reader()
        self._sightings = Sightings()
        self._look: NDArray[np.int16] | None = None
        self._read_at = 0.0
        self._lines: list[Line] = []

    def see(self, frame: Frame) -> None:
        look = _look(frame.image, GLANCE)
        if self._look is None or np.abs(look - self._look).max() > UNCHANGED:
            if self._look is not None and frame.second - self._read_at < PAUSE:
                return
            self._look, self._read_at = look, frame.second
            self._lines = self._read(frame.image)
        for text, sure in _said(self._lines):
            for matter in matters_in(text, misread=True):
                self._sightings.note(matter.kind, matter.text, frame.second, sure)

    def found(self) -> list[Found]:
        return self._sightings.found(least_sure=SURE)

    def _read(self, image: Image.Image) -> list[Line]:
        # The models were taught with blue first.
        pixels: Pixels = np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
        boxes = sorted(self._reader.lines_in(pixels), key=lambda box: -box.height)[:LINES_AT_MOST]
        return [self._line(image, pixels, box) for box in boxes]

    def _line(self, image: Image.Image, pixels: Pixels, box: Box) -> Line:
        look = _look(image.crop((box.left, box.top, box.right, box.bottom)), LINE_GLANCE)
        for old in self._lines:
            if _is_same(old, box, look):
                return Line(box, look, old.text, old.sure)
        return Line(box, look, *self._reader.read(box.of(pixels)))


def _look(image: Image.Image, size: tuple[int, int]) -> NDArray[np.int16]:
    return np.asarray(image.convert("L").resize(size, Image.Resampling.BOX), dtype=np.int16)


def _is_same(old: Line, box: Box, look: NDArray[np.int16]) -> bool:
    return old.box.overlap(box) >= SAME_PLACE and float(np.abs(old.look - look).mean()) <= SAME_LINE


def _said(lines: list[Line]) -> list[tuple[str, float]]:
    """Each line, and the words of one row together: a number may have been cut in two."""
    read = [line for line in lines if line.sure >= SURE_ENOUGH and line.text]
    said = [(line.text, line.sure) for line in read]
    for row in _rows(read):
        if len(row) > 1:
            said.append((" ".join(line.text for line in row), min(line.sure for line in row)))
    return said


def _rows(lines: list[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.left):
        row = next((row for row in rows if _continues(row[-1].box, line.box)), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    return rows


def _continues(left: Box, right: Box) -> bool:
    """Whether it stands right behind it, as high and on the same row."""
    height = max(left.height, right.height)
    apart = abs((left.top + left.bottom) - (right.top + right.bottom)) / 2
    return (
        apart <= height * SAME_ROW / 2
        and min(left.height, right.height) >= height * SAME_ROW
        and -height <= right.left - left.right <= height * 1.5
    )
