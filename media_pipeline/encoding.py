"""ffmpeg, and nothing else: one process decodes a source once and makes every rung of it.

Each rung is scaled from the one above it; the sound is encoded once and goes into all of them.
The arguments are built with ffmpeg-python; what runs is the wheel's binary, in the sandbox.
"""

import logging
import selectors
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg
import imageio_ffmpeg
from django.conf import settings

from media_pipeline import sandbox
from media_pipeline.ladder import Rung, even_frame_rate
from media_pipeline.probing import MAX_PIXELS, Probe, VideoFacts, container_family

logger = logging.getLogger(__name__)

KEY_FRAME_SECONDS = 2
SEGMENT_MICROSECONDS = 3_900_000  # the next key frame after this begins a new segment: every 4 s
LOG = "ffmpeg.log"
LOG_LINES = 20
TICK = 1.0  # seconds between two looks at the clock
# Light is made linear, mapped into what a normal screen has, and coded again (BT.709).
TONE_MAPPING = (
    ("zscale", {"t": "linear", "npl": "{peak}"}),
    ("format", {"pix_fmts": "gbrpf32le"}),
    ("zscale", {"p": "bt709"}),
    ("tonemap", {"tonemap": "hable", "desat": "0"}),
    ("zscale", {"t": "bt709", "m": "bt709", "r": "tv"}),
)
NOMINAL_PEAK = {"pq": 100, "hlg": 203}  # cd/m² that become white
BT709, BT601 = "bt709", "smpte170m"
UNKNOWN_MATRIX = 2


class EncodingFailedError(Exception):
    """ffmpeg gave up, or was stopped. `log` holds its last lines."""

    def __init__(self, message: str, log: str = "") -> None:
        super().__init__(message)
        self.log = log


@dataclass(frozen=True, slots=True)
class Job:
    source: Path
    probe: Probe
    rungs: Sequence[Rung]
    folder: Path
    """Where the files go: '<rung's name>.mp4' each."""


def encode(job: Job, *, on_progress: Callable[[float], None]) -> None:
    """Makes all rungs. `on_progress` is called about every second with how much is done (0 to
    1); whatever it raises stops ffmpeg and comes out here. Raises EncodingFailedError."""
    seconds = job.probe.seconds
    _run(
        _arguments(job),
        folder=job.folder,
        limits=sandbox.Limits(
            memory=6 * 2**30,
            cpu_seconds=300 + int(40 * seconds),
            wall_seconds=600 + 40 * seconds,
            file_size=2**30,
        ),
        on_output=lambda line: _fraction(line, seconds),
        on_progress=on_progress,
    )


def grab_frames(
    rendition: Path, seconds: Sequence[float], folder: Path, *, on_progress: Callable[[float], None]
) -> list[Path]:
    """Pictures of our own rendition at those seconds, as PNG files in the folder."""
    limits = sandbox.Limits(
        memory=2 * 2**30, cpu_seconds=60, wall_seconds=120, file_size=100 * 2**20
    )
    paths = []
    for number, second in enumerate(seconds):
        path = folder / f"still-{number}.png"
        frame = ffmpeg.input(f"file:{rendition}", f="mov", ss=f"{second:.3f}").video
        _run(
            _compiled(frame.output(path.name, vframes=1, f="image2", update=1)),
            folder=folder,
            limits=limits,
            on_output=lambda line: None,
            on_progress=on_progress,
        )
        if path.exists():
            paths.append(path)
        on_progress((number + 1) / len(seconds))
    return paths


def frame_rate_of(probe: Probe) -> float:
    """Frames a second that the rungs have."""
    numerator, denominator = even_frame_rate(probe.video.frame_rate if probe.video else 0)
    return numerator / denominator


def _arguments(job: Job) -> list[str]:
    video = job.probe.video
    if video is None:
        raise EncodingFailedError("There is no picture to encode.")
    opened = ffmpeg.input(
        f"file:{job.source}",
        f=job.probe.container,
        protocol_whitelist="file,pipe",
        format_whitelist=container_family(job.probe.container),
        max_pixels=MAX_PIXELS,
    )
    streams = _pictures(opened[str(video.index)], video, job.rungs)
    if job.probe.audio:
        # Silence fills gaps, so that sound and picture stay together.
        sound = opened[str(job.probe.audio.index)]
        streams.append(sound.filter("aresample", "48000", **{"async": 1, "first_pts": 0}))
    output = ffmpeg.output(
        *streams,
        _outputs(job.rungs, has_sound=job.probe.audio is not None),
        f="tee",
        t=f"{job.probe.seconds:.3f}",
        **_codec_options(job),
    )
    return _compiled(output)


def _compiled(output: Any) -> list[str]:
    quiet = output.global_args(
        *("-hide_banner", "-nostdin", "-nostats", "-loglevel", "warning"),
        *("-progress", "pipe:1", "-stats_period", "0.5"),
    )
    return ffmpeg.compile(quiet, cmd=imageio_ffmpeg.get_ffmpeg_exe(), overwrite_output=True)


