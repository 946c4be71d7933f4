"""A mark that stands in the same place all the time while the picture moves: a watermark.

Edges are followed instead of colours, because marks are often half transparent: where something
is laid over a moving picture, its edges have the same direction and strength in every frame, and
the picture's own don't. What stands still because the camera does is no mark, and can't be told
from one: there nothing is said.
"""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media_pipeline.analysis.material import Found, Frame
from media_pipeline.analysis.reading import Box, Pixels, Reader

WATERMARK = "watermark"
LONG_EDGE = 320  # pixels of the picture that edges are followed in
LEAST_FRAMES = 6  # that show something else each
CHANGED = 9.0  # mean difference of levels, of 255, that makes another picture of it
EDGE = 4.0  # levels from one pixel to the next, in the middle one of all frames
SAME = 0.4  # of an edge's usual strength, that it must have
STEADY = 0.8  # of all frames, in which it must
STRIP = 20  # rows looked at together: memory
MOST_FRAMES = 96
STILL_SHARE = 0.12  # of the picture, that may be steady edges; more, and the camera stands still
MOVING_SHARE = 0.5  # of the picture, that must move
LINE = 0.6  # of a side; steady edges that long are those of bars, not of a mark
PART = (5, 5)
LEAST_OF_PART = 6  # pixels
JOIN = (17, 9)  # pixels beside and above each other, between parts of one mark
SMALLEST = (10, 5)  # pixels, wide and high
LARGEST = 0.3  # of the picture
LEAST_FILLED, LEAST_EDGES = 0.15, 24  # of a mark's box, with edges; and pixels of them
AROUND = 14  # pixels around a mark that should move
MOVING_AROUND = 0.6  # of that
MOVES = 14.0  # standard deviation over time, of 255, of what moves
KEPT = 6  # frames in which the mark is read
LETTERS = 3
SURE = 0.7

Grey = NDArray[np.float32]


