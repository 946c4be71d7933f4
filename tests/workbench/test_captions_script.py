"""The captions' editor in a real browser: by mouse, by keys, saving itself."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from media_pipeline.models import Video
from media_pipeline.selectors import draft_of
from tests.factories.media_pipeline import SourceFactory, VideoFactory, caption_track
from tests.factories.merchants import MembershipFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = re.compile("Saved at")


@pytest.fixture
def membership(db):
    return MembershipFactory()


@pytest.fixture
def video(membership):
    track = caption_track("Fill the pot.", "Close it.", "Wait & see <it>.")
    return VideoFactory(merchant=membership.merchant, captions=[track])


@pytest.fixture
def visit(visit, video):
    """Opens a page of the video's words as the merchant's owner."""

    def visit_words(path="", **options):
        return visit(f"videos/{video.uuid}/captions/{path}", **options)

    return visit_words


@pytest.fixture
def editor(visit):
    page = visit("en/")
    expect(page.locator(".cue")).to_have_count(3)
    return page


def saved(video):
    tracks = draft_of(Video.objects.get(pk=video.pk)).captions
    return [(cue["start"], cue["end"], cue["text"]) for cue in tracks[0]["cues"]] if tracks else []


def at(page, seconds):
    """Takes the video to that second."""
    page.evaluate(
        """async (seconds) => {
          const video = document.querySelector("video");
          video.preload = "auto";
          video.currentTime = seconds;
          if (video.readyState < 1) {
            video.load();
            await new Promise((go) => video.addEventListener("loadedmetadata", go, {once: true}));
            video.currentTime = seconds;
          }
          if (video.seeking) {
            await new Promise((go) => video.addEventListener("seeked", go, {once: true}));
          }
        }""",
        seconds,
    )


def test_what_is_typed_saves_itself(editor, video):
    editor.locator(".cue textarea").nth(1).fill("Close it <well>.\n\nAnd press.")
    expect(editor.locator("#save-state")).to_have_text("Not saved yet")
    expect(editor.locator("#save-state")).to_have_text(SAVED)
    assert saved(video) == [
        (0.0, 0.2, "Fill the pot."),
        (0.2, 0.4, "Close it <well>.\nAnd press."),
        (0.4, 0.6, "Wait & see <it>."),
    ]
    # and the advice is what the server says of it
    expect(editor.locator(".cue").nth(1).locator(".cue-advice")).to_contain_text("Too quick")


def test_opening_it_changes_nothing(editor, video):
    editor.wait_for_timeout(3500)
    expect(editor.locator("#save-state")).to_have_text("")
    assert video.revisions.count() == 0


def test_keys_time_a_caption_while_one_types(editor, video):
    text = editor.locator(".cue textarea").nth(2)
    text.focus()
    at(editor, 0.5)
    editor.keyboard.press("Alt+i")
    expect(editor.get_by_text("Begins at 0:00.50")).to_be_visible()
    at(editor, 0.9)
    editor.keyboard.press("Alt+o")
    expect(text).to_be_focused()
    expect(editor.locator("#save-state")).to_have_text(SAVED)
    assert saved(video)[2] == (0.5, 0.9, "Wait & see <it>.")


def test_keys_add_a_caption_and_go_from_one_to_the_next(editor, video):
    at(editor, 0.7)
    editor.keyboard.press("Alt+n")
    expect(editor.locator(".cue textarea").nth(3)).to_be_focused()
    editor.keyboard.type("Open it.")
    editor.keyboard.press("Alt+ArrowUp")
    expect(editor.locator(".cue textarea").nth(2)).to_be_focused()
    expect(editor.locator("#save-state")).to_have_text(SAVED)
    assert saved(video)[3] == (0.7, 1.0, "Open it.")


def test_a_new_one_within_another_divides_the_time(editor, video):
    at(editor, 0.2)
    editor.locator(".cue-time").nth(5).fill("1")
    at(editor, 0.7)
    editor.get_by_role("button", name="New here").click()
    editor.keyboard.type("Then")
    expect(editor.locator("#save-state")).to_have_text(SAVED)
    assert saved(video)[2:] == [(0.4, 0.7, "Wait & see <it>."), (0.7, 1.0, "Then")]


def test_times_are_moved_by_arrows_and_stay_in_order(editor, video):
    begins = editor.get_by_label("Begins").first
    ends = editor.get_by_label("Ends").first
    ends.focus()
    for _ in range(6):
        editor.keyboard.press("ArrowUp")
    expect(ends).to_have_value("0:00.80")
    begins.focus()
    for _ in range(5):
        editor.keyboard.press("ArrowUp")
    expect(begins).to_have_value("0:00.50")
    editor.keyboard.press("Tab")
    editor.keyboard.press("Tab")  # past both times: now the order is put right
    expect(editor.locator(".cue textarea").nth(2)).to_have_value("Fill the pot.")
    expect(editor.locator("#save-state")).to_have_text(SAVED)
    assert saved(video)[2] == (0.5, 0.8, "Fill the pot.")


def test_a_time_that_cannot_be_is_said_at_once_and_not_saved(editor, video):
    editor.get_by_label("Ends").first.fill("0:00.00")
    expect(editor.get_by_text("It ends before it begins.")).to_be_visible()
    expect(editor.locator("#save-state")).to_have_text("Not saved: put right what is marked")
    expect(editor.get_by_label("Ends").first).to_have_attribute("aria-invalid", "true")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_label("Begins").first).to_be_focused()
    assert video.revisions.count() == 0

    editor.get_by_label("Ends").first.fill("0:00.15")
    expect(editor.locator("#save-state")).to_have_text(SAVED)
    assert saved(video)[0] == (0.0, 0.15, "Fill the pot.")


def test_what_is_removed_can_come_back(editor, video):
    editor.get_by_role("button", name="Remove", exact=True).nth(1).click()
    expect(editor.locator(".cue")).to_have_count(2)
    expect(editor.locator("#save-state")).to_have_text(SAVED)
    assert len(saved(video)) == 2
    editor.get_by_role("button", name="Undo").click()
    expect(editor.locator(".cue textarea").nth(1)).to_have_value("Close it.")
    expect(editor.locator(".cue textarea").nth(1)).to_be_focused()
    expect(editor.locator("#save-state")).to_have_text("Not saved yet")
    expect(editor.locator("#save-state")).to_have_text(SAVED)
    assert len(saved(video)) == 3


def test_the_video_shows_what_is_being_written(editor):
    editor.locator(".cue textarea").first.fill("Empty <the> pot & dry it.")
    at(editor, 0.1)
    shown = editor.evaluate(
        """() => [...document.querySelector("video").textTracks]
          .filter((track) => track.mode === "showing")
          .map((track) => [...track.cues].map((cue) => cue.getCueAsHTML().textContent))"""
    )
    assert shown == [["Empty <the> pot & dry it.", "Close it.", "Wait & see <it>."]]


def test_a_caption_plays_from_its_beginning(editor):
    editor.get_by_role("button", name="Play it").nth(2).click()
    editor.wait_for_function("document.querySelector('video').currentTime >= 0.55")
    editor.wait_for_function("document.querySelector('video').paused")
    assert editor.evaluate("document.querySelector('video').currentTime") < 1


def test_two_people_are_told(editor, video):
    draft = Video.objects.get(pk=video.pk)
    draft.captions = [caption_track("A colleague's.")]
    draft.save()
    editor.locator(".cue textarea").first.fill("Mine.")
    expect(editor.locator("#conflict")).to_contain_text("Somebody else has changed")
    assert [text for _, _, text in saved(video)] == ["A colleague's."]


def test_captions_begin_with_nothing(visit, video):
    page = visit("de/")
    expect(page.get_by_text("No captions yet. Play the video")).to_be_visible()
    page.get_by_role("button", name="One more at the end").click()
    page.keyboard.type("Füllen.")
    expect(page.locator("#save-state")).to_have_text(SAVED)
    tracks = draft_of(Video.objects.get(pk=video.pk)).captions
    assert [track["language"] for track in tracks] == ["en", "de"]
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".cue textarea").first).to_have_value("Füllen.")


def test_a_chapter_begins_where_the_video_stands(visit):
    page = visit()
    page.get_by_label("In each line").fill("0:00 Filling")
    at(page, 0.5)
    page.get_by_role("button", name="One begins here").click()
    page.keyboard.type("Waiting")
    expect(page.get_by_label("In each line")).to_have_value("0:00 Filling\n0:00 Waiting")


def test_before_it_can_be_played_there_is_the_text_all_the_same(visit, video):
    video.source = SourceFactory(duration=1.0)
    video.save()
    page = visit("en/")
    expect(page.locator(".cue")).to_have_count(3)
    page.locator(".cue textarea").first.fill("Before.")
    expect(page.locator("#save-state")).to_have_text(SAVED)


def test_a_phones_keyboard_leaves_the_page_as_wide_as_it_is_and_axe_finds_nothing(visit, video):
    quick = caption_track("So quickly that nobody can read it, in a line that is far too wide.")
    video.captions = [quick]
    video.save()
    for width in (390, 1440):
        page = visit(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        for path in ("", "en/", "de/"):
            page.goto(page.url.split("/captions/")[0] + f"/captions/{path}")
            expect(page.locator("h1")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") == width
            violations = Axe().run(page).response["violations"]
            assert [
                (one["id"], [node["target"] for node in one["nodes"]]) for one in violations
            ] == []
