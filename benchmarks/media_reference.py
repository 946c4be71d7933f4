"""ffmpeg alone, as the best and the usual hand-written command would run it: the references that
benchmarks/media.py holds the pipeline against. The same encoder, preset, quality and ladder."""

from collections.abc import Sequence

import imageio_ffmpeg

RUNGS = (
    (1920, 1080, 5_000_000),
    (1280, 720, 2_800_000),
    (960, 540, 1_600_000),
    (640, 360, 800_000),
)
QUIET = ("-hide_banner", "-nostdin", "-nostats", "-loglevel", "error", "-y")
FLAGS = "+cmaf+frag_keyframe+global_sidx+delay_moov+skip_trailer"


def best_command(clip: str) -> list[str]:
    """One process, one decode, each rung scaled from the one above, the sound encoded once."""
    graph = "[0:v]fps=30,split=2[v0][s0]"
    for number, (width, height, _rate) in enumerate(RUNGS[1:], 1):
        last = number == len(RUNGS) - 1
        graph += f";[s{number - 1}]scale={width}:{height}:flags=bicubic"
        graph += f"[v{number}]" if last else f",split=2[v{number}][s{number}]"
    maps = [argument for number in range(len(RUNGS)) for argument in ("-map", f"[v{number}]")]
    files = "|".join(
        rf"[f=mp4:movflags={FLAGS}:select=\'v:{number},a:0\']{height}.mp4"
        for number, (_width, height, _rate) in enumerate(RUNGS)
    )
    return [
        imageio_ffmpeg.get_ffmpeg_exe(),
        *QUIET,
        *("-i", clip, "-filter_complex", graph, *maps, "-map", "0:a"),
        *_codecs(range(len(RUNGS))),
        *("-flags", "+global_header", "-f", "tee", files),
    ]


def commands_for_each_rung(clip: str) -> list[list[str]]:
    """A process for each rung, as most pipelines do it: the source is decoded as often."""
    return [
        [
            imageio_ffmpeg.get_ffmpeg_exe(),
            *QUIET,
            *("-i", clip, "-vf", f"fps=30,scale={width}:{height}:flags=bicubic"),
            *_codecs([number], single=True),
            *("-movflags", FLAGS, f"{height}.mp4"),
        ]
        for number, (width, height, _rate) in enumerate(RUNGS)
    ]


def _codecs(numbers: Sequence[int] | range, *, single: bool = False) -> list[str]:
    arguments = [
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-profile:v", "high"),
        *("-pix_fmt", "yuv420p", "-sc_threshold", "0", "-g", "120"),
        *("-force_key_frames", "expr:gte(t,n_forced*2)"),
        *("-c:a", "aac", "-b:a", "128k", "-ac", "2"),
    ]
    for number in numbers:
        which = "v" if single else f"v:{number}"
        rate = RUNGS[number][2]
        arguments += [f"-maxrate:{which}", str(rate), f"-bufsize:{which}", str(rate * 2)]
    return arguments
