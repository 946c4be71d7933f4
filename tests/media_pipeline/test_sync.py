"""Sound stays in step with the picture: clips that flash and beep at once, as telephones, cameras
and programs that record write them, measured before and after."""

import subprocess

import av
import imageio_ffmpeg
import numpy as np
import pytest

from media_pipeline import encoding, probing
from media_pipeline.ladder import rungs_for

EVERY = 10  # seconds between two flashes
TOLERANCE = 0.04  # seconds
FLASH = f"drawbox=c=white:t=fill:enable='lt(mod(t,{EVERY}),0.2)'"
BEEP = f"0.5*sin(2*PI*1000*t)*lt(mod(t,{EVERY}),0.2)"
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50")


def record(path, seconds, *options, rate="25", hertz=48000, before=(), flash=FLASH):
    """Renders a black clip that flashes and beeps at once, first at its beginning."""
    picture = f"color=black:size=640x360:rate={rate},{flash}"
    subprocess.run(
        [
            *(imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y"),
            *(*before, "-f", "lavfi", "-i", picture),
            *("-f", "lavfi", "-i", f"aevalsrc='{BEEP}':s={hertz}"),
            *("-t", str(seconds), *H264, *options, str(path)),
        ],
        check=True,
    )
    return path


def flashes_in(path):
    """When the picture turns white, in seconds."""
    found, was_white = [], False
    with av.open(str(path)) as opened:
        for frame in opened.decode(video=0):
            plane = frame.planes[0]
            is_white = memoryview(plane)[plane.line_size * frame.height // 2] > 128
            if is_white and not was_white:
                found.append(frame.time)
            was_white = is_white
    return found


def beeps_in(path):
    """When silence ends, in seconds."""
    found, last = [], -1.0
    with av.open(str(path)) as opened:
        for frame in opened.decode(audio=0):
            samples = frame.to_ndarray().astype(float)
            scale = 32768 if frame.format.name.startswith("s16") else 1
            loud = np.flatnonzero(np.abs(samples).max(axis=0) / scale > 0.1)
            for place in loud[:1], loud[-1:]:
                for index in place:
                    # Packed samples of several channels lie side by side.
                    per_channel = samples.shape[1] // frame.samples
                    second = frame.time + index / per_channel / frame.sample_rate
                    if second - last > 1:
                        found.append(second)
                    last = second
    return found


def offsets_in(path):
    """How much later than the flash each beep is, in seconds."""
    beeps = beeps_in(path)
    nearest = [
        (flash, min(beeps, key=lambda beep: abs(beep - flash))) for flash in flashes_in(path)
    ]
    return [beep - flash for flash, beep in nearest if abs(beep - flash) < EVERY / 2]


def encoded(path, folder):
    """The smallest rung of it."""
    found = probing.probe(path)
    rungs = rungs_for(width=640, height=360, frame_rate=encoding.frame_rate_of(found))
    folder.mkdir()
    job = encoding.Job(
        source=path, probe=found, loudness=None, rungs=rungs, folder=folder, with_extracts=False
    )
    encoding.encode(job, on_progress=lambda fraction: None)
    return folder / f"{rungs[-1].name}.mp4"


# The clock of the sound is wrong by this much: 90 ms in three minutes.
FAST_CLOCK = "asetpts=PTS*1.0005"
THREE_MINUTES = {
    "from a telephone": ("a.mp4", {"rate": "30000/1001", "hertz": 44100}, ("-c:a", "aac")),
    "whose clocks disagree": (
        "a.mkv",
        {},
        ("-c:a", "pcm_s16le", "-af", FAST_CLOCK, "-vf", "setpts=PTS*1.0005", "-fps_mode", "vfr"),
    ),
}
SHORT = {
    "sound that begins late": ("a.mp4", {}, ("-af", "atrim=start=0.7", "-c:a", "aac")),
    "a picture that begins late": ("a.mp4", {"before": ("-itsoffset", "0.7")}, ("-c:a", "aac")),
    "a stream whose picture begins late": (
        "a.ts", {"before": ("-itsoffset", "0.7")}, ("-c:a", "aac"),
    ),
    "a recording of a screen": (
        "a.mkv", {},
        ("-vf", "select='not(mod(n,2))+lt(mod(t,3),1)'", "-fps_mode", "vfr", "-c:a", "libopus"),
    ),
    "a hole in the sound": (
        "a.mkv", {}, ("-af", "aselect='not(between(t,3,6))'", "-c:a", "pcm_s16le"),
    ),
    "slow motion": ("a.mp4", {"rate": "120"}, ("-c:a", "aac")),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(THREE_MINUTES))
def test_three_minutes_end_in_step(tmp_path, name):
    file, made, options = THREE_MINUTES[name]
    source = record(tmp_path / file, 180, *options, **made)

    before, after = offsets_in(source), offsets_in(encoded(source, tmp_path / "made"))

    assert len(after) == len(before) == 18
    assert max(abs(one - other) for one, other in zip(before, after, strict=True)) < TOLERANCE


@pytest.mark.parametrize("name", sorted(SHORT))
def test_sound_stays_in_step(tmp_path, name):
    file, made, options = SHORT[name]
    source = record(tmp_path / file, 12, *options, **made)

    before, after = offsets_in(source), offsets_in(encoded(source, tmp_path / "made"))

    assert after
    ends = zip(reversed(before), reversed(after), strict=False)
    assert max(abs(one - other) for one, other in ends) < TOLERANCE
