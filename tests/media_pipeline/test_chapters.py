import pytest

from media_pipeline import chapters
from media_pipeline.chapters import Chapter
from media_pipeline.errors import CaptionsRefusedError


def test_they_are_written_as_people_write_them():
    text = "0:00 Filling it\n\n 0:45.5 - Waiting \n1:02:03 \u2013 The <end>"
    read = chapters.read(text, seconds=4000)
    assert read == [
        Chapter(0.0, "Filling it"),
        Chapter(45.5, "Waiting"),
        Chapter(3723.0, "The <end>"),
    ]
    assert chapters.read(chapters.as_text(read), seconds=4000) == read


def test_each_wrong_line_is_named():
    with pytest.raises(CaptionsRefusedError) as caught:
        chapters.read(f"0:05 a\n0:05 b\nc\n0:70 d\n3:01 e\n0:06 {'f' * 101}", seconds=180)
    assert [line for line, _ in caught.value.problems] == [2, 3, 4, 5, 6]
    assert caught.value.sentences[:2] == [
        "Line 2: it doesn't begin after the chapter before it.",
        "Line 3: write a time and a title, such as “0:45 How to clean it”.",
    ]
    assert caught.value.sentences[3] == ("Line 5: it begins after the end of the video, at 3:00.")


def test_there_is_an_end_to_them():
    text = "\n".join(f"{n // 60}:{n % 60:02d} x" for n in range(51))
    with pytest.raises(CaptionsRefusedError, match="at most"):
        chapters.read(text, seconds=180)


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ([], []),
        ([(0, ""), (1, "")], []),
        ([(0, "Chapter 1")], []),
        (
            [(8, "End"), (-0.2, " Be\x00gin\n ning ")],
            [Chapter(0.0, "Begin ning"), Chapter(8.0, "End")],
        ),
        ([(0, "a"), (5, "b"), (99, "after the end")], [Chapter(0.0, "a"), Chapter(5.0, "b")]),
    ],
)
def test_a_files_own_are_taken_where_they_say_something(found, kept):
    facts = [{"start": start, "end": start + 1, "title": title} for start, title in found]
    assert chapters.from_container(facts, seconds=10.0) == kept


def test_players_get_them_as_webvtt():
    assert chapters.as_vtt([Chapter(0, "a"), Chapter(5, "b & c")], seconds=9.5) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:05.000\na\n\n00:00:05.000 --> 00:00:09.500\nb &amp; c\n"
    )
    assert chapters.as_vtt([], seconds=9.5) == "WEBVTT\n"
