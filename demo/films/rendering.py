"""A film's frames and sound, made into a file by the wheel's ffmpeg."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import imageio_ffmpeg

from demo.errors import FilmNotRenderedError
from demo.films.frames import RATE, SIZES, frames_of
from demo.library import Film

Progress = Callable[[float], None]
REPORT_EVERY = 2 * RATE  # frames


def render_film(*, film: Film, target: Path, on_progress: Progress = lambda part: None) -> None:
    """Write the film to `target` as MP4. `on_progress` hears how far it is (0 to 1).

    Raises FilmNotRenderedError with ffmpeg's last words.
    """
    process = subprocess.Popen(
        _command(film, target), stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None  # noqa: S101 - asked for above
    assert process.stderr is not None  # noqa: S101
    total = film.seconds * RATE
    try:
        for number, frame in enumerate(frames_of(film)):
            process.stdin.write(frame.tobytes())
            if number % REPORT_EVERY == 0:
                on_progress(number / total)
        process.stdin.close()
    except BrokenPipeError:
        pass  # ffmpeg has given up, and says why below
    except BaseException:
        process.kill()
        process.wait()
        raise
    words = process.stderr.read().decode(errors="replace")
    if process.wait():
        target.unlink(missing_ok=True)
        raise FilmNotRenderedError(film.key, words[-500:])
    on_progress(1.0)


def _command(film: Film, target: Path) -> list[str]:
    width, height = SIZES[film.format]
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-video_size", f"{width}x{height}"]
    sound = ["-f", "lavfi", "-i", _sound(film.chord, film.seconds)] if film.chord else []
    return [
        imageio_ffmpeg.get_ffmpeg_exe(),
        *("-hide_banner", "-loglevel", "error", "-nostdin", "-y"),
        *(*raw, "-framerate", str(RATE), "-i", "pipe:0"),
        *sound,
        *("-c:v", "libx264", "-preset", "superfast", "-crf", "21", "-pix_fmt", "yuv420p"),
        *(("-c:a", "aac", "-b:a", "96k") if film.chord else ()),
        *("-t", str(film.seconds), "-movflags", "+faststart"),
        str(target),
    ]


def _sound(chord: Sequence[float], seconds: float) -> str:
    """A soft chord that swells, with a note of it struck every second and a half."""
    swell = "+".join(
        f"0.035*sin(2*PI*{note}*t)*(0.65+0.35*sin(2*PI*t/{9 + 2 * i}))"
        for i, note in enumerate(chord)
    )
    beat = 1.5
    bar = beat * len(chord)
    struck = "+".join(
        f"0.06*sin(4*PI*{note}*t)*exp(-2.2*mod(t+{bar - beat * i}\\,{bar}))"
        for i, note in enumerate(chord)
    )
    ending = max(seconds - 2, 0)
    return (
        f"aevalsrc=exprs={swell}+{struck}:sample_rate=44100:duration={seconds},"
        f"lowpass=f=1800,afade=t=in:d=1.5,afade=t=out:st={ending}:d=2"
    )
