"""What the shoppers' pages do in a real browser: voting in place and by keyboard, the player; and
what they are without JavaScript, in both schemes and at 320 pixels. Search is in
test_search_scripts.py."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from search.services import rebuild
from selection.models import Vote
from selection.selectors import entries_for
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.merchants import MembershipFactory
from tests.factories.selection import EntryFactory, RoundFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NO_NATIVE_HLS = """
const canPlayType = HTMLMediaElement.prototype.canPlayType;
HTMLMediaElement.prototype.canPlayType = function (type) {
  return type.includes("mpegurl") ? "" : canPlayType.call(this, type);
};
"""
PLAYED = "document.querySelector('video').currentTime > 0.2"


class TestVoting:
    def test_a_thumb_saves_in_place(self, visit, shopper):
        round_ = EntryFactory().round
        entry = EntryFactory(round=round_)
        page = visit(round_.get_absolute_url(), person=shopper)
        thumb = page.locator(f"#vote-{entry.pk}-yes")
        thumb.click()
        expect(thumb).to_have_attribute("aria-pressed", "true")
        expect(thumb).to_be_focused()
        expect(page.locator("#vote-progress")).to_contain_text("1 of 2")
        expect(page.locator("#announcer")).to_have_text("Your vote is saved.")
        assert Vote.objects.get().choice == "yes"
        thumb = page.locator(f"#vote-{entry.pk}-no")
        thumb.click()
        expect(thumb).to_have_attribute("aria-pressed", "true")
        assert Vote.objects.get().choice == "no"

    def test_a_refusal_is_said_in_place(self, visit, shopper):
        entry = EntryFactory()
        page = visit(entry.get_absolute_url(), person=shopper)
        MembershipFactory(merchant=entry.product.merchant, user=shopper)
        page.locator(".thumb-yes").click()
        expect(page.locator(".vote .field-error")).to_contain_text("a merchant you belong to")
        assert not Vote.objects.exists()

    def test_a_vote_that_got_lost_is_never_shown_as_saved(self, visit, shopper):
        entry = EntryFactory()
        page = visit(entry.get_absolute_url(), person=shopper)
        page.route("**/vote/", lambda route: route.abort())
        page.locator(".thumb-yes").click()
        expect(page.get_by_role("alert")).to_contain_text("did not arrive")
        expect(page.locator(".thumb-yes")).to_have_attribute("aria-pressed", "false")
        assert not Vote.objects.exists()

    def test_by_keyboard_one_entry_after_the_other(self, visit, shopper):
        round_ = RoundFactory()
        EntryFactory.create_batch(2, round=round_)
        first, second = entries_for(round_, f"user:{shopper.pk}")
        page = visit(first.get_absolute_url(), person=shopper)
        page.keyboard.press("y")
        expect(page.locator(".thumb-yes")).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("ArrowRight")
        page.wait_for_url(f"**{second.get_absolute_url()}")
        page.keyboard.press("n")
        expect(page.locator(".thumb-no")).to_have_attribute("aria-pressed", "true")
        assert {vote.entry_id: vote.choice for vote in Vote.objects.all()} == {
            first.pk: "yes",
            second.pk: "no",
        }

    def test_keys_are_letters_while_writing_and_can_be_switched_off(self, visit, shopper):
        entry = EntryFactory()
        page = visit(entry.get_absolute_url(), person=shopper)
        page.locator(".vote-comment summary").click()
        page.locator("textarea").press_sequentially("yny")
        assert page.locator("textarea").input_value() == "yny"
        page.get_by_label("Keys on").uncheck()
        page.locator("h1").click()
        page.keyboard.press("y")
        page.reload()
        assert not page.get_by_label("Keys on").is_checked()
        assert not Vote.objects.exists()

    def test_without_javascript(self, visit, shopper):
        entry = EntryFactory()
        page = visit(entry.get_absolute_url(), person=shopper, java_script_enabled=False)
        page.locator(".thumb-yes").click()
        expect(page.locator(".message")).to_have_text("Your vote is saved.")
        expect(page.locator(".thumb-yes")).to_have_attribute("aria-pressed", "true")
        assert Vote.objects.get().choice == "yes"


class TestPlayer:
    @pytest.fixture
    def video(self, db):
        return VideoFactory(public=True)

    def test_nothing_of_a_video_is_loaded_before_play(self, visit, video):
        page = visit(video.get_absolute_url())
        page.wait_for_load_state("networkidle")
        assert not [url for url in page.requested if "/media/videos/" in url or "hls" in url]

    def test_it_plays_hls_where_the_browser_can(self, visit, video):
        page = visit(video.get_absolute_url())
        page.evaluate("document.querySelector('video').play().catch(() => {})")
        page.wait_for_function(PLAYED)
        assert [url for url in page.requested if url.endswith("/master.m3u8")]
        assert not [url for url in page.requested if "hls.light" in url]

    def test_it_brings_hls_js_where_the_browser_cannot(self, visit, video):
        page = visit(video.get_absolute_url(), script=NO_NATIVE_HLS)
        page.evaluate("document.querySelector('video').play().catch(() => {})")
        page.wait_for_function(PLAYED)
        page.wait_for_function("document.querySelector('video').currentSrc.startsWith('blob:')")
        assert [url for url in page.requested if "hls.light" in url]
        assert [url for url in page.requested if url.endswith("/master.m3u8")]

    def test_the_plain_file_plays_where_hls_is_not_to_be_had(self, visit, video):
        page = visit(video.get_absolute_url())
        page.route("**/*.m3u8", lambda route: route.abort())
        page.evaluate("document.querySelector('video').play().catch(() => {})")
        page.wait_for_function(PLAYED)
        assert page.evaluate("document.querySelector('video').currentSrc").endswith(".mp4")

    def test_an_error_is_said_and_can_be_tried_again(self, visit, video):
        page = visit(video.get_absolute_url())
        page.route("**/media/videos/**", lambda route: route.abort())
        page.evaluate("document.querySelector('video').play().catch(() => {})")
        expect(page.get_by_role("alert")).to_be_visible()
        page.unroute("**/media/videos/**")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("alert")).to_be_hidden()
        page.wait_for_function(PLAYED)


@pytest.fixture
def world(shopper):
    """One of everything, and the paths of the pages that show it."""
    entry = EntryFactory(round__title="Which cooker?", product__title="Kama 1.0")
    entry.product.videos.add(entry.video)
    entry.product.pictures.create(picture=PictureFactory(merchant=entry.product.merchant))
    other = EntryFactory(round=entry.round, product__category=entry.product.category)
    Vote.objects.create(round=entry.round, entry=other, shopper=shopper, choice="no")
    guide = GuidePageFactory(live=True, category=entry.product.category)
    rebuild()
    return [
        "/",
        entry.product.category.get_absolute_url(),
        entry.product.get_absolute_url(),
        entry.video.get_absolute_url(),
        f"/m/{entry.product.merchant.slug}/",
        "/auditions/",
        entry.round.get_absolute_url(),
        entry.get_absolute_url(),
        other.get_absolute_url(),
        "/search/?q=kama",
        "/search/?q=kama&brand=nobody",
        "/search/?q=kamma",
        "/search/?q=zzzz",
        "/search/?page=x",
        f"/search/why/?q=kama&of=product-{entry.product.pk}",
        "/search/how/",
        "/selected/",
        "/my/",
        guide.url,
        "/guides/",
        "/nowhere/",
    ]


class TestEveryPage:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_has_no_violation_that_axe_can_see(self, visit, world, shopper, scheme):
        page = visit("/", person=shopper, color_scheme=scheme)
        found = {}
        for path in world:
            page.goto(path)
            results = Axe().run(page)
            if results.violations_count:
                found[path] = results.generate_report()
        assert not found, "\n".join(f"{path}\n{report}" for path, report in found.items())

    def test_fits_into_320_pixels(self, visit, world, shopper):
        page = visit("/", person=shopper, viewport={"width": 320, "height": 640})
        too_wide = []
        for path in world:
            page.goto(path)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                too_wide.append(path)
        assert too_wide == []