class Marks:
    """Looks at frame after frame."""

    def __init__(self) -> None:
        self._last: Grey | None = None
        self._greys: list[NDArray[np.uint8]] = []
        self._frames: list[Frame] = []
        self._end = 0.0

    def see(self, frame: Frame) -> None:
        self._end = frame.second + 1.0
        grey = _small(frame.image)
        if self._last is not None and float(np.abs(grey - self._last).mean()) < CHANGED:
            return
        self._last = grey
        self._greys.append(grey.astype(np.uint8))
        if len(self._greys) > MOST_FRAMES:
            self._greys = self._greys[::2]
        self._keep(frame)

    def found(self) -> list[Found]:
        if len(self._greys) < LEAST_FRAMES:
            return []
        greys = np.stack(self._greys)
        moving = greys.std(axis=0, dtype=np.float32) > MOVES
        steady = _steady(greys)
        if moving.mean() < MOVING_SHARE or steady.mean() > STILL_SHARE:
            return []
        boxes = [box for box in _boxes(steady) if _is_mark(box, steady, moving)]
        return [self._finding(box, steady.shape) for box in boxes]

    def _keep(self, frame: Frame) -> None:
        """A few to read the mark in, spread over all that came so far."""
        self._frames.append(frame)
        if len(self._frames) > 2 * KEPT:
            self._frames = self._frames[::2]

    def _finding(self, box: Box, shape: tuple[int, int]) -> Found:
        middle = self._frames[len(self._frames) // 2]
        return Found(WATERMARK, 0.0, self._end, self._text(box, shape), shown_at=middle.second)

    def _text(self, box: Box, shape: tuple[int, int]) -> str:
        """What most frames agree is written there."""
        reader = Reader()
        said: dict[str, float] = {}
        for frame in self._frames:
            pixels = _cut(frame.image, box, frame.image.width / shape[1])
            for line in reader.lines_in(pixels):
                text, sure = reader.read(line.of(pixels))
                if sure >= SURE and sum(letter.isalnum() for letter in text) >= LETTERS:
                    said[text] = said.get(text, 0.0) + sure
        return max(said, key=lambda text: said[text]) if said else ""


def _cut(image: Image.Image, box: Box, scale: float) -> Pixels:
    """The mark with a little around it, large enough to read."""
    cut = image.crop(  # black outside of the picture
        (
            round((box.left - 8) * scale),
            round((box.top - 6) * scale),
            round((box.right + 8) * scale),
            round((box.bottom + 6) * scale),
        )
    )
    cut = cut.resize((cut.width * 2, cut.height * 2), Image.Resampling.BICUBIC)
    return np.ascontiguousarray(np.asarray(cut)[:, :, ::-1])


def _small(image: Image.Image) -> Grey:
    scale = LONG_EDGE / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return np.asarray(image.convert("L").resize(size, Image.Resampling.BOX), dtype=np.float32)


def _steady(greys: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where there is an edge in the same direction in nearly all frames. Their middle one says
    which: the mean would listen to a few strong edges of the picture's own."""
    steady = np.zeros_like(greys[0], dtype=np.bool_)
    for top in range(0, steady.shape[0], STRIP):
        # One row above and below, for the differences there.
        strip = greys[:, max(0, top - 1) : top + STRIP + 1].astype(np.float32)
        down, across = np.gradient(strip, axis=(1, 2))
        usual_down, usual_across = np.median(down, axis=0), np.median(across, axis=0)
        strength = np.hypot(usual_down, usual_across)
        along = (down * usual_down + across * usual_across) / np.maximum(strength, 1e-6)
        often = (along > SAME * strength).mean(axis=0)
        here = (strength > EDGE) & (often > STEADY)
        steady[top : top + STRIP] = here[min(top, 1) :][:STRIP]
    return steady


def _boxes(steady: NDArray[np.bool_]) -> Iterator[Box]:
    """Around steady edges that are close to each other. What is scattered is left out before:
    else a mark would hang together with specks of the picture's own."""
    mask = steady.copy()
    mask[steady.mean(axis=1) > LINE, :] = False
    mask[:, steady.mean(axis=0) > LINE] = False
    dense = np.zeros_like(mask)
    for part in _parts(mask, PART):
        box = _around(part)
        if int(part.sum()) >= LEAST_OF_PART and _filled(part, box) >= LEAST_FILLED:
            dense |= part
    for part in _parts(dense, JOIN):
        yield _around(part)


def _parts(mask: NDArray[np.bool_], join: tuple[int, int]) -> Iterator[NDArray[np.bool_]]:
    """What hangs together, with gaps of up to so many pixels beside and above each other."""
    near = cv2.dilate(mask.astype(np.uint8), np.ones(join[::-1], np.uint8))
    count, labels = cv2.connectedComponents(near)
    for label in range(1, count):
        yield (labels == label) & mask


def _around(part: NDArray[np.bool_]) -> Box:
    rows, columns = np.nonzero(part)
    return Box(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)


def _filled(mask: NDArray[np.bool_], box: Box) -> float:
    return float(mask[box.top : box.bottom, box.left : box.right].mean())


def _is_mark(box: Box, steady: NDArray[np.bool_], moving: NDArray[np.bool_]) -> bool:
    if box.width < SMALLEST[0] or box.height < SMALLEST[1]:
        return False
    if box.width * box.height > LARGEST * steady.size:
        return False
    inside = steady[box.top : box.bottom, box.left : box.right]
    if float(inside.mean()) < LEAST_FILLED or int(inside.sum()) < LEAST_EDGES:
        return False
    around = np.zeros_like(steady)
    around[
        max(0, box.top - AROUND) : box.bottom + AROUND,
        max(0, box.left - AROUND) : box.right + AROUND,
    ] = True
    around[box.top : box.bottom, box.left : box.right] = False
    return float(moving[around].mean()) >= MOVING_AROUND
