"""Writes down what is said in a sound file, with PocketSphinx. Runs in a process of its own (see
transcribing.py); knows neither Django nor the database.

PocketSphinx is small, needs no graphics card and brings a model of American English. Of what is
read out clearly it gets about two words in three, of anything else fewer: what it writes is
where a person begins, not something to be published.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pocketsphinx import Decoder, Segmenter

RATE = 16_000  # samples a second of the sound; 16 bits each, one channel
FRAMES = 100  # of the decoder, a second
SOUND, MODEL = "speech.raw", "model"
SLOWEST = 1.5  # words a second: what is "said" more slowly is music, or a machine that hums


def words(sound: Path, model: Path | None) -> Iterator[dict[str, Any]]:
    """Each word with the seconds at which it begins and ends. `model` is a folder that holds an
    acoustic model as acoustic/, its words as words.dict and its language model as language.bin;
    without it the package's own is used."""
    decoder = Decoder(samprate=RATE, loglevel="FATAL", **_parts_of(model))
    with sound.open("rb") as stream:
        for segment in Segmenter(sample_rate=RATE).segment(stream):
            heard = list(_heard(decoder, segment.pcm, segment.start_time))
            if heard and len(heard) / (heard[-1]["end"] - heard[0]["start"]) >= SLOWEST:
                yield from heard


def _heard(decoder: Decoder, samples: bytes, start: float) -> Iterator[dict[str, Any]]:
    decoder.start_utt()
    decoder.process_raw(samples, full_utt=True)
    decoder.end_utt()
    if decoder.hyp() is None:
        return
    for part in decoder.seg():
        if part.word.startswith(("<", "[", "+")):  # silence, breath, noise
            continue
        yield {
            "word": part.word.partition("(")[0],
            "start": round(start + part.start_frame / FRAMES, 2),
            "end": round(start + (part.end_frame + 1) / FRAMES, 2),
        }


def _parts_of(model: Path | None) -> dict[str, str]:
    if model is None:
        return {}
    return {
        "hmm": str(model / "acoustic"),
        "dict": str(model / "words.dict"),
        "lm": str(model / "language.bin"),
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    wanted = json.loads((folder / MODEL).read_text()) if (folder / MODEL).exists() else None
    for word in words(folder / SOUND, Path(wanted) if wanted else None):
        print(json.dumps(word), flush=True)
