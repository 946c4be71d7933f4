"""Captions as files and as text: what is read, what is written, what is refused and why."""

import time

import pytest

from media_pipeline import captions
from media_pipeline.captions import Cue, Track
from media_pipeline.choices import CaptionOrigin
from media_pipeline.errors import CaptionsRefusedError
from tests.factories.media_pipeline import caption_track

VTT = """WEBVTT - Kama in use
Kind: captions

NOTE Nobody
sees this.

STYLE
::cue { color: red }

opening
00:01.000 --> 00:03.500 align:start line:0
<v.loud Roger Bingham>We are &amp; <i>here</i>
- second line

00:00:04.000 --> 00:00:05.250
1 &lt; 2 <00:04.500>and <c.yellow>more</c>
"""


def texts(cues):
    return [cue.text for cue in cues]


def refusal(content, **options):
    with pytest.raises(CaptionsRefusedError) as caught:
        captions.read(content, **options)
    return caught.value


def test_webvtt_is_read_without_its_marking_up():
    assert captions.read(VTT.encode()) == (
        Cue(1.0, 3.5, "Roger Bingham: We are & here\n- second line"),
        Cue(4.0, 5.25, "1 < 2 and more"),
    )


def test_subrip_is_read_as_it_is_found():
    untidy = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\n{\\an8}Fill <font color='red'>it</font>\r\n"
        "2\r\n0:00:03,5 --> 00:00:04,000\r\nto the\r\n \r\nbrim &amp; 2024\r\n2024\r\n\r\n"
        "3\r\n00:00:05,000 --> 00:00:06,000\r\n\r\n"
    )
    assert captions.read(untidy.encode()) == (
        Cue(1.0, 2.5, "Fill it"),
        Cue(3.5, 4.0, "to the\nbrim &amp; 2024\n2024"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_understood(encoding):
    content = "1\n00:00:01,000 --> 00:00:02,000\nTöpfe à gogo".encode(encoding)
    assert texts(captions.read(content)) == ["Töpfe à gogo"]


def test_each_wrong_line_is_named():
    error = refusal(
        b"WEBVTT\n\n00:01 --> 00:02\nNo thousandths\n\n00:05.000 --> 00:04.000\nBackwards\n\n"
        b"00:75.000 --> 01:20.000\nNo such second\n\n00:50.000 --> 00:51.000\nToo late",
        seconds=43.2,
    )
    assert [line for line, _ in error.problems] == [3, 6, 9, 12]
    assert str(error) == (
        "Line 3: “00:01 --> 00:02” isn't two times with an arrow between. "
        "Line 6: it ends before it begins. "
        "Line 9: minutes and seconds go up to 59. "
        "Line 12: it begins after the end of the video, at 0:43.2."
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is nothing in it."),
        (b" \n\n", "There is nothing in it."),
        (b"\x00\x01\x02\x03", "This is not a text file. Upload captions as .vtt or .srt."),
        (
            b"Dear editors,\n\nthe captions follow.",
            "No caption was found in it. Each begins with a line such as "
            "“00:01.000 --> 00:03.500”.",
        ),
        (
            b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"word " * 101,
            "The caption at 0:01.0 is longer than 500 characters. Divide it.",
        ),
        (b"x" * 500_001, "This file is too large for captions."),
    ],
)
def test_what_are_no_captions_is_told(content, sentence):
    assert str(refusal(content)) == sentence


def test_too_many_are_refused():
    many = "WEBVTT\n\n" + "".join(
        f"{n // 60:02d}:{n % 60:02d}.000 --> {n // 60:02d}:{n % 60:02d}.500\nx\n\n"
        for n in range(2001)
    )
    assert str(refusal(many.encode())) == "These are 2001 captions; a video takes 2000."


def test_what_outlasts_the_video_is_cut():
    (cue,) = captions.read(b"WEBVTT\n\n00:40.000 --> 01:00.000\nBye", seconds=43.2)
    assert cue == Cue(40.0, 43.2, "Bye")


def test_they_come_in_order():
    content = b"WEBVTT\n\n00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na"
    assert texts(captions.read(content)) == ["a", "b"]


@pytest.mark.parametrize("write", [captions.as_vtt, captions.as_srt])
def test_what_is_written_is_read_again(write):
    cues = (Cue(0.0, 1.5, "a < b & c\nd"), Cue(3661.25, 3662.0, "1.5, 2.5"))
    assert captions.read(write(cues).encode()) == cues


def test_nothing_in_a_text_becomes_marking_up():
    written = captions.as_vtt([Cue(1.0, 2.0, "<b>bold</b>\n00:01.000 --> 00:02.000")])
    assert written == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"
        "&lt;b&gt;bold&lt;/b&gt;\n00:01.000 --&gt; 00:02.000\n"
    )


HEAD = b"WEBVTT\n\n00:01.000 --> 00:02.000\n"


@pytest.mark.parametrize(
    "content",
    [
        HEAD + b"<v " * 150_000,
        HEAD + b"<v" + b".a" * 220_000,
        HEAD + b"{\\" * 220_000,
        b"WEBVTT\n\n" + b"<" * 450_000,
        b"-->" * 160_000,
        b"-->\n" * 120_000,
        b"00:" * 150_000 + b"-->",
        b" " * 450_000 + b"-->",
        b"WEBVTT\n\n" + b"NOTE\n\n" * 80_000,
        b"".join(b"00:01.000 --> 00:02.000\n" + b"<v " * 900 + b"\n" for _ in range(180)),
    ],
    ids=range(10),
)
def test_no_file_takes_long_to_read(content):
    began = time.process_time()
    refusal(content)
    assert time.process_time() - began < 5


def test_paragraphs_end_at_pauses_and_at_sentences_once_they_are_long():
    cues = [Cue(n * 4.0, n * 4.0 + 4, "so on" if n != 8 else "and so on.") for n in range(10)]
    cues.append(Cue(44.0, 45.0, "After a pause"))
    starts = [paragraph.start for paragraph in captions.paragraphs(cues)]
    assert starts == [0.0, 36.0, 44.0]


def test_only_what_a_person_has_read_counts_as_said():
    tracks = [
        caption_track("Fill the\npot.", "And wait."),
        caption_track("Fühl den Topf.", language="de", origin="automatic", confirmed=False),
        caption_track("Remplis.", language="fr", origin="automatic", confirmed=True),
    ]
    assert captions.spoken_text(tracks) == "Fill the pot. And wait.\n\nRemplis."


def test_the_readers_own_language_comes_first_and_guesses_last():
    tracks = [
        caption_track(language="fr", origin="automatic", confirmed=False),
        caption_track(language="en"),
        caption_track(language="de"),
    ]
    ordered = captions.transcripts_of(tracks, first="de")
    assert [one.track.language for one in ordered] == ["de", "en", "fr"]
    ordered = captions.transcripts_of(tracks, first="en-gb")
    assert [one.track.language for one in ordered] == ["en", "de", "fr"]


def test_a_guess_says_so_until_it_is_read():
    value = caption_track(origin="automatic", confirmed=False)
    track = Track.from_value(value)
    assert track.as_value() == value
    assert track.shown_label == "English (automatic)"
    assert captions.confirmed(track).shown_label == "English"
    assert captions.confirmed(track).origin == CaptionOrigin.AUTOMATIC
