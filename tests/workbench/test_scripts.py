"""What the workbench's scripts do in a real browser: the guide that saves itself, blocks that
move, files that go on uploading; and that every page can be used by everybody."""

import html
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from cms import services as cms
from cms.models import GuidePage
from media_pipeline import incoming, services
from media_pipeline.models import Upload, Video
from merchants.choices import Role
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import (
    PictureFactory,
    QuotaFactory,
    UploadFactory,
    VideoFactory,
    tiny_video,
)
from tests.factories.merchants import MembershipFactory
from tests.factories.products import CategoryFactory, ProductFactory
from tests.factories.selection import EntryFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED = re.compile("Saved at")
RETRIED = 20_000  # milliseconds; a save that failed is tried again after five seconds
BLOCKS = ".stream > .block"

PICKER = """async (bytes) => {
  const disk = await navigator.storage.getDirectory();
  const handle = await disk.getFileHandle("kettle.mp4", { create: true });
  const file = await handle.createWritable();
  await file.write(new Uint8Array(bytes));
  await file.close();
  window.showOpenFilePicker = async () => [handle];
}"""
DROP = """() => {
  const dropped = new DataTransfer();
  for (const name of ["kettle.mp4", "pot.mp4"]) {
    dropped.items.add(new File([`no video ${name}`], name, { type: "video/mp4" }));
  }
  const event = new DragEvent("drop", { dataTransfer: dropped, cancelable: true });
  document.getElementById("drop").dispatchEvent(event);
}"""


@pytest.fixture
def guide(membership):
    return GuidePageFactory(merchant=membership.merchant, author=membership.user)


@pytest.fixture
def editor(visit, guide):
    return visit(f"guides/{guide.pk}/")


def draft_of(guide):
    return GuidePage.objects.get(pk=guide.pk).get_latest_revision_as_object()


def order_of(page):
    return page.locator(BLOCKS).evaluate_all("(all) => all.map((one) => one.dataset.item)")


