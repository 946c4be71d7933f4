"""Loudness, on clips that ffmpeg makes here. What comes out is measured by ffmpeg anew."""

import re
import subprocess

import imageio_ffmpeg
import numpy as np
import pytest

from media_pipeline import encoding
from media_pipeline.analysis import samples
from media_pipeline.encoding import sound
from media_pipeline.ladder import rungs_for
from media_pipeline.probing import probe

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
SPEECH = "anoisesrc=c=pink:a=0.5:seed=7:r=48000,tremolo=f=4:d=0.8"
CLICKS = "aevalsrc='0.9*sin(2*PI*1500*t)*exp(-90*mod(t,0.5))':s=48000"
RATE = samples.SAMPLE_RATE


def clip(folder, source, *, seconds=4, arguments=("-c:a", "aac", "-b:a", "160k"), name="clip.mp4"):
    path = folder / name
    picture = ["-f", "lavfi", "-i", f"testsrc2=s=640x360:r=10:d={seconds}"]
    heard = ["-f", "lavfi", "-t", f"{seconds}", "-i", source]
    video = ["-c:v", "libx264", "-preset", "ultrafast"]
    program = [FFMPEG, "-v", "error", "-nostdin"]
    subprocess.run([*program, *picture, *heard, *video, *arguments, str(path)], check=True)
    return path


def measured(path, folder):
    working = folder / "listening"
    working.mkdir(parents=True)
    loudness = sound.measure(path, probe(path), working, lambda done: None)
    assert list(working.iterdir()) in ([], [working / "ffmpeg.log"])
    return loudness


def encoded(path, loudness, folder):
    """The file of the one rung."""
    facts = probe(path)
    rungs = rungs_for(width=640, height=360, frame_rate=facts.video.frame_rate)
    job = encoding.Job(source=path, probe=facts, loudness=loudness, rungs=rungs, folder=folder)
    encoding.encode(job, on_progress=lambda done: None)
    return folder / "360p.mp4"


def loudness_of(path):
    """(LUFS, dB true peak) as ffmpeg measures it."""
    meter = ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    done = subprocess.run(
        [FFMPEG, "-nostdin", "-i", str(path), "-vn", *meter], capture_output=True, text=True
    )
    return tuple(
        float(re.findall(rf"{name}:\s+(-?[\d.]+|-inf)", done.stderr)[-1]) for name in ("I", "Peak")
    )


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(f"{SPEECH},volume=-22dB", id="quiet"),
        pytest.param(f"{SPEECH},volume=12dB,alimiter=level=0:limit=0.97", id="loud"),
        pytest.param(CLICKS, id="all peaks"),
        pytest.param("sine=f=440:r=44100", id="a tone, mono, 44.1 kHz"),
        pytest.param(f"{SPEECH},volume='if(between(t,1,3),0.01,1)':eval=frame", id="mostly pauses"),
    ],
)
def test_every_sound_comes_out_as_loud_as_the_others(tmp_path, source):
    path = clip(tmp_path, source)
    loudness = measured(path, tmp_path)
    integrated, peak = loudness_of(encoded(path, loudness, tmp_path))
    assert integrated == pytest.approx(-16, abs=1)
    assert peak <= -1.5
    assert loudness.made_integrated == pytest.approx(integrated, abs=0.3)
    assert loudness.made_peak == pytest.approx(peak, abs=0.3)


def test_what_was_uploaded_is_measured(tmp_path):
    path = clip(tmp_path, f"{SPEECH},volume=-14dB,pan=stereo|c0=c0|c1=c0")
    loudness = measured(path, tmp_path)
    integrated, peak = loudness_of(path)
    assert loudness.integrated == pytest.approx(integrated, abs=0.3)
    assert loudness.peak == pytest.approx(peak, abs=0.3)
    assert loudness.seconds == pytest.approx(4, abs=0.1)
    assert sound.Loudness.from_facts(loudness.as_facts()).as_facts() == loudness.as_facts()


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("anullsrc=r=48000:cl=stereo", id="zeros"),
        pytest.param("anoisesrc=c=brown:a=0.002:seed=1:r=48000", id="a quiet room"),
    ],
)
def test_silence_is_left_alone(tmp_path, source):
    loudness = measured(clip(tmp_path, source), tmp_path)
    assert (loudness.gain, loudness.ceiling) == (0, None)
    assert [name for name, _ in sound.filters(loudness)] == ["aformat"]


