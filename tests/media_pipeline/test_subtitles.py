"""Subtitles and chapters that a file brings along."""

import subprocess

import imageio_ffmpeg
import pytest
from django.core.files.base import File

from cms import services as cms
from media_pipeline.models import Source, Video
from media_pipeline.services import add_video
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import tiny_video
from tests.factories.merchants import MembershipFactory

ENGLISH = "1\n00:00:00,200 --> 00:00:00,900\nFill the <i>pot</i>\n\n2\n00:00:01,000 --> 00:00:01,800\n& wait"
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


def with_words(folder, suffix, codec):
    """A video of two seconds with subtitles in two languages, and two chapters."""
    (folder / "en.srt").write_text(ENGLISH)
    (folder / "de.srt").write_text(GERMAN)
    (folder / "chapters.txt").write_text(CHAPTERS)
    plain = tiny_video(folder / "plain.mp4", seconds=2)
    path = folder / f"worded{suffix}"
    inputs = [plain, folder / "en.srt", folder / "de.srt", folder / "chapters.txt"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y"]
    command += [part for one in inputs for part in ("-i", str(one))]
    command += ["-map", "0", "-map", "1", "-map", "2", "-map_chapters", "3", "-c", "copy"]
    command += ["-c:s", codec, "-metadata:s:s:0", "language=eng", "-metadata:s:s:1", "language=ger"]
    subprocess.run([*command, str(path)], check=True)
    return path


def uploaded(path, callbacks, merchant=None, user=None):
    membership = None if merchant else MembershipFactory()
    with path.open("rb") as stream, callbacks(execute=True):
        video = add_video(
            merchant=merchant or membership.merchant,
            user=user or (membership.user if membership else None),
            title="Kama",
            file=File(stream, name=path.name),
        )
    return Video.objects.get(pk=video.pk)


@pytest.mark.parametrize(("suffix", "codec"), [(".mkv", "srt"), (".mp4", "mov_text"), (".mkv", "ass")])
@pytest.mark.django_db
def test_they_become_the_videos_own(tmp_path, suffix, codec, django_capture_on_commit_callbacks):
    video = uploaded(with_words(tmp_path, suffix, codec), django_capture_on_commit_callbacks)

    english, german = video.captions
    assert (english["language"], english["label"], english["origin"]) == ("en", "English", "embedded")
    assert english["confirmed"] is True
    assert [cue["text"] for cue in english["cues"]] == ["Fill the pot", "& wait"]
    assert english["cues"][0]["start"] == pytest.approx(0.2, abs=0.05)
    assert english["cues"][1]["end"] == pytest.approx(1.8, abs=0.05)
    assert (german["language"], german["cues"][0]["text"]) == ("de", "Topf füllen")
    assert video.chapters == [{"start": 0.0, "title": "Filling"}, {"start": 1.0, "title": "Waiting"}]
