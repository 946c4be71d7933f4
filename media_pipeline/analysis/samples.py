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

# Overdriven sound has its waves cut off: they go up steeply, stay near the top for a while, and
# go down steeply. Had they gone on as they went up and came down, their tops (parabolas) would
# stand far above. The tops of whole waves don't, and neither do a limiter's, which are round.
# AAC and MP3 make the cut tops wavy, so "near the top" is not "at the top".
LOUD = 0.35  # a top below this (−9 dB) was hardly cut off
TOP = 0.98  # quantile of a window's samples that is its top: AAC adds peaks of its own
NEAR = 0.12  # of the top
PLATEAU = 4  # samples next to each other that make one
SLOPE = 3  # samples over which going up and coming down are measured
MISSING = 0.25  # of the top, that is missing above the plateau
CUT_SHARE = 0.03  # of a window's samples on such plateaus that make it overdriven
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
    windows = len(samples) // WINDOW
    flags = np.zeros(windows, bool)
    for channel in range(2):
        wave = np.ascontiguousarray(samples[: windows * WINDOW, channel])
        flags |= _cut(wave).reshape(windows, WINDOW).mean(axis=1) > CUT_SHARE
    return _stretches(flags, SHORTEST_CUT, gap=1.0)


def _cut(wave: Floats) -> NDArray[np.bool_]:
    """For every sample of one channel, a whole number of windows: whether it is on a plateau
    that is a cut-off top."""
    cut = np.zeros(len(wave), bool)
    for side in (wave, -wave):
        tops = np.repeat(np.quantile(side.reshape(-1, WINDOW), TOP, axis=1), WINDOW)
        near = (side > tops * (1 - NEAR)) & (tops > LOUD)
        starts, ends = _runs(near)
        inside = (ends - starts >= PLATEAU) & (starts >= SLOPE) & (ends + SLOPE <= len(wave))
        starts, ends = starts[inside], ends[inside]
        rise = (side[starts] - side[starts - SLOPE]) / SLOPE
        fall = (side[ends - 1] - side[ends - 1 + SLOPE]) / SLOPE
        expected = np.minimum(rise, fall) * (ends - starts) / 4
        there = _highest(side, starts, ends) - side[starts]
        missing = expected - there
        flat = missing > MISSING * tops[starts]
        marks = np.zeros(len(wave) + 1, np.int8)
        marks[starts[flat]] += 1
        marks[ends[flat]] -= 1
        cut |= np.cumsum(marks[:-1], dtype=np.int8) > 0
    return cut


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
    starts, ends = _runs(flags)
    found: list[list[float]] = []
    for first, end in zip(starts * WINDOW, ends * WINDOW, strict=True):
        start, stop = first / SAMPLE_RATE, end / SAMPLE_RATE
        if found and start - found[-1][1] < gap:
            found[-1][1] = stop
        else:
            found.append([start, stop])
    return [[round(start, 2), round(stop, 2)] for start, stop in found if stop - start >= shortest]


def _runs(flags: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the end (behind the last) of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return edges[::2], edges[1::2]


def _highest(wave: Floats, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Floats:
    """In each of those runs, which don't touch one another."""
    edges = np.stack((starts, ends), axis=1).ravel()
    highest: Floats = (
        np.maximum.reduceat(np.append(wave, -np.inf), edges)[::2] if len(edges) else _nothing()
    )
    return highest


def _nothing() -> Floats:
    return np.zeros(0, dtype=np.float32)


if __name__ == "__main__":
    print(json.dumps(read(Path(sys.argv[1]))))
