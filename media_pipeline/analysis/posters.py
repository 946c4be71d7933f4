"""Which moments of a video show it best, and the colour that dominates it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media_pipeline.analysis.material import Frame

LONG_EDGE = 320  # pixels of the picture that is judged
MOMENTS = 8  # at the most
EDGES = 0.05  # of the length, at either end: often fades and titles
DARK, BRIGHT = 16, 239  # levels of grey, of 255, beyond which nothing can be seen
CUT = 45.0  # mean difference of levels from one second to the next, after which it is another scene
ALIKE = 14.0  # mean difference of levels, below which two moments show the same
LOOK = (16, 9)
LEVELS = 6  # of each of red, green and blue that colours are counted in
GREYISH = 0.15  # saturation below which a colour is a kind of grey
GREY_WEIGHT = 0.35  # of such a pixel: walls and skies shouldn't outvote the product
SAMPLE = (48, 48)


@dataclass(frozen=True, slots=True)
class _Moment:
    second: float
    merit: float
    look: NDArray[np.float32]


class Moments:
    """Looks at frame after frame."""

    def __init__(self, duration: float) -> None:
        self._duration = duration
        self._moments: list[_Moment] = []

    def see(self, frame: Frame) -> None:
        small = frame.image.copy()
        small.thumbnail((LONG_EDGE, LONG_EDGE))
        look = np.asarray(small.resize(LOOK, Image.Resampling.BOX), dtype=np.float32)
        self._moments.append(_Moment(frame.second, _merit(small), look))

    def fact(self) -> list[float]:
        """Seconds, the best first; no two that look the same."""
        ranked = sorted(self._moments, key=lambda moment: -self._standing(moment))
        chosen: list[_Moment] = []
        for moment in ranked:
            if all(_apart(moment, other) > ALIKE for other in chosen):
                chosen.append(moment)
        return [moment.second for moment in chosen[:MOMENTS]]

    def _standing(self, moment: _Moment) -> float:
        """Its merit, less at the ends and beside a cut, where it may be half of two scenes."""
        standing = moment.merit
        share = moment.second / self._duration if self._duration else 0.0
        if not EDGES <= share <= 1 - EDGES:
            standing *= 0.6
        number = round(moment.second)
        for neighbour in self._moments[max(0, number - 1) : number + 2]:
            if _apart(moment, neighbour) > CUT:
                standing *= 0.9
        return standing


class Colour:
    """Looks at frame after frame."""

    def __init__(self) -> None:
        self._weights = np.zeros(LEVELS**3)
        self._sums = np.zeros((LEVELS**3, 3))

    def see(self, frame: Frame) -> None:
        small = frame.image.resize(SAMPLE, Image.Resampling.BOX)
        pixels = np.asarray(small, dtype=np.float64).reshape(-1, 3)
        brightest, darkest = pixels.max(axis=1), pixels.min(axis=1)
        saturation = (brightest - darkest) / np.maximum(brightest, 1)
        weight = np.where(saturation < GREYISH, GREY_WEIGHT, 1.0)
        weight[brightest < DARK] = 0.05
        kinds = ((pixels * LEVELS).astype(np.int64) // 256) @ np.array([LEVELS**2, LEVELS, 1])
        np.add.at(self._weights, kinds, weight)
        np.add.at(self._sums, kinds, pixels * weight[:, None])

    def fact(self) -> str:
        """As '#rrggbb'; nothing where there was no frame."""
        most = int(self._weights.argmax())
        if not self._weights[most]:
            return ""
        red, green, blue = (int(level) for level in self._sums[most] / self._weights[most] + 0.5)
        return f"#{red:02x}{green:02x}{blue:02x}"


def _merit(image: Image.Image) -> float:
    """What there is to see: contrast, sharpness where it is sharpest, colours, something in the
    middle, in a light in which all of it is visible."""
    pixels = np.asarray(image, dtype=np.float32)
    grey = pixels.mean(axis=2)
    visible = float(((grey > DARK) & (grey < BRIGHT)).mean())
    contrast = min(1.0, float(grey.std()) / 64)
    sharpness = min(1.0, _sharpest(grey) / 40)
    colours = min(1.0, float((pixels.max(axis=2) - pixels.min(axis=2)).mean()) / 80)
    exposure = 1.0 - abs(float(grey.mean()) - 118) / 160
    seen = (0.25 + contrast) * (0.15 + sharpness) * (0.4 + 0.6 * colours)
    return seen * (0.7 + 0.3 * _in_the_middle(grey)) * visible * exposure


def _sharpest(grey: NDArray[np.float32]) -> float:
    """How strong edges are in the part that is in focus: the rest may well be soft."""
    edges = _edges(grey)
    return float(np.percentile(edges, 95)) if edges.size else 0.0


def _in_the_middle(grey: NDArray[np.float32]) -> float:
    """Whether there is more to see in the middle than around it (0 to 1)."""
    high, wide = grey.shape[0] // 4, grey.shape[1] // 4
    middle = float(_edges(grey[high : 3 * high, wide : 3 * wide]).mean()) if high and wide else 0.0
    return min(1.0, middle / max(1.0, 1.5 * float(_edges(grey).mean())))


def _edges(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.abs(
        4 * grey[1:-1, 1:-1] - grey[:-2, 1:-1] - grey[2:, 1:-1] - grey[1:-1, :-2] - grey[1:-1, 2:]
    )


def _apart(one: _Moment, other: _Moment) -> float:
    return float(np.abs(one.look - other.look).mean())
