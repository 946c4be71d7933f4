"""Whether what the encoder left is what players were promised: looked at, not believed.

The structure is read here (packaging); whether pictures and sound can really be decoded is tried
in a process of its own, as with a stranger's file: what is in a rendition still began as that.
"""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media_pipeline import packaging, sandbox
from media_pipeline.packaging import BrokenFileError

LIMITS = sandbox.Limits(memory=2 * 2**30, cpu_seconds=120, wall_seconds=240, file_size=2**20)
SPARE_SECONDS = 0.5  # what may be there beyond the end
KEY_FRAME_SECONDS = 2.0
RATE_TOLERANCE = 0.02  # of the frame rate, counted over all


@dataclass(frozen=True, slots=True)
class Decoded:
    """What came out of the decoders."""

    key_frames: int
    width: int
    height: int
    sound_frames: int
    """Of those that were tried."""
    parameters_agree: bool
    """Whether the picture's own parameters are those in the header, which `codecs` tells of."""
    complaint: str = ""


def validated(path: Path, *, seconds: float, has_sound: bool, frame_rate: float) -> packaging.Index:
    """The index of a rung that is whole: every fragment where it should be and beginning with a
    key frame that can be decoded, one at least every two seconds, no longer than its source
    (`seconds`), at that constant rate (frames a second), with sound if its source has some.
    Whether it is too short is the caller's to say: then it's the source that is damaged. Raises
    BrokenFileError."""
    index = packaging.read_index(path)
    _check_length(index, seconds, frame_rate)
    if has_sound != (index.sound_seconds > 0):
        raise BrokenFileError("There is no sound." if has_sound else "There is unexpected sound.")
    _check_decoded(decoded(path), index)
    return index


def check_alignment(indexes: Sequence[packaging.Index]) -> None:
    """Players change between rungs at key frames, so all must have theirs at the same instants.
    Raises BrokenFileError."""
    for index in indexes[1:]:
        ours, others = indexes[0].key_frames, index.key_frames
        if [one.seconds for one in ours] != [one.seconds for one in others]:
            raise BrokenFileError("The rungs have their key frames at different times.")


def decoded(path: Path) -> Decoded:
    """Decodes all key frames and some of the sound, in the sandbox. Raises BrokenFileError if
    that didn't come to an end."""
    return Decoded(**_answer_of(path))


def decoded_key_frames(
    path: Path, init_size: int, ranges: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """(width, height) of the picture that comes out of each range of the file (first byte, bytes)
    by itself, behind the header; (0, 0) where none does. Raises BrokenFileError if decoding
    didn't come to an end."""
    found = _answer_of(path, str(init_size), *(f"{first}+{size}" for first, size in ranges))
    return [(width, height) for width, height in found]


def _answer_of(path: Path, *arguments: str) -> Any:
    with tempfile.TemporaryFile() as stderr:
        process = sandbox.start_module(
            "media_pipeline.decoding",
            str(path.resolve()),
            *arguments,
            limits=LIMITS,
            stderr=stderr,
            reads=[path],
        )
        try:
            output, _ = process.communicate(timeout=LIMITS.wall_seconds)
        except subprocess.TimeoutExpired as error:
            raise BrokenFileError("Decoding it took too long.") from error
        finally:
            sandbox.stop(process)
    if process.returncode != 0:
        raise BrokenFileError(f"Decoding it ended with {process.returncode}.")
    return json.loads(output)


def _check_length(index: packaging.Index, seconds: float, frame_rate: float) -> None:
    frame = 1 / frame_rate
    if index.seconds > seconds + SPARE_SECONDS + frame:
        raise BrokenFileError(f"It lasts {index.seconds:.1f} s and not {seconds:.1f}.")
    expected = index.seconds * frame_rate
    if abs(index.frames - expected) > 1 + expected * RATE_TOLERANCE:
        raise BrokenFileError(f"There are {index.frames} frames and not {expected:.0f}.")
    if max(one.seconds for one in index.key_frames) > KEY_FRAME_SECONDS + 1.5 * frame:
        raise BrokenFileError("Two key frames are too far apart.")


def _check_decoded(found: Decoded, index: packaging.Index) -> None:
    if found.complaint:
        raise BrokenFileError(f"It can't be decoded: {found.complaint}")
    if found.key_frames != len(index.key_frames):
        raise BrokenFileError(
            f"Of {len(index.key_frames)} key frames {found.key_frames} can be decoded."
        )
    if (found.width, found.height) != (index.width, index.height):
        raise BrokenFileError("The picture has another size than the header says.")
    if not found.parameters_agree:
        raise BrokenFileError("The picture's parameters change on the way.")
    if index.sound_seconds and not found.sound_frames:
        raise BrokenFileError("The sound can't be decoded.")
