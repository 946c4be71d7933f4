"""What is wrong with the sound. It was measured when it was listened to (encoding/sound.py); here
it is judged."""

from typing import Any

from media_pipeline.analysis.material import Found, Material

LONG_SILENCE = 5.0  # seconds
MUTE = 0.98  # of the video, silent
AS_RECORDED = (-30.0, -7.0)  # LUFS that a microphone or a studio gives
ROOM_NOISE = -50.0  # LUFS


def silence(material: Material) -> list[Found]:
    """Long stretches without any sound, in a video that has sound elsewhere; and a sound track
    that has none at all."""
    heard = _heard(material)
    if not heard:
        return []
    silences = [(start, end) for start, end in heard["silences"]]
    if sum(end - start for start, end in silences) >= MUTE * heard["seconds"]:
        return [Found("silence", 0.0, material.duration, f"{material.duration:.0f} s")]
    found = []
    for start, end in silences:
        if end - start >= LONG_SILENCE:
            found.append(Found("silence", start, end, f"{end - start:.0f} s"))
    return found


def quiet(material: Material) -> list[Found]:
    """A recording so far from the usual loudness that making it even brings up its noise, or
    can't bring back what was squeezed out of it."""
    heard = _heard(material)
    loudness = heard.get("integrated") if heard else None
    if loudness is None or AS_RECORDED[0] <= loudness <= AS_RECORDED[1]:
        return []
    if loudness < ROOM_NOISE and heard["silences"]:
        return []  # silence with a click in it
    detail = f"{loudness:.0f} LUFS".replace("-", "−")
    return [Found("quiet", 0.0, material.duration, detail)]


def clipping(material: Material) -> list[Found]:
    """Sound that was overdriven when it was recorded."""
    heard = _heard(material)
    return [Found("clipping", start, end) for start, end in (heard["overdriven"] if heard else [])]


def _heard(material: Material) -> dict[str, Any]:
    """`Loudness.as_facts`; empty where there is no sound track."""
    heard: dict[str, Any] = material.job.get("loudness") or {}
    return heard
