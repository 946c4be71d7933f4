"""Subtitles and chapters that a file brings along."""

import subprocess
from dataclasses import replace

import imageio_ffmpeg
import pytest
from django.core.files.base import File

from media_pipeline import probing
from media_pipeline.encoding import subtitles
from media_pipeline.models import Video
from media_pipeline.services import add_video
from tests.factories.media_pipeline import tiny_video
from tests.factories.merchants import MembershipFactory

ENGLISH = """1
00:00:00,200 --> 00:00:00,900
Fill the <i>pot</i>

2
00:00:01,000 --> 00:00:01,800
& wait
"""
GERMAN = "1\n00:00:00,200 --> 00:00:00,900\nTopf füllen\n"
CHAPTERS = """;FFMETADATA1
[CHAPTER]
TIMEBASE=1/1000
START=0
END=1000
title=Filling
[CHAPTER]
TIMEBASE=1/1000
START=1000
END=2000
title=Waiting
"""


def with_words(folder, suffix=".mkv", codec="srt", texts=(ENGLISH, GERMAN), options=()):
    """A video of two seconds with a subtitle track of each text, and two chapters."""
    plain = tiny_video(folder / "plain.mp4", seconds=2)
    (folder / "chapters.txt").write_text(CHAPTERS)
    inputs = [plain, folder / "chapters.txt"]
    for number, text in enumerate(texts):
        (folder / f"{number}.srt").write_text(text)
        inputs.append(folder / f"{number}.srt")
    path = folder / f"worded{suffix}"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y"]
    command += [part for one in inputs for part in ("-i", str(one))]
    command += ["-map", "0", "-map_chapters", "1", "-c", "copy", "-c:s", codec]
    command += [part for number in range(len(texts)) for part in ("-map", str(number + 2))]
    languages = ("-metadata:s:s:0", "language=eng", "-metadata:s:s:1", "language=ger")
    subprocess.run([*command, *languages, *options, str(path)], check=True)
    return path


def taken_out(path, folder):
    (folder / "work").mkdir()
    return subtitles.extract(
        path, probing.probe(path), folder / "work", on_progress=lambda done: None
    )


def uploaded(path, callbacks):
    membership = MembershipFactory()
    with path.open("rb") as stream, callbacks(execute=True):
        video = add_video(
            merchant=membership.merchant,
            user=membership.user,
            title="Kama",
            file=File(stream, name=path.name),
        )
    return Video.objects.get(pk=video.pk)


@pytest.mark.parametrize(
    ("suffix", "codec"),
    [(".mkv", "srt"), (".mp4", "mov_text"), (".mkv", "ass"), (".mkv", "webvtt")],
)
def test_every_kind_of_text_is_taken_out(tmp_path, suffix, codec):
    english, german = taken_out(with_words(tmp_path, suffix, codec), tmp_path)
    assert (english.language, english.label, english.origin) == ("en", "English", "embedded")
    assert english.confirmed is True
    assert [cue.text for cue in english.cues] == ["Fill the pot", "& wait"]
    assert english.cues[0].start == pytest.approx(0.2, abs=0.05)
    assert english.cues[1].end == pytest.approx(1.8, abs=0.05)
    assert (german.language, german.cues[0].text) == ("de", "Topf füllen")


def test_they_are_in_step_with_a_picture_that_comes_late(tmp_path):
    """The sound begins with the file, the picture half a second later; ours begin with it."""
    words = with_words(tmp_path, codec="srt")
    late = tmp_path / "late.mkv"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-i", str(words)]
    command += ["-itsoffset", "0.5", "-i", str(words), "-map", "1:v", "-map", "0:a", "-map", "0:s"]
    subprocess.run([*command, "-c", "copy", str(late)], check=True)
    english, _german = taken_out(late, tmp_path)
    assert english.cues[0].start == 0.0
    assert english.cues[0].end == pytest.approx(0.4, abs=0.05)
    assert english.cues[1].start == pytest.approx(0.5, abs=0.05)


def test_of_two_in_one_language_the_first_that_says_something_is_taken(tmp_path):
    path = with_words(
        tmp_path,
        texts=("1\n00:00:00,100 --> 00:00:00,200\n<i></i>\n", ENGLISH, ENGLISH),
        options=("-metadata:s:s:1", "language=eng", "-metadata:s:s:2", "language=eng"),
    )
    (english,) = taken_out(path, tmp_path)
    assert [cue.text for cue in english.cues] == ["Fill the pot", "& wait"]


def test_subtitles_that_are_pictures_stay_where_they_are(tmp_path):
    path = with_words(tmp_path)
    probe = probing.probe(path)
    pictures = replace(probe.subtitles[0], codec="dvd_subtitle")
    found = subtitles.extract(
        path,
        replace(probe, subtitles=[pictures]),
        tmp_path,
        on_progress=lambda done: None,
    )
    assert found == []


def test_what_cannot_be_taken_out_is_left_out(tmp_path):
    path = with_words(tmp_path)
    probe = probing.probe(path)
    gone = replace(probe.subtitles[0], index=40)
    found = subtitles.extract(
        path,
        replace(probe, subtitles=[gone, probe.subtitles[1]]),
        tmp_path,
        on_progress=lambda done: None,
    )
    assert [track.language for track in found] == ["de"]


@pytest.mark.django_db
def test_they_become_the_videos_own_and_those_of_the_same_file_uploaded_again(
    tmp_path, django_capture_on_commit_callbacks
):
    path = with_words(tmp_path)
    first = uploaded(path, django_capture_on_commit_callbacks)
    again = uploaded(path, django_capture_on_commit_callbacks)
    assert again.source_id == first.source_id
    for video in (first, again):
        assert [track["language"] for track in video.captions] == ["en", "de"]
        assert video.chapters == [
            {"start": 0.0, "title": "Filling"},
            {"start": 1.0, "title": "Waiting"},
        ]
