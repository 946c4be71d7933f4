"""Captions and chapters as merchants write them, without a script."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cms import services as cms
from media_pipeline.models import Video
from media_pipeline.selectors import draft_of
from media_pipeline.services.captions import version_of
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import SourceFactory, VideoFactory, caption_track

JSON = {"accept": "application/json"}
SRT = b"1\n00:00:00,100 --> 00:00:00,900\nFill the pot.\n"


@pytest.fixture
def video(merchant):
    return VideoFactory(merchant=merchant)


@pytest.fixture
def page(address, video):
    """The addresses of the video's words: `page("en/")`."""
    return lambda path="": address(f"videos/{video.uuid}/captions/{path}")


def file(content, name="captions.srt"):
    return SimpleUploadedFile(name, content)


def draft(video):
    return draft_of(Video.objects.get(pk=video.pk))


def cues_of(video, language="en"):
    tracks = {track["language"]: track for track in draft(video).captions}
    return [(cue["start"], cue["end"], cue["text"]) for cue in tracks[language]["cues"]]


def test_a_file_becomes_captions_beside_the_video(browser, page, video):
    response = browser.post(page(), {"language": "en", "file": file(SRT)})
    assert response.headers["Location"] == page("en/")
    assert cues_of(video) == [(0.1, 0.9, "Fill the pot.")]
    assert draft(video).captions[0]["origin"] == "uploaded"

    listed = browser.get(page()).text
    assert '<option value="en" selected>English</option>' in listed  # for the next one
    assert f'href="{page("en/")}"' in listed
    opened = browser.get(page("en/"))
    assert "00:00:00.100 --&gt; 00:00:00.900\nFill the pot." in opened.text
    assert f"/media/videos/{video.uuid}/draft-captions/0.vtt" in opened.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"1\n00:00:00,500 --> 00:00:00,100\nBackwards\n\n2\n00:00 --> 00:01\nShort\n",
            "Line 2: it ends before it begins.",
        ),
        (b"1\n00:01:00,000 --> 00:01:01,000\nx", "after the end of the video, at 0:01.0."),
        (b"\x00\x00\x00\x18ftypmp42", "This is not a text file."),
        (b"x" * 500_001, "This file is too large for captions."),
    ],
)
def test_a_file_that_is_none_is_told_line_by_line(browser, page, video, content, sentence):
    response = browser.post(page(), {"language": "en", "file": file(content)})
    assert response.status_code == 422
    assert sentence in response.text
    assert draft(video).captions == []


def test_what_is_there_is_not_overwritten_by_mistake(browser, page, video):
    browser.post(page(), {"language": "en", "file": file(SRT)})
    response = browser.post(page(), {"language": "en", "file": file(SRT)})
    assert response.status_code == 422
    assert "There are captions in English already." in response.text

    other = file(b"WEBVTT\n\n00:00.200 --> 00:00.800\nReplaced.\n")
    response = browser.post(page("en/replace/"), {"file": other}, follow=True)
    assert "The captions are replaced." in response.text
    assert cues_of(video) == [(0.2, 0.8, "Replaced.")]
    response = browser.post(page("en/replace/"), {"file": file(b"none")}, follow=True)
    assert "No caption was found in it." in response.text
    assert cues_of(video) == [(0.2, 0.8, "Replaced.")]


def test_without_a_file_they_are_written_here(browser, page, video):
    response = browser.post(page(), {"language": "de"})
    assert response.headers["Location"] == page("de/")
    assert draft(video).captions == []
    assert 'lang="de">Deutsch<' in browser.get(page("de/")).text

    browser.post(page("de/"), {"text": "WEBVTT\n\n00:00.000 --> 00:00.500\nFüllen & warten"})
    assert cues_of(video, "de") == [(0.0, 0.5, "Füllen & warten")]
    assert draft(video).captions[0]["origin"] == "typed"


def test_wrong_lines_are_told_and_nothing_typed_is_lost(browser, page, video):
    text = "WEBVTT\n\n00:00.500 --> 00:00.100\nBackwards, but typed"
    response = browser.post(page("en/"), {"text": text})
    assert response.status_code == 422
    assert "Line 3: it ends before it begins." in response.text
    assert "Backwards, but typed" in response.text
    assert "cues-data" not in response.text  # no list can be made of it


def test_what_could_be_read_more_easily_is_said(browser, page, video):
    quick = "WEBVTT\n\n00:00.000 --> 00:00.500\n" + "too quick for anybody to read"
    browser.post(page("en/"), {"text": quick})
    assert (
        "Too quick to read: 58 characters a second, of at most 20." in browser.get(page("en/")).text
    )
    assert "1 of them could be read more easily" in browser.get(page()).text


class TestSavingItself:
    """What the page's script does: asks for JSON."""

    def test_it_is_told_what_it_saved(self, browser, page, video):
        text = "WEBVTT\n\n00:00.000 --> 00:00.500\na\n\n00:00.400 --> 00:00.900\nb"
        version = version_of(video, "en")
        answer = browser.post(page("en/"), {"text": text, "version": version}, headers=JSON).json()
        assert answer["version"] == version_of(draft(video), "en") != version
        assert answer["problems"] == {}
        assert answer["advice"] == [
            {"number": 0, "time": "0:00.0", "text": "It is still shown when the next one begins."}
        ]

    def test_it_is_told_what_is_wrong(self, browser, page, video):
        text = "WEBVTT\n\n00:00.500 --> 00:00.100\na"
        answer = browser.post(page("en/"), {"text": text}, headers=JSON)
        assert answer.status_code == 200
        assert answer.json()["problems"] == {"text": ["Line 3: it ends before it begins."]}
        assert draft(video).captions == []

    def test_it_overwrites_nobody(self, browser, page, video):
        seen = version_of(video, "en")
        text = "WEBVTT\n\n00:00.000 --> 00:00.500\n{}"
        browser.post(page("en/"), {"text": text.format("First"), "version": seen}, headers=JSON)
        answer = browser.post(
            page("en/"), {"text": text.format("Second"), "version": seen}, headers=JSON
        )
        assert answer.status_code == 409
        assert answer.json()["conflict"] is True
        assert cues_of(video) == [(0.0, 0.5, "First")]
        response = browser.post(page("en/"), {"text": text.format("Second"), "version": seen})
        assert response.status_code == 409
        assert "Somebody else has changed these captions meanwhile." in response.text