class TestGuideEditor:
    def test_it_saves_itself(self, editor, guide):
        editor.get_by_label("Summary").fill("Typed, and nothing pressed.")
        expect(editor.locator("#save-state")).to_have_text("Not saved yet")
        expect(editor.locator("#save-state")).to_have_text(SAVED)
        assert draft_of(guide).summary == "Typed, and nothing pressed."

    def test_opening_it_changes_nothing(self, editor, guide):
        expect(editor.locator("trix-editor")).to_have_attribute("contenteditable", "")
        editor.wait_for_function("document.querySelector('trix-editor').editor !== undefined")
        editor.evaluate("new Promise((resolve) => requestAnimationFrame(() => resolve()))")
        editor.dispatch_event("#guide-form", "change")
        expect(editor.locator("#save-state")).to_have_text(SAVED)

    def test_rich_text_is_written_in_an_editor(self, editor, guide):
        text = editor.locator("trix-editor")
        text.click()
        editor.keyboard.press("Control+End")
        editor.get_by_role("button", name="Bold").click()
        editor.keyboard.type(" Even so.")
        expect(editor.locator("#save-state")).to_have_text(SAVED)
        with editor.expect_response("**/save/"):
            editor.get_by_label("Summary").fill("Another change")
        saved = html.unescape(str(draft_of(guide).body[1].value.source))
        # Where a browser keeps the space at the end of a line, it does so by a no-break space.
        assert "<strong> Even so.</strong>" in saved.replace("\N{NO-BREAK SPACE}", " ")

    def test_blocks_are_added_moved_removed_and_put_back(self, editor, guide):
        before = order_of(editor)
        editor.get_by_role("button", name="Safety note", exact=True).click()
        added = order_of(editor)[-1]
        editor.keyboard.press("Tab")
        editor.keyboard.type("Hot steam.")
        last = editor.locator(BLOCKS).last
        last.locator(".block-head [data-do=up]").click()
        expect(editor.locator("#editor-news")).to_have_text("Safety note moved: now 3 of 4")
        editor.locator(BLOCKS).first.locator(".block-head [data-do=remove]").click()
        expect(editor.locator(BLOCKS)).to_have_count(3)
        editor.get_by_role("button", name="Put it back").click()
        with editor.expect_response("**/save/"):
            pass
        assert order_of(editor) == [*before[:2], added, before[2]]
        body = draft_of(guide).body
        assert [block.id for block in body] == order_of(editor)
        assert body[2].value["text"] == "Hot steam."

    def test_a_block_is_added_below_another(self, editor):
        editor.locator(BLOCKS).first.locator("[data-do=insert]").click()
        editor.get_by_role("group", name="Add to the guide").get_by_role(
            "button", name="Heading", exact=True
        ).click()
        kinds = editor.locator(BLOCKS).evaluate_all("(all) => all.map((one) => one.ariaLabel)")
        assert kinds == ["Heading", "Heading", "Text", "Questions and answers"]
        expect(editor.locator(BLOCKS).nth(1).locator("input:not([type=hidden])")).to_be_focused()

    def test_a_block_is_dragged(self, editor, guide):
        before = order_of(editor)
        grip = editor.locator(".block-head [data-grip]").first
        box = grip.bounding_box()
        editor.mouse.move(box["x"] + 5, box["y"] + 5)
        editor.mouse.down()
        last = editor.locator(BLOCKS).last.bounding_box()
        editor.mouse.move(box["x"] + 5, last["y"] + last["height"], steps=12)
        with editor.expect_response("**/save/"):
            editor.mouse.up()
        assert order_of(editor) == [before[1], before[2], before[0]]
        assert [block.id for block in draft_of(guide).body] == order_of(editor)

    def test_no_connection_loses_nothing(self, editor, guide):
        editor.route("**/save/", lambda route: route.abort())
        editor.get_by_label("Summary").fill("Written on a train.")
        expect(editor.locator("#save-state")).to_contain_text("No connection")
        editor.unroute("**/save/")
        expect(editor.locator("#save-state")).to_have_text(SAVED, timeout=RETRIED)
        assert draft_of(guide).summary == "Written on a train."

    def test_a_colleagues_newer_version_stops_it_and_both_are_kept(self, editor, guide, membership):
        colleague = MembershipFactory(merchant=membership.merchant, role=Role.CONTRIBUTOR).user
        draft = draft_of(guide)
        cms.save_guide(
            guide=guide,
            user=colleague,
            title=draft.title,
            summary="Theirs",
            category=guide.category,
            picture=None,
            body=draft.body,
        )
        editor.get_by_label("Summary").fill("Mine")
        expect(editor.locator("#conflict")).to_contain_text(colleague.display_name)
        assert draft_of(guide).summary == "Theirs"
        editor.get_by_role("button", name="Save mine as the newest").click()
        expect(editor.get_by_text("Saved.", exact=True)).to_be_visible()
        assert draft_of(guide).summary == "Mine"
        assert any(revision.content["summary"] == "Theirs" for revision in guide.revisions.all())

    def test_a_picture_is_chosen_in_the_dialog(self, editor, guide, membership):
        picture = PictureFactory(merchant=membership.merchant, title="A large pot")
        PictureFactory(merchant=membership.merchant, title="A pan")
        editor.get_by_role("button", name="Choose or upload a picture").first.click()
        dialog = editor.get_by_role("dialog")
        dialog.get_by_role("searchbox").fill("pot")
        dialog.get_by_role("button", name="Search").click()
        expect(dialog.locator("[data-pick]")).to_have_count(1)
        with editor.expect_response("**/save/"):
            dialog.get_by_role("button", name="A large pot").click()
        expect(dialog).to_be_hidden()
        assert draft_of(guide).picture == picture

    def test_without_javascript_every_button_works(self, visit, guide):
        page = visit(f"guides/{guide.pk}/", java_script_enabled=False)
        before = order_of_plain(page)
        page.get_by_label("Summary").fill("Typed without a script.")
        page.get_by_role("button", name="Move down: Heading").click()
        assert order_of_plain(page) == [before[1], before[0], before[2]]
        page.get_by_role("button", name="Add below: Text").click()
        page.get_by_role("group", name="Add here").get_by_role("button", name="Safety note").click()
        assert [block.block_type for block in draft_of(guide).body] == [
            "rich_text",
            "safety_note",
            "heading",
            "questions",
        ]
        assert draft_of(guide).summary == "Typed without a script."
        page.get_by_role("button", name="Remove: Safety note").click()
        assert len(draft_of(guide).body) == 3


def order_of_plain(page):
    return [block.get_attribute("data-item") for block in page.locator(BLOCKS).all()]


