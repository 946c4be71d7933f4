"""A voice, made where it is needed: eSpeak NG, which its package brings along."""

import ctypes
import wave
from pathlib import Path

import espeakng_loader

SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: the callback has had all when it returns
RATE = 1  # espeakRATE
WORDS_A_MINUTE = 150
CHARS_UTF8 = 1
Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


def speech(path: Path, text: str) -> Path:
    """Says the English words into a WAV file, and returns its path."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    samples = bytearray()

    @Callback
    def take(data, count, events):
        if data and count > 0:
            samples.extend(ctypes.string_at(data, count * 2))
        return 0

    library.espeak_SetSynthCallback(take)
    library.espeak_SetVoiceByName(b"en-us")
    library.espeak_SetParameter(RATE, WORDS_A_MINUTE, 0)
    said = text.encode()
    library.espeak_Synth(said, len(said) + 1, 0, 1, 0, CHARS_UTF8, None, None)
    library.espeak_Terminate()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(samples))
    return path
