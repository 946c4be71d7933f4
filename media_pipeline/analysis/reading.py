"""Reads what is written in pictures (RapidOCR: its wheel brings the models along)."""

import ctypes
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

LOOKED_AT = 736  # pixels, the long edge of what lines are looked for in; read at full size
THREADS = 2
SETTINGS = {
    "Global.log_level": "critical",
    "Global.use_preprocess_img": False,
    "Det.limit_type": "max",
    "Det.limit_side_len": LOOKED_AT,
    # Nothing else that is heavy runs in the meantime. The arena would keep memory for good.
    "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
}
MARGIN = 0.12  # of a line's height, that is read with it
LOWEST = 9  # pixels; lines lower than that can't be read by people either

# mallopt(3): buffers of other sizes for each line leave holes; large ones are given back instead.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
GIVEN_BACK = 8 * 2**20  # bytes

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Box:
    """Pixels; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def overlap(self, other: "Box") -> float:
        """Common area as a share of all that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        if wide <= 0 or high <= 0:
            return 0.0
        common = wide * high
        return common / (self.width * self.height + other.width * other.height - common)

    def of(self, pixels: Pixels) -> Pixels:
        return pixels[self.top : self.bottom, self.left : self.right]


class Reader:
    """Loads the models when it first needs them: 0.1 s."""

    def __init__(self) -> None:
        _give_memory_back()
        # Takes a second, and where it can't be loaded only those fail who wanted to read.
        from rapidocr import RapidOCR  # noqa: PLC0415

        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        self._engine: Any = RapidOCR(params=SETTINGS)

    def lines_in(self, pixels: Pixels) -> list[Box]:
        """Where something is written, upright boxes in reading order."""
        found = self._engine(pixels, use_det=True, use_cls=False, use_rec=False)
        if getattr(found, "boxes", None) is None:
            return []
        return list(_upright(found.boxes, pixels.shape[1], pixels.shape[0]))

    def read(self, line: Pixels) -> tuple[str, float]:
        """What it says, and how sure that is (0 to 1)."""
        said = self._engine(line, use_det=False, use_cls=False, use_rec=True)
        if not getattr(said, "txts", None):
            return "", 0.0
        return str(said.txts[0]).strip(), float(said.scores[0])


def _upright(boxes: Any, width: int, height: int) -> Iterator[Box]:
    for corners in boxes:
        left, top = corners.min(axis=0)
        right, bottom = corners.max(axis=0)
        margin = round(float(bottom - top) * MARGIN)
        box = Box(
            left=max(0, int(left) - margin),
            top=max(0, int(top) - margin // 2),
            right=min(width, int(right) + margin),
            bottom=min(height, int(bottom) + margin // 2),
        )
        if box.height >= LOWEST and box.width >= LOWEST:
            yield box


def _give_memory_back() -> None:
    """Halves what this process holds; where the C library isn't GNU's, it holds what it holds."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(M_MMAP_THRESHOLD, GIVEN_BACK)
        libc.mallopt(M_TRIM_THRESHOLD, 2 * GIVEN_BACK)