class TestUpload:
    def test_a_lost_connection_and_a_reload_lose_nothing(self, visit, membership, tmp_path):
        clip = tiny_video(tmp_path / "kettle.mp4", seconds=2)
        page = visit("videos/upload/")
        page.route("**/media/uploads/*/", lambda route: route.abort())
        page.locator("input[name=file]").set_input_files(clip)
        expect(page.locator(".upload")).to_contain_text("No connection", timeout=20_000)
        upload = Upload.objects.get()
        page.unroute("**/media/uploads/*/")
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        expect(page.locator("#unfinished")).to_contain_text("kettle.mp4")
        page.locator("input[name=file]").set_input_files(clip)
        expect(page.locator(".upload")).to_contain_text("It is ready to play", timeout=60_000)
        expect(page.locator("#unfinished")).to_be_hidden()
        page.get_by_role("link", name="Write its title").click()
        video = Video.objects.get(merchant=membership.merchant)
        expect(page).to_have_url(re.compile(f"/videos/{video.uuid}/$"))
        assert video.source.uuid == upload.uuid

    def test_a_refused_file_says_why_and_can_be_tried_again(self, visit, membership, tmp_path):
        clip = tiny_video(tmp_path / "kettle.mp4")
        quota = QuotaFactory(merchant=membership.merchant, size=100)
        page = visit("videos/upload/")
        expect(page.locator("#drop")).to_contain_text("keeps 0 of 100 videos here, 0 bytes")
        page.locator("input[name=file]").set_input_files(clip)
        row = page.locator(".upload")
        expect(row).to_contain_text("Not accepted: This file is")
        expect(row).to_contain_text("of your shop's 100 bytes only 100 bytes are left")

        services.set_quota(merchant=membership.merchant, size=2**30, videos=quota.videos)
        row.get_by_role("button", name="Go on").click()
        expect(row).to_contain_text("Here. Now we make it play everywhere")
        assert Video.objects.get(merchant=membership.merchant).title == "kettle"

    def test_files_take_turns_and_can_be_paused(self, visit, membership, tmp_path):
        clips = []
        for number in range(5):
            clips.append(tmp_path / f"part-{number}.mp4")
            clips[-1].write_bytes(b"no video " * 100 + bytes([number]))
        page = visit("videos/upload/")
        page.route("**/media/uploads/*/", lambda route: route.abort())
        page.locator("input[name=file]").set_input_files(clips)
        expect(page.get_by_text("Waits for its turn.")).to_have_count(2)
        expect(page.get_by_role("button", name="Pause")).to_have_count(3)
        assert Upload.objects.count() <= 3

        page.get_by_role("button", name="Pause").first.click()
        expect(page.get_by_text("Paused at 0 %")).to_be_visible()
        expect(page.get_by_text("Waits for its turn.")).to_have_count(1)
        page.unroute("**/media/uploads/*/")
        expect(page.get_by_text("Here. Now we make it play everywhere")).to_have_count(
            4, timeout=30_000
        )
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("link", name="Write its title")).to_have_count(5, timeout=30_000)

    def test_what_is_not_finished_can_be_gone_on_with_by_one_click(
        self, visit, membership, tmp_path
    ):
        """The browser keeps a handle of the file (here one of its own disk, which no dialog has to
        be answered for)."""
        clip = tiny_video(tmp_path / "kettle.mp4")
        page = visit("videos/upload/")
        page.evaluate(PICKER, list(clip.read_bytes()))
        page.route("**/media/uploads/*/", lambda route: route.abort())
        page.locator("input[name=file]").click()
        expect(page.locator(".upload")).to_contain_text("No connection", timeout=20_000)
        page.unroute("**/media/uploads/*/")
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        page.locator("#unfinished").get_by_role("button", name="Go on").click()
        expect(page.locator(".upload")).to_contain_text("Here. Now we make it play", timeout=30_000)
        expect(page.locator("#unfinished")).to_be_hidden()
        assert Upload.objects.get().length == clip.stat().st_size

    def test_what_is_not_finished_can_be_forgotten(self, visit, membership):
        upload = UploadFactory(merchant=membership.merchant, user=membership.user)
        incoming.create(upload.uuid)
        page = visit("videos/upload/")
        expect(page.get_by_role("button", name="Go on")).to_be_hidden()
        page.get_by_role("button", name="Forget it").click()
        expect(page.locator("#unfinished")).to_be_hidden()
        assert not Upload.objects.exists()
        assert not incoming.path_of(upload.uuid).exists()

    def test_files_are_dropped_and_phones_record(self, visit, membership):
        page = visit("videos/upload/", has_touch=True, is_mobile=True)
        camera = page.get_by_label("Record a video")
        expect(camera).to_have_attribute("capture", "environment")
        expect(page.get_by_text("Record a video")).to_be_visible()
        page.evaluate(DROP)
        expect(page.locator(".upload-name")).to_have_text(["kettle.mp4", "pot.mp4"])
        expect(page.get_by_role("link", name="Write its title")).to_have_count(2)
        assert Video.objects.filter(merchant=membership.merchant).count() == 2


@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_fits_and_axe_finds_nothing(visit, membership, width):
    merchant, owner = membership.merchant, membership.user
    guide = GuidePageFactory(merchant=merchant, author=owner)
    category = CategoryFactory()
    product = ProductFactory(merchant=merchant, category=category)
    product.pictures.create(picture=PictureFactory(merchant=merchant))
    video = VideoFactory(merchant=merchant)
    entry = EntryFactory(product__merchant=merchant)
    page = visit(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    paths = [
        "",
        "products/",
        f"products/{product.pk}/",
        "imports/",
        "guides/",
        "guides/new/",
        f"guides/{guide.pk}/",
        f"guides/{guide.pk}/versions/",
        "videos/",
        "videos/upload/",
        f"videos/{video.uuid}/",
        "pictures/",
        "auditions/",
        f"auditions/{entry.round.slug}/enter/",
        f"entries/{entry.pk}/",
        "members/",
        "settings/",
    ]
    found = {}
    for path in paths:
        page.goto(f"/merchant/{merchant.slug}/{path}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found[path] = "wider than the screen"
        violations = Axe().run(page).response["violations"]
        if violations:
            found[path] = [
                (one["id"], [node["target"] for node in one["nodes"]]) for one in violations
            ]
    assert found == {}
