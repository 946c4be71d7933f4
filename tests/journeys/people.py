"""What people do in a journey, in their own words, through a real browser."""

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

PASSWORD = "correct-horse-battery"
PLAY_TIMEOUT = 20_000  # milliseconds
SEARCH_TIMEOUT = 20  # seconds
PIPELINE_TIMEOUT = 240_000  # milliseconds; two cores may be shared with everything else


class Person:
    def __init__(self, page: Page, site, name: str) -> None:
        self.page = page
        self.site = site
        self.name = name
        self.email = f"{name.lower()}@example.com"

    def sign_up(self) -> None:
        """Signs up, and confirms the address by the link in the mail."""
        page = self.page
        page.goto("/accounts/signup/")
        page.get_by_label("Your name").fill(self.name)
        page.get_by_label("Email").fill(self.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Create my account").click()
        page.wait_for_url("**/confirm-email/")
        page.goto(self.link_in_mail(r"/accounts/confirm-email/\S+/"))
        page.locator("main form button[type=submit]").click()
        page.wait_for_load_state()
        if "login" in page.url:
            self.sign_in()

    def sign_in(self, password: str = PASSWORD) -> None:
        page = self.page
        page.goto("/accounts/login/")
        page.get_by_label("Email").fill(self.email)
        page.get_by_label("Password").fill(password)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/accounts/login" not in url)

    def link_in_mail(self, pattern: str) -> str:
        found = [re.search(pattern, mail) for mail in self.site.mails_to(self.email)]
        return next(match[0] for match in reversed(found) if match)

    def waits_for(self, address: str, selector: str, text: str, *, seconds: int) -> None:
        """Opens a page again and again until it shows something, as an impatient person does."""
        found = self.page.locator(selector, has_text=text).first
        deadline = time.monotonic() + seconds
        self.page.goto(address)
        while not found.count() and time.monotonic() < deadline:
            self.page.goto(address)
        expect(found).to_be_visible()

    def sees(self, text: str | re.Pattern) -> None:
        expect(self.page.locator("main").get_by_text(text).first).to_be_visible()


class Merchant(Person):
    slug = ""

    def apply(self, trading_name: str, logo: Path) -> None:
        page = self.page
        page.goto("/merchant/apply/")
        page.get_by_label("Trading name").fill(trading_name)
        page.get_by_label("What you sell").fill(
            "Kettles and teapots, mended for as long as you live."
        )
        page.get_by_label("Contact e-mail").fill(self.email)
        page.get_by_label("Logo").set_input_files(logo)
        page.get_by_role("button", name="Apply").click()
        page.wait_for_url("**/merchant/application/")

    def go(self, path: str = "") -> None:
        self.page.goto(f"/merchant/{self.slug}/{path}")

    def list_product(self, title: str, category: str, picture: Path) -> None:
        page = self.page
        self.go("products/new/")
        page.get_by_label("Title").fill(title)
        page.get_by_label("Description").fill("Boils a litre in three minutes and keeps quiet.")
        page.get_by_label("Brand").fill("Merrow")
        page.get_by_label("Price").fill("49.90")
        page.locator("#id_category").select_option(label=category)
        pictures = page.get_by_role("group", name="Pictures")
        pictures.get_by_role("button", name="Add another").click()
        pictures.get_by_role("button", name="Choose or upload a picture").click()
        dialog = page.get_by_role("dialog")
        dialog.locator("input[type=file]").set_input_files(picture)
        dialog.get_by_role("button", name="Upload and use").click()
        expect(dialog).to_be_hidden()
        page.get_by_role("button", name="Save and list it").click()
        page.wait_for_url(re.compile(r"/products/(\d+/)?$"))

    def import_feed(self, feed: Path, category: str) -> None:
        page = self.page
        self.go("imports/")
        page.get_by_label("Feed").set_input_files(feed)
        page.locator("#id_category").select_option(label=category)
        page.get_by_role("button", name="Import", exact=True).click()
        page.wait_for_url(re.compile(r"/imports/[0-9a-f-]{36}/$"))

    def begin_guide(self, title: str, category: str) -> None:
        page = self.page
        self.go("guides/new/")
        page.get_by_label("Title").fill(title)
        page.locator("#id_category").select_option(label=category)
        page.get_by_role("button", name="Begin writing").click()
        page.wait_for_url(re.compile(r"/guides/\d+/$"))

    def add_block(self, kind: str):
        """Adds a block at the end of the guide, and returns it."""
        before = self.page.locator("section.block").count()
        palette = self.page.get_by_role("group", name="Add to the guide")
        palette.get_by_role("button", name=kind, exact=True).click()
        blocks = self.page.locator("section.block")
        expect(blocks).to_have_count(before + 1)
        return blocks.last

    def write_guide(self, title: str, category: str) -> None:
        """Writes a guide of several kinds of blocks, which saves itself meanwhile."""
        self.begin_guide(title, category)
        page = self.page
        page.get_by_label("Summary").fill(
            "What to look at before you buy a kettle, and what to ignore."
        )
        self.add_block("Heading").locator("input:not([type=hidden])").fill("How loud is too loud")
        self.add_block("Text").locator("trix-editor").fill("Limescale makes it rumble.")
        questions = self.add_block("Questions and answers")
        questions.get_by_label("Question", exact=True).first.fill("Does steel keep water hot?")
        questions.get_by_label("Answer").first.fill("A double wall does; a single wall hardly.")
        expect(page.locator("#save-state")).to_contain_text("Saved at", timeout=30_000)

    def send_guide(self) -> None:
        self.page.get_by_role("button", name="Send to the editors").click()
        expect(self.page.get_by_role("button", name="Take back from the editors")).to_be_visible()

    def upload_video(self, clip: Path) -> None:
        """Uploads in the browser, and stays on the page until the pipeline has finished."""
        page = self.page
        self.go("videos/upload/")
        page.locator("input[name=file]").set_input_files(clip)
        ready = page.get_by_text("It is ready to play.")
        expect(ready).to_be_visible(timeout=PIPELINE_TIMEOUT)
        page.get_by_role("link", name="Write its title").click()
        page.wait_for_url(re.compile(r"/videos/[0-9a-f-]{36}/$"))

    def try_to_upload(self, clip: Path) -> str:
        """Uploads what can't be accepted, and returns the sentence that says so."""
        page = self.page
        self.go("videos/upload/")
        page.locator("input[name=file]").set_input_files(clip)
        refusal = page.get_by_role("alert")
        expect(refusal).to_be_visible(timeout=PIPELINE_TIMEOUT)
        return refusal.inner_text()

    def title_video(self, title: str) -> None:
        page = self.page
        page.get_by_label("Title").fill(title)
        page.get_by_role("button", name="Save the words").click()
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()

    def send_video(self) -> None:
        self.page.get_by_role("button", name="Send to the editors").click()
        expect(self.page.get_by_role("button", name="Take back from the editors")).to_be_visible()

    def enter(self, audition: str, product: str, video: str, guide: str) -> None:
        page = self.page
        self.go("auditions/")
        row = page.locator("li.row", has_text=audition)
        row.get_by_role("link", name="Enter a product").click()
        page.get_by_label("Product").select_option(label=product)
        page.get_by_label("Video").select_option(label=video)
        page.get_by_label("Guide").select_option(label=guide)
        page.get_by_role("button", name="Enter", exact=True).click()
        page.wait_for_url(lambda url: not url.endswith("/enter/"))


class Editor(Person):
    def make_category(self, name: str, promise: str) -> None:
        page = self.page
        page.goto("/admin/moderation/categories/new/")
        page.get_by_label("Name").first.fill(name)
        page.get_by_label("Service promise").fill(promise)
        page.get_by_role("button", name="Save", exact=True).click()
        page.wait_for_url(lambda url: not url.endswith("/new/"))

    def approve_application(self, trading_name: str) -> None:
        page = self.page
        page.goto("/admin/moderation/applications/")
        page.get_by_role("link", name=trading_name).click()
        page.get_by_role("button", name="Approve").click()
        page.wait_for_load_state()

    def open_from_queue(self, title: str) -> None:
        self.page.goto("/admin/moderation/")
        self.page.get_by_role("link", name=title).click()
        self.page.wait_for_load_state()

    def approve(self, title: str) -> None:
        self.open_from_queue(title)
        self.page.get_by_role("button", name="Approve").click()
        self.page.wait_for_url("**/admin/moderation/")

    def send_back(self, title: str, reason: str) -> None:
        self.open_from_queue(title)
        self.page.get_by_label("Reason").fill(reason)
        self.page.get_by_role("button", name="Send back").click()
        self.page.wait_for_url("**/admin/moderation/")

    def announce_round(self, title: str, category: str, seats: int) -> None:
        page = self.page
        page.goto("/admin/moderation/auditions/new/")
        page.get_by_label("Title").fill(title)
        page.get_by_label("Category").select_option(label=category)
        page.get_by_label("how many will be selected", exact=False).fill(str(seats))
        self._set_dates(opens=timedelta(hours=1), closes=timedelta(hours=2))

    def let_round_run(self, title: str, *, seconds: int) -> None:
        """Brings an announced round forward: it opens now, and closes in so many seconds."""
        self.page.goto("/admin/moderation/auditions/")
        self.page.get_by_role("link", name=title).first.click()
        self._set_dates(opens=timedelta(0), closes=timedelta(seconds=seconds))

    def _set_dates(self, *, opens: timedelta, closes: timedelta) -> None:
        now = datetime.now(UTC).replace(tzinfo=None)
        self.page.get_by_label("Opens").fill(f"{now + opens:%Y-%m-%dT%H:%M:%S}")
        self.page.get_by_label("Closes").fill(f"{now + closes:%Y-%m-%dT%H:%M:%S}")
        self.page.get_by_role("button", name="Save", exact=True).click()
        expect(self.page.get_by_text("is saved.")).to_be_visible()

    def take_down(self, kind: str, pk: str, reason: str) -> None:
        self.page.goto(f"/admin/moderation/{kind}/{pk}/take-down/")
        self.page.get_by_label("Reason").fill(reason)
        self.page.locator("main form button, .content form button").last.click()
        self.page.wait_for_url("**/admin/moderation/take-downs/")


class Shopper(Person):
    def search(self, words: str) -> None:
        self.page.goto("/search/")
        box = self.page.locator("input[name=q]").first
        box.fill(words)
        box.press("Enter")
        self.page.wait_for_url("**/search/?*")

    def finds(self, words: str, title: str) -> None:
        """Searches until the thing is found: what was published reaches search in moments."""
        self.search(words)
        self.waits_for(self.page.url, "main a", title, seconds=SEARCH_TIMEOUT)

    def watch(self) -> float:
        """Plays the page's video until the playback position moves, and returns the position."""
        video = self.page.locator("video").first
        expect(video).to_be_visible()
        video.evaluate("video => { video.muted = true; return video.play(); }")
        self.page.wait_for_function(
            "() => { const v = document.querySelector('video');"
            " return v.currentTime > 0.5 && v.videoWidth > 0; }",
            timeout=PLAY_TIMEOUT,
        )
        return float(video.evaluate("video => video.currentTime"))

    def vote(self, choice: str, comment: str = "") -> None:
        page = self.page
        vote = page.locator(".vote").first
        if comment:
            if vote.locator("details[open]").count() == 0:
                vote.locator("summary").first.click()
            vote.get_by_role("textbox").fill(comment)
        vote.get_by_role("button", name=choice).click()
        expect(vote.get_by_text("Saved. You can change it")).to_be_visible()
        expect(vote.get_by_role("button", name=choice)).to_have_attribute("aria-pressed", "true")
