"""How loud a video's sound is, and what makes it as loud as the others.

The sound is decoded once, to samples in a file. From these come loudness (ITU-R BS.1770), silence,
overdriven stretches and the waveform. What the encoder will do to it is tried on them, AAC
included, and measured again, because limiting takes loudness away and AAC adds peaks.
"""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import ffmpeg

from media_pipeline import sandbox
from media_pipeline.encoding import pictures
from media_pipeline.encoding.running import EncodingFailedError, opened, run
from media_pipeline.examination import AnalysisFailedError, ask
from media_pipeline.probing import Probe

TARGET = -16.0  # LUFS
NEAR_ENOUGH = 0.5  # LU
PEAK = -1.5  # dB true peak, after AAC
MARGIN = 0.7  # dB that AAC usually adds to a peak
SILENT = -50.0  # LUFS: what is quieter is a room's noise, not something to be made loud
SAMPLE_RATE = 48_000
TRIES = 4
AUDIO_RATE = "128k"
# What is missing becomes silence, and a clock that runs off is followed before anybody hears it:
# from 10 ms on by stretching (2 % at most), from 100 ms on at once.
IN_STEP = {"async": 1000, "min_comp": 0.01, "min_hard_comp": 0.1, "first_pts": 0}
SAMPLES, METER, TRIAL = "sound.f32", "loudness.txt", "trial.m4a"
LISTENING_SHARE = 0.5  # of the progress; the rest is trying
Filter = tuple[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Loudness:
    integrated: float | None
    """LUFS, as uploaded; None where nothing rises above −70."""
    range: float = 0.0
    """LU between the quiet and the loud parts."""
    peak: float | None = None
    """dB true peak, as uploaded; None where all is zero."""
    seconds: float = 0.0
    """Of sound and of the silence that fills its gaps."""
    silences: list[list[float]] = field(default_factory=list)
    """[start, end] in seconds of each stretch without sound."""
    overdriven: list[list[float]] = field(default_factory=list)
    """[start, end] in seconds of each stretch whose peaks were cut off."""
    gain: float = 0.0
    """dB by which the encoder makes it louder."""
    ceiling: float | None = None
    """dB at which the encoder holds peaks down; None where it needn't."""
    made_integrated: float | None = None
    """LUFS of what comes out."""
    made_peak: float | None = None
    """dB true peak of what comes out."""
    waveform: list[int] = field(default_factory=list)
    """Peaks along the video, 0 to 100."""

    def as_facts(self) -> dict[str, Any]:
        """For `Source.loudness`; the waveform has a column of its own."""
        facts = asdict(self)
        del facts["waveform"]
        return facts

    @classmethod
    def from_facts(cls, facts: dict[str, Any]) -> "Loudness":
        """What `as_facts` kept."""
        return cls(**facts)


def measure(
    path: Path, probe: Probe, folder: Path, on_progress: Callable[[float], None]
) -> Loudness:
    """Listens to the source's sound, which must have some; the folder is for files on the way.
    `on_progress` gets 0 to 1 about every second, and what it raises comes out here. Raises
    EncodingFailedError where the sound can't be decoded."""
    _decode(path, probe, folder, lambda done: on_progress(done * LISTENING_SHARE))
    found = Loudness(
        **_read_meter((folder / METER).read_text()), **_read_samples(folder, on_progress)
    )
    found = _fitted(found, folder, lambda: on_progress(LISTENING_SHARE))
    for name in (SAMPLES, METER, TRIAL):
        (folder / name).unlink(missing_ok=True)
    on_progress(1.0)
    return found


def filters(loudness: Loudness) -> list[Filter]:
    """What the encoder's sound goes through, as names and options of ffmpeg's filters, after it
    was given its rate and its gaps were filled. Two channels come out."""
    chain: list[Filter] = [_two_channels()]
    if loudness.gain:
        chain.append(("volume", {"volume": f"{loudness.gain:.2f}dB"}))
    if loudness.ceiling is not None:
        # Between samples a peak may be higher than both: four times the samples show it.
        limit = f"{10 ** (loudness.ceiling / 20):.4f}"
        limiter = {"limit": limit, "level": "0", "attack": "5", "release": "50", "latency": "1"}
        chain += [
            ("aresample", {"sample_rate": str(4 * SAMPLE_RATE)}),
            ("alimiter", limiter),
            ("aresample", {"sample_rate": str(SAMPLE_RATE)}),
        ]
    return chain


def evened(stream: Any, probe: Probe) -> Any:
    """ffmpeg-python's stream at the one rate, in step with the picture."""
    if probe.video:
        stream = pictures.from_first_picture(stream, probe.video, is_sound=True)
    return stream.filter("aresample", str(SAMPLE_RATE), **IN_STEP)


def _two_channels() -> Filter:
    return "aformat", {"sample_fmts": "fltp", "channel_layouts": "stereo"}


def _decode(path: Path, probe: Probe, folder: Path, on_progress: Callable[[float], None]) -> None:
    """To samples as the encoder will have them, before its filters; metered on the way."""
    if probe.audio is None:
        raise ValueError("There is no sound to listen to.")
    track = opened(path, probe.container)[str(probe.audio.index)]
    stream = _through(evened(track, probe), [_two_channels()])
    output = _metered(stream).output(
        SAMPLES, f="f32le", acodec="pcm_f32le", t=f"{probe.seconds:.3f}"
    )
    _run(output, folder, probe.seconds, on_progress, reads=[path])


def _metered(stream: Any) -> Any:
    """Ten times a second the meter's state so far goes to a file."""
    return stream.filter("ebur128", metadata=1, peak="true").filter(
        "ametadata", mode="print", file=METER
    )


def _read_meter(text: str) -> dict[str, Any]:
    """The meter's last state: what it says of the whole."""
    last = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    integrated = float(last.get("lavfi.r128.I", "-70"))
    peak = float(last.get("lavfi.r128.true_peak", "0"))
    return {
        "integrated": integrated if integrated > -70 else None,
        "range": round(float(last.get("lavfi.r128.LRA", "0")), 1),
        "peak": round(20 * math.log10(peak), 2) if peak > 0 else None,
    }


def _read_samples(folder: Path, on_progress: Callable[[float], None]) -> dict[str, Any]:
    try:
        answer = ask(
            "media_pipeline.analysis.samples",
            (folder / SAMPLES).resolve(),
            limits=_limits(60),
            on_progress=lambda: on_progress(LISTENING_SHARE),
        )
    except AnalysisFailedError as error:
        raise EncodingFailedError("The samples could not be read.", str(error)) from error
    facts: dict[str, Any] = json.loads(answer)
    return facts


def _fitted(found: Loudness, folder: Path, on_progress: Callable[[], None]) -> Loudness:
    """With the gain and the ceiling that make it loud enough and not too loud. What is silent is
    left alone."""
    if found.integrated is None or found.peak is None or found.integrated < SILENT:
        return replace(found, made_integrated=found.integrated, made_peak=found.peak)
    gain = TARGET - found.integrated
    limited = found.peak + gain > PEAK - MARGIN
    fitted = replace(found, gain=gain, ceiling=PEAK - MARGIN if limited else None)
    for _ in range(TRIES):
        fitted = _tried(fitted, folder, on_progress)
        if _is_fine(fitted):
            break
        fitted = _corrected(fitted)
    return _tried(fitted, folder, on_progress) if fitted.made_integrated is None else fitted


def _is_fine(tried: Loudness) -> bool:
    if tried.made_integrated is None or tried.made_peak is None:
        return True  # nothing left to correct by
    return tried.made_peak <= PEAK and abs(tried.made_integrated - TARGET) <= NEAR_ENOUGH


def _corrected(tried: Loudness) -> Loudness:
    """With what the trial missed added; to be tried again."""
    made, peak = tried.made_integrated or TARGET, tried.made_peak or PEAK
    ceiling = tried.ceiling
    if peak > PEAK:
        ceiling = (PEAK - MARGIN if ceiling is None else ceiling) - max(0.1, peak - PEAK)
    gain = tried.gain + TARGET - made
    return replace(tried, gain=gain, ceiling=ceiling, made_integrated=None, made_peak=None)


def _tried(fitted: Loudness, folder: Path, on_progress: Callable[[], None]) -> Loudness:
    """With what comes out of the encoder measured."""
    heard = ffmpeg.input(f"file:{folder / SAMPLES}", f="f32le", ar=SAMPLE_RATE, ac=2).audio
    encoded = _through(heard, filters(fitted)).output(
        TRIAL, f="mp4", acodec="aac", **{"b:a": AUDIO_RATE}
    )
    _run(encoded, folder, 0, lambda done: on_progress())
    decoded = ffmpeg.input(f"file:{folder / TRIAL}", f="mov").audio
    _run(_metered(decoded).output("-", f="null"), folder, 0, lambda done: on_progress())
    made = _read_meter((folder / METER).read_text())
    return replace(fitted, made_integrated=made["integrated"], made_peak=made["peak"])


def _through(stream: Any, chain: Sequence[Filter]) -> Any:
    for name, options in chain:
        stream = stream.filter(name, **options)
    return stream


def _run(
    output: Any,
    folder: Path,
    seconds: float,
    on_progress: Callable[[float], None],
    reads: Sequence[Path] = (),
) -> None:
    run(
        output,
        folder=folder,
        limits=_limits(60 + seconds),
        on_progress=on_progress,
        seconds=seconds,
        reads=reads,
    )


def _limits(seconds: float) -> sandbox.Limits:
    return sandbox.Limits(
        memory=2 * 2**30,
        cpu_seconds=int(seconds),
        wall_seconds=5 * seconds,
        file_size=200 * 2**20,
    )