def test_what_a_machine_wrote_is_read_by_a_person(browser, page, video):
    video.captions = [caption_track("Fill the pod.", origin="automatic", confirmed=False)]
    video.save()
    assert "Not read by anybody yet" in browser.get(page()).text
    assert "A machine wrote these down" in browser.get(page("en/")).text

    text = "WEBVTT\n\n00:00.000 --> 00:00.500\nFill the pot."
    browser.post(page("en/"), {"text": text})
    assert draft(video).captions[0]["confirmed"] is False
    browser.post(page("en/"), {"text": text, "action": "confirm"})
    assert draft(video).captions[0]["confirmed"] is True
    assert draft(video).captions[0]["origin"] == "automatic"


def test_reading_is_enough_to_confirm(browser, page, video):
    video.captions = [caption_track(origin="automatic", confirmed=False)]
    video.save()
    browser.post(page("en/confirm/"))
    assert draft(video).captions[0]["confirmed"] is True


@pytest.mark.parametrize(
    ("suffix", "begins"), [("vtt", "WEBVTT\n\n00:00:00.000"), ("srt", "1\n00:00:00,000")]
)
def test_they_can_be_taken_away(browser, page, video, suffix, begins):
    video.captions = [caption_track()]
    video.save()
    response = browser.get(page(f"en.{suffix}"))
    assert response.headers["Content-Disposition"] == f'attachment; filename="captions-en.{suffix}"'
    assert response.text.startswith(begins)
    assert browser.get(page(f"de.{suffix}")).status_code == 404


def test_they_can_be_removed(browser, page, video):
    video.captions = [caption_track(), caption_track(language="de")]
    video.save()
    browser.post(page("en/remove/"))
    assert [track["language"] for track in draft(video).captions] == ["de"]


def test_what_the_file_holds_is_offered(browser, page, merchant, video):
    facts = {
        "video": {"frame_rate": 25.0},
        "chapters": [
            {"start": 0.0, "end": 0.5, "title": "Filling"},
            {"start": 0.5, "end": 1.0, "title": "Waiting"},
        ],
    }
    video.source = SourceFactory(
        ready=True, facts=facts, captions=[caption_track("From the file.", origin="embedded")]
    )
    video.save()
    shown = browser.get(page()).text
    assert "Found in the video file, not used." in shown
    assert "0:00 Filling\n0:00.5 Waiting" in shown

    browser.post(page("en/use/"))
    assert cues_of(video) == [(0.0, 0.2, "From the file.")]
    assert "Found in the video file, not used." not in browser.get(page()).text


def test_chapters_are_lines(browser, page, video):
    browser.post(page("chapters/"), {"text": "0:00 Filling\n0:00.5 Waiting"})
    assert draft(video).chapters == [
        {"start": 0.0, "title": "Filling"},
        {"start": 0.5, "title": "Waiting"},
    ]
    assert "0:00 Filling\n0:00.5 Waiting</textarea>" in browser.get(page()).text

    response = browser.post(page("chapters/"), {"text": "0:00 Filling\n9:00 Too late"})
    assert response.status_code == 422
    assert "Line 2: it begins after the end of the video, at 0:01." in response.text
    assert len(draft(video).chapters) == 2


def test_nothing_changes_under_an_editors_eyes(browser, page, video, member):
    video.captions = [caption_track()]
    video.save()
    cms.submit(subject=video, user=member)
    shown = browser.get(page("en/")).text
    assert "<fieldset disabled>" in shown
    assert page("en/remove/") not in shown

    text = {"text": "WEBVTT\n\n00:00.000 --> 00:00.500\nChanged"}
    answers = [
        browser.post(page("en/"), text).status_code,
        browser.post(page("en/"), text, headers=JSON).status_code,
        browser.post(page(), {"language": "de", "file": file(SRT)}).status_code,
        browser.post(page("chapters/"), {"text": "0:00 Filling"}).status_code,
        *(
            browser.post(page(f"en/{action}/")).status_code
            for action in ("remove", "confirm", "use")
        ),
        browser.post(page("en/replace/"), {"file": file(SRT)}).status_code,
    ]
    assert answers == [409, 409, 422, 422, 302, 302, 302, 302]
    assert draft(video).captions == [caption_track()]
    assert draft(video).chapters == []


def test_those_of_others_are_not_there(client, page, video):
    client.force_login(UserFactory())
    assert client.get(page()).status_code == 404
    assert client.get(page("en/")).status_code == 404
    assert client.post(page("en/remove/")).status_code == 404


@pytest.mark.parametrize("language", ["xx", "EN", "english"])
def test_other_languages_have_no_page(browser, page, language):
    assert browser.get(page(f"{language}/")).status_code == 404


def test_the_number_of_queries_is_fixed(browser, page, video, django_assert_max_num_queries):
    video.captions = [caption_track(language=language) for language in ("en", "de", "fr", "es")]
    video.save()
    browser.get(page())
    with django_assert_max_num_queries(16):
        browser.get(page())
    with django_assert_max_num_queries(16):
        browser.get(page("en/"))