def test_silence_between_sounds_stays_silent(tmp_path):
    source = f"{SPEECH},volume='if(between(t,1,3),0,0.2)':eval=frame"
    path = clip(tmp_path, source)
    loudness = measured(path, tmp_path)
    assert loudness.silences == [[pytest.approx(1, abs=0.1), pytest.approx(3, abs=0.1)]]
    assert loudness.gain > 6
    again = measured(encoded(path, loudness, tmp_path), tmp_path / "rungs")
    assert again.silences == [[pytest.approx(1, abs=0.15), pytest.approx(3, abs=0.15)]]


def test_five_channels_are_measured_as_the_two_that_come_out(tmp_path):
    source = f"{SPEECH},volume=-10dB,pan=5.1|c0=c0|c1=c0|c2=0.5*c0|c3=0*c0|c4=0.3*c0|c5=0.3*c0"
    path = clip(tmp_path, source, arguments=("-c:a", "pcm_s16le"), name="clip.mov")
    loudness = measured(path, tmp_path)
    integrated, _ = loudness_of(encoded(path, loudness, tmp_path))
    assert integrated == pytest.approx(-16, abs=1)


def test_a_sound_shorter_than_the_picture_has_silence_after_it(tmp_path):
    path = clip(tmp_path, f"{SPEECH},atrim=end=2", seconds=4)
    loudness = measured(path, tmp_path)
    assert loudness.integrated == pytest.approx(loudness_of(path)[0], abs=0.5)
    assert max(loudness.waveform) > 10


def test_it_can_be_stopped_while_it_listens(tmp_path):
    class CancelledError(Exception):
        pass

    def cancel(done):
        raise CancelledError

    path = clip(tmp_path, SPEECH)
    with pytest.raises(CancelledError):
        sound.measure(path, probe(path), tmp_path, cancel)


def stereo(wave):
    return np.stack((wave, wave), axis=1).astype(np.float32)


def tone(hertz, seconds, level):
    return level * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE)


def noise(seconds, level, seed=1):
    """Of low frequencies, like a voice."""
    white = np.random.default_rng(seed).standard_normal(int(seconds * RATE))
    wave = np.convolve(white, np.hanning(48), mode="same")
    return wave / np.abs(wave).max() * level


def test_silences_are_stretches_of_a_second_and_more():
    pause, breath = np.zeros(2 * RATE), np.zeros(RATE // 2)
    wave = np.concatenate((noise(1, 0.4), pause, noise(1, 0.4), breath, noise(1, 0.4)))
    assert samples.silences(stereo(wave)) == [[1.0, 3.0]]


def test_one_channel_with_sound_is_not_silent():
    both = stereo(noise(3, 0.4))
    both[:, 0] = 0
    assert samples.silences(both) == []


@pytest.mark.parametrize(
    "wave",
    [
        pytest.param(noise(3, 4.0), id="noise"),
        pytest.param(tone(220, 3, 2.5), id="a tone"),
        pytest.param(tone(110, 3, 2.0) + tone(1320, 3, 0.5), id="a chord"),
    ],
)
@pytest.mark.parametrize("turned_down", [1.0, 0.6])
def test_waves_that_were_cut_off_are_found(wave, turned_down):
    cut = np.clip(wave, -1, 1) * turned_down
    quiet = np.zeros(RATE)
    (found,) = samples.overdriven(stereo(np.concatenate((quiet, cut, quiet))))
    assert found == [pytest.approx(1, abs=0.2), pytest.approx(4, abs=0.2)]


@pytest.mark.parametrize(
    "wave",
    [
        pytest.param(noise(3, 1.0), id="noise"),
        pytest.param(tone(50, 3, 1.0), id="a low tone"),
        pytest.param(tone(1000, 3, 1.0), id="a high tone"),
        pytest.param(np.tanh(1.2 * noise(3, 1.0)), id="a soft limit"),
        pytest.param(np.clip(tone(220, 3, 0.4), -0.2, 0.2), id="cut off, but quiet"),
    ],
)
def test_whole_waves_are_not_overdriven(wave):
    assert samples.overdriven(stereo(wave)) == []


def test_the_waveform_shows_the_peaks():
    wave = np.concatenate((tone(440, 2, 0.25), tone(440, 2, 1.0)))
    bars = samples.waveform(stereo(wave))
    assert len(bars) == samples.BARS
    assert (set(bars[:200]), set(bars[200:])) == ({25}, {100})


def test_no_samples_at_all_are_no_failure(tmp_path):
    empty = tmp_path / "empty"
    empty.write_bytes(b"")
    assert samples.read(empty) == {
        "seconds": 0.0,
        "silences": [],
        "overdriven": [],
        "waveform": [],
    }
