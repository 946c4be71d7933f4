"""What a machine writes down: with the real engine where it is installed, with a program of the
operator's (a small one, written here), and with none."""

import importlib.util
import subprocess

import imageio_ffmpeg
import pytest

from media_pipeline import blobs, services, transcribing
from media_pipeline.choices import SourceState, StepName, StepState
from media_pipeline.ladder import PROFILE
from media_pipeline.models import Video
from tests.factories.media_pipeline import SourceFactory, VideoFactory, caption_track, tiny_video
from tests.media_pipeline.speaking import speech

installed = pytest.mark.skipif(
    importlib.util.find_spec("pocketsphinx") is None,
    reason="PocketSphinx is not installed: automatic captions are not tried",
)


@pytest.fixture
def spoken(tmp_path):
    """A video that is ready, in which somebody speaks, and whose captions are asked for."""
    words = speech(tmp_path / "speech.wav", "one, two, three, four, five, six, seven")
    return waiting(said(tmp_path, words), seconds=5.0)


def said(folder, sound):
    picture = tiny_video(folder / "picture.mp4", seconds=8, audio=False)
    path = folder / "said.mp4"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-i", str(picture)]
    copied = ("-c:v", "copy", "-c:a", "aac", "-shortest")
    subprocess.run([*command, "-i", str(sound), *copied, str(path)], check=True)
    return path


def waiting(path, seconds, **facts):
    facts = {"video": {"frame_rate": 25.0}, "audio": {"codec": "aac"}} | facts
    source = SourceFactory(ready=True, duration=seconds, facts=facts)
    rendition = source.renditions.get()
    blobs.put_file(path=path, name=rendition.path)
    source.steps.create(profile=PROFILE, name=StepName.TRANSCRIBE)
    return VideoFactory(source=source)


def written_down(video):
    services.work()
    return Video.objects.get(pk=video.pk)


@installed
@pytest.mark.django_db(transaction=True)
def test_pocketsphinx_writes_what_it_understood(spoken, settings):
    settings.TRANSCRIBER = "pocketsphinx"
    video = written_down(spoken)

    (track,) = video.captions
    assert (track["language"], track["origin"], track["confirmed"]) == ("en", "automatic", False)
    words = " ".join(cue["text"] for cue in track["cues"]).split()
    assert {"two", "three", "four"} <= set(words)
    assert track["cues"][0]["start"] == pytest.approx(0, abs=0.5)
    assert track["cues"][-1]["end"] <= 5.0
    assert all(len(line) <= 42 for cue in track["cues"] for line in cue["text"].split("\n"))
    assert video.source.captions == [track]


@installed
@pytest.mark.django_db(transaction=True)
def test_a_tone_is_no_speech(tmp_path, settings):
    settings.TRANSCRIBER = "pocketsphinx"
    video = written_down(waiting(tiny_video(tmp_path / "tone.mp4", seconds=3), seconds=3.0))
    assert video.captions == []
    assert video.source.steps.get(name=StepName.TRANSCRIBE).state == StepState.DONE


@pytest.fixture
def program(settings, tmp_path):
    """Makes a script of the shell's the operator's program. What it may read beside the sound is
    the folder of its model."""
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "words").write_text("Said the model")
    settings.TRANSCRIBER = "sh {model}/transcriber.sh {sound} {model} {output}"
    settings.TRANSCRIBER_MODEL = str(folder)

    def program(script):
        (folder / "transcriber.sh").write_text(script)

    return program


WRITES = """
read words < $2/words
[ -s "$1" ] && printf '1\\n00:00:00,000 --> 00:00:02,000\\n%s' "$words" > "$3.srt"
"""


@pytest.mark.django_db(transaction=True)
def test_a_program_of_the_operators_does_it(spoken, program, settings):
    settings.TRANSCRIBER_LANGUAGE = "de"
    program(WRITES)
    (track,) = written_down(spoken).captions
    assert (track["language"], track["label"], track["origin"]) == ("de", "Deutsch", "automatic")
    assert [cue["text"] for cue in track["cues"]] == ["Said the model"]


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("echo 'No such model.' >&2; exit 3", "No such model."),
        ("exit 0", ""),
        ("echo nothing > $3.vtt", "No caption was found"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_leaves_the_video_as_it_is(spoken, program, script, complaint):
    program(script)
    video = written_down(spoken)
    step = video.source.steps.get(name=StepName.TRANSCRIBE)
    assert (step.state, step.attempts) == (StepState.WAITING, 1)
    assert complaint in step.log_tail
    assert video.source.state == SourceState.READY
    assert video.captions == []


@pytest.mark.parametrize(
    ("facts", "captions"), [({"audio": None}, []), ({}, [caption_track(origin="embedded")])]
)
@pytest.mark.django_db(transaction=True)
def test_what_needs_none_gets_none(tmp_path, settings, facts, captions):
    settings.TRANSCRIBER = "no-such-program"
    video = waiting(tiny_video(tmp_path / "a.mp4"), 1.0, **facts)
    video.source.captions = captions
    video.source.save()
    video = written_down(video)
    assert video.source.steps.get(name=StepName.TRANSCRIBE).state == StepState.DONE
    assert video.source.captions == captions


def word(text, start, end):
    return {"word": text, "start": start, "end": end}


def test_words_become_captions_that_can_be_read():
    spoken = [word(f"word{n:02d}", n * 0.25, n * 0.25 + 0.2) for n in range(16)]
    spoken += [word("later", 6.0, 6.1)]
    cues = transcribing.cues_of(spoken)
    assert [len(cue.text.split()) for cue in cues] == [12, 4, 1]
    assert [len(line) for line in cues[0].text.split("\n")] == [41, 41]
    assert (cues[0].start, cues[0].end) == (0.0, 3.0)  # until the next one begins
    assert (cues[2].start, cues[2].end) == (6.0, 7.0)  # never shorter than a second


def test_silence_has_no_captions():
    assert transcribing.cues_of([]) == ()


def test_nothing_is_written_down_unless_somebody_asks(settings):
    settings.TRANSCRIBER = ""
    assert transcribing.engine() is None