def _pictures(picture: Any, video: VideoFacts, rungs: Sequence[Rung]) -> list[Any]:
    """One stream for each rung, best first. ffmpeg has already turned the picture upright."""
    if video.interlaced:
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    numerator, denominator = even_frame_rate(video.frame_rate)
    picture = picture.filter("fps", f"{numerator}/{denominator}")
    picture = _with_usual_colours(picture, video, rungs[0])
    streams = []
    for below in rungs[1:]:
        parts = picture.filter_multi_output("split", 2)
        streams.append(parts[0])
        picture = parts[1].filter("scale", below.width, below.height, flags="bicubic")
    return [*streams, picture]


def _with_usual_colours(picture: Any, video: VideoFacts, rung: Rung) -> Any:
    """Of the rung's size, in what every screen shows: BT.709, 8 bits, limited range."""
    if video.transfer == "sdr":
        unknown = BT709 if min(video.width, video.height) >= 720 else BT601
        matrix = {"in_color_matrix": unknown} if video.matrix == UNKNOWN_MATRIX else {}
        picture = picture.filter(
            "scale",
            rung.width,
            rung.height,
            flags="bicubic",
            out_color_matrix=BT709,
            out_range="tv",
            **matrix,
        )
    else:
        picture = picture.filter("scale", rung.width, rung.height, flags="bicubic")
        for name, options in TONE_MAPPING:
            peak = NOMINAL_PEAK[video.transfer]
            picture = picture.filter(
                name, **{key: value.format(peak=peak) for key, value in options.items()}
            )
    return (
        picture.filter("format", "yuv420p")
        .filter("setsar", "1")
        .filter("setparams", range="tv", color_primaries=BT709, color_trc=BT709, colorspace=BT709)
    )


def _codec_options(job: Job) -> dict[str, Any]:
    """Constant quality below a cap for each rung; key frames at the same instants in all."""
    options: dict[str, Any] = {
        "c:v": "libx264",
        "preset": "veryfast",
        "crf": 23,
        "profile:v": "high",
        "sc_threshold": 0,
        "g": round(frame_rate_of(job.probe) * KEY_FRAME_SECONDS * 2),
        "force_key_frames": f"expr:gte(t,n_forced*{KEY_FRAME_SECONDS})",
        "flags": "+global_header",  # the tee can't ask the encoders for it
        "map_metadata": -1,
        "map_chapters": -1,
        "threads": settings.FFMPEG_THREADS,
    }
    for number, rung in enumerate(job.rungs):
        options[f"maxrate:v:{number}"] = rung.peak_rate
        options[f"bufsize:v:{number}"] = rung.peak_rate * 2
    if job.probe.audio:
        options |= {"c:a": "aac", "b:a": "128k", "ac": 2}
    return options


def _outputs(rungs: Sequence[Rung], *, has_sound: bool) -> str:
    """The tee's list of files: each one rung's picture and the sound, indexed at the front."""
    flags = "+cmaf+frag_keyframe+global_sidx+delay_moov+skip_trailer"
    sound = ",a:0" if has_sound else ""
    return "|".join(
        f"[f=mp4:movflags={flags}:min_frag_duration={SEGMENT_MICROSECONDS}"
        rf":select=\'v:{number}{sound}\']{rung.name}.mp4"
        for number, rung in enumerate(rungs)
    )


def _run(
    arguments: Sequence[str],
    *,
    folder: Path,
    limits: sandbox.Limits,
    on_output: Callable[[str], float | None],
    on_progress: Callable[[float], None],
) -> None:
    log = folder / LOG
    with log.open("wb") as stderr:
        process = sandbox.start(arguments, limits=limits, folder=folder, stderr=stderr)
        try:
            _follow(process, time.monotonic() + limits.wall_seconds, on_output, on_progress)
        finally:
            sandbox.stop(process)
    if process.returncode != 0:
        raise EncodingFailedError(f"ffmpeg ended with {process.returncode}.", _tail(log))


def _follow(
    process: "subprocess.Popen[bytes]",
    deadline: float,
    on_output: Callable[[str], float | None],
    on_progress: Callable[[float], None],
) -> None:
    """Reads what ffmpeg says of its progress until it ends. Calls back even when it says nothing,
    so that whoever waits can tell slow from dead, and can stop it."""
    fraction = 0.0
    with selectors.DefaultSelector() as selector:
        if process.stdout is None:
            raise EncodingFailedError("ffmpeg has no output.")
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if time.monotonic() > deadline:
                raise EncodingFailedError("It took too long.")
            if selector.select(TICK):
                piece = process.stdout.read1(65536)  # type: ignore[attr-defined]
                if not piece:
                    break
                for line in piece.decode(errors="replace").splitlines():
                    fraction = on_output(line) or fraction
            on_progress(fraction)
    process.wait(timeout=max(1.0, deadline - time.monotonic()))


def _fraction(line: str, seconds: float) -> float | None:
    """ffmpeg's progress comes as lines of key=value."""
    key, _, value = line.partition("=")
    if key != "out_time_us" or not value.lstrip("-").isdigit() or seconds <= 0:
        return None
    return min(1.0, max(0.0, int(value) / 1_000_000 / seconds))


def _tail(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()
    return "\n".join(line[:300] for line in lines[-LOG_LINES:])
