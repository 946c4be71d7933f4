"""Reads samples of sound: where it is silent, where it was overdriven, and its waveform.

Runs in a process of its own (`python -m media_pipeline.analysis.samples FILE`, numbers of 32 bits
for two channels in turn, 48,000 a second); answers in JSON, with names of encoding.sound.Loudness.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 48_000
WINDOW = SAMPLE_RATE // 20  # samples that are judged together: 50 ms
SILENT = 10 ** (-60 / 20)  # root mean square; a recorded room is louder
SHORTEST_SILENCE = 1.0  # seconds
BARS = 400  # of the waveform, at most
Floats = NDArray[np.float32]

# Overdriven sound has its waves cut off: many samples of a window lie close together at the very
# top, on plateaus. AAC and MP3 make the plateaus wavy, so "close" is not "equal"; a limiter's
# peaks are round, so they leave few there.
LOUD = 0.5  # a peak below this (−6 dB) was hardly cut off
CLOSE = 0.05  # of the peak
PLATEAU = 4  # samples next to each other that make one
CUT_SHARE = 0.02  # of a window's samples on plateaus that make it overdriven
SHORTEST_CUT = 0.2  # seconds


def read(path: Path) -> dict[str, Any]:
    samples: Floats = np.memmap(path, dtype="<f4", mode="r") if path.stat().st_size else _nothing()
    samples = samples[: len(samples) // 2 * 2].reshape(-1, 2)
    return {
        "seconds": round(len(samples) / SAMPLE_RATE, 3),
        "silences": silences(samples),
        "overdriven": overdriven(samples),
        "waveform": waveform(samples),
    }


def silences(samples: Floats) -> list[list[float]]:
    """[start, end] in seconds of each stretch that nobody can hear."""
    windows = _windows(samples)
    power = np.square(windows, dtype=np.float64).mean(axis=1).max(axis=1)
    return _stretches(np.sqrt(power) < SILENT, SHORTEST_SILENCE, gap=0.0)


def overdriven(samples: Floats) -> list[list[float]]:
    """[start, end] in seconds of each stretch whose waves are cut off."""
    windows = _windows(samples)
    peaks = np.abs(windows).max(axis=1, keepdims=True)
    close = (np.abs(windows) > peaks * (1 - CLOSE)) & (peaks > LOUD)
    plateau = close.copy()
    for shift in range(1, PLATEAU):
        plateau[:, shift:] &= close[:, :-shift]
    share = plateau.mean(axis=1).max(axis=1)
    return _stretches(share > CUT_SHARE, SHORTEST_CUT, gap=1.0)


def waveform(samples: Floats) -> list[int]:
    """The highest peak in each of up to 400 equal parts, in percent of full scale."""
    bars = min(BARS, len(samples))
    if not bars:
        return []
    edges = np.linspace(0, len(samples), bars, endpoint=False).astype(int)
    peaks = np.maximum.reduceat(np.abs(samples).max(axis=1), edges)
    return [int(value) for value in np.clip(np.rint(peaks * 100), 0, 100)]


def _windows(samples: Floats) -> Floats:
    """(window, sample, channel)"""
    count = len(samples) // WINDOW
    return samples[: count * WINDOW].reshape(count, WINDOW, 2)


def _stretches(flags: NDArray[np.bool_], shortest: float, *, gap: float) -> list[list[float]]:
    """Runs of True windows as seconds; what lies less than `gap` apart is one."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    found: list[list[float]] = []
    for first, end in zip(edges[::2] * WINDOW, edges[1::2] * WINDOW, strict=True):
        start, stop = first / SAMPLE_RATE, end / SAMPLE_RATE
        if found and start - found[-1][1] < gap:
            found[-1][1] = stop
        else:
            found.append([start, stop])
    return [[round(start, 2), round(stop, 2)] for start, stop in found if stop - start >= shortest]


def _nothing() -> Floats:
    return np.zeros(0, dtype=np.float32)


if __name__ == "__main__":
    print(json.dumps(read(Path(sys.argv[1]))))
