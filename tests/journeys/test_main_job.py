"""The main job as people do it, in a real browser, on a whole running site: from a merchant's
application to a selected product. On embedded defaults in `make test`; on PostgreSQL, Redis and
Elasticsearch in `.ci/run`."""

import json
import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.factories.media_pipeline import tiny_video
from tests.journeys.people import PASSWORD, SEARCH_TIMEOUT, Editor, Merchant, Shopper

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

CLIPS = Path(__file__).resolve().parents[3] / "shared" / "data" / "clips"
SHOP = "Kettle & Co"
PRODUCT = "Merrow Quiet Kettle 1.7 l"
GUIDE = "How to choose a kettle"
VIDEO = "The Merrow kettle, boiling"
ROUND = "Kettles of the season"
FEED = (
    "id\ttitle\tdescription\tavailability\tprice\tbrand\tgtin\n"
    "k-1\tGlass kettle\tSee it boil\tin_stock\t39.00 EUR\tMerrow\t\n"
    "k-2\tTravel kettle\tHalf a litre\tin_stock\tcheap\tMerrow\t\n"
    "k-3\tStove kettle\tFor gas and induction\tin_stock\t29.50 EUR\tMerrow\t\n"
)


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    path = tmp_path_factory.mktemp("pictures") / "kettle.png"
    image = Image.new("RGB", (1200, 900), "#f4ead6")
    drawing = ImageDraw.Draw(image)
    drawing.ellipse((350, 250, 850, 800), fill="#2d6a6a")
    drawing.polygon([(820, 400), (980, 300), (850, 600)], fill="#2d6a6a")
    image.save(path)
    return path


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """A real clip where the shared data is there, else one rendered here."""
    real = CLIPS / "bbb_480p24_30s_aac.mp4"
    return real if real.exists() else tiny_video(tmp_path_factory.mktemp("clips") / "clip.mp4", 8)


@pytest.fixture
def editor(site, open_page):
    """An editor: signs up like anybody, and an administrator puts them among the editors."""
    editor = Editor(open_page(), site, "Editor")
    editor.sign_up()
    site.manage(
        "shell",
        "-c",
        "from django.contrib.auth.models import Group; from accounts.models import User; "
        f"User.objects.get(email='{editor.email}').groups.add(Group.objects.get(name='Editors'))",
    )
    return editor


def test_from_application_to_selected(site, open_page, editor, picture, clip, tmp_path):
    merchant = Merchant(open_page(), site, "Merchant")
    shopper = Shopper(open_page(viewport={"width": 390, "height": 844}), site, "Shopper")
    stranger = Shopper(open_page(), site, "Stranger")
    editor.make_category("Kettles", "A kettle that leaks is replaced within two days.")

    _becomes_a_merchant(merchant, editor, picture)
    _lists_products(merchant, picture, tmp_path)
    guide_path = _writes_a_guide_that_comes_back_once(merchant, editor, stranger)
    watch_path = _uploads_a_video(merchant, editor, stranger, clip, tmp_path)

    for words, title in (("quiet kettle", PRODUCT), ("limescale", GUIDE), ("boiling", VIDEO)):
        stranger.finds(words, title)

    _enters_an_audition(merchant, editor)
    audition_path = _votes(shopper, stranger, merchant, editor)
    _is_selected(merchant, shopper, stranger, audition_path)
    _is_taken_down(editor, stranger, watch_path)

    stranger.page.goto(guide_path)
    stranger.sees("Does steel keep water hot?")


def _becomes_a_merchant(merchant, editor, logo):
    merchant.sign_up()
    merchant.apply(SHOP, logo)
    editor.approve_application(SHOP)
    merchant.page.goto("/merchant/")
    merchant.page.wait_for_url(lambda url: re.search(r"/merchant/[\w-]+/$", url))
    merchant.slug = merchant.page.url.rstrip("/").rsplit("/", 1)[-1]
    merchant.sees(SHOP)
    merchant.page.goto("/me/notifications/")
    merchant.sees(SHOP)


def _lists_products(merchant, picture, tmp_path):
    merchant.list_product(PRODUCT, "Kettles", picture)
    feed = tmp_path / "feed.tsv"
    feed.write_text(FEED)
    merchant.import_feed(feed, "Kettles")
    # The good lines are in; the bad one is named with its number and what is wrong.
    expect(merchant.page.get_by_text("Finished").first).to_be_visible(timeout=60_000)
    expect(merchant.page.locator("main")).to_contain_text("3")
    expect(merchant.page.locator("main")).to_contain_text(re.compile("cheap|price", re.IGNORECASE))
    merchant.go("products/")
    for title in (PRODUCT, "Glass kettle", "Stove kettle"):
        merchant.sees(title)
    expect(merchant.page.get_by_text("Travel kettle")).to_have_count(0)


def _writes_a_guide_that_comes_back_once(merchant, editor, stranger):
    page = merchant.page
    merchant.write_guide(GUIDE, "Kettles")
    address = page.url
    merchant.send_guide()
    stranger.page.goto("/guides/")
    expect(stranger.page.get_by_text(GUIDE)).to_have_count(0)

    editor.send_back(GUIDE, "Say which kettle you measured.")
    page.goto(address)
    merchant.sees("Say which kettle you measured.")
    merchant.add_block("Text").locator("trix-editor").fill("Measured on our own kettle.")
    merchant.send_guide()
    editor.approve(GUIDE)

    stranger.page.goto("/guides/")
    stranger.page.locator("main").get_by_role("link", name=GUIDE).first.click()
    stranger.sees("Does steel keep water hot?")
    stranger.sees("Measured on our own kettle.")
    assert _schema_types(stranger.page) >= {"FAQPage"}
    return stranger.page.url


def _uploads_a_video(merchant, editor, stranger, clip, tmp_path):
    not_a_video = tmp_path / "holiday.mp4"
    not_a_video.write_bytes(b"This is a text that calls itself a video." * 50)
    assert "video" in merchant.try_to_upload(not_a_video)

    merchant.upload_video(clip)
    merchant.title_video(VIDEO)
    watch_path = f"/watch/{merchant.page.url.rstrip('/').rsplit('/', 1)[-1]}/"
    assert stranger.page.request.get(watch_path).status == 404
    merchant.send_video()
    editor.approve(VIDEO)

    stranger.page.goto(watch_path)
    stranger.sees(VIDEO)
    assert _schema_types(stranger.page) >= {"VideoObject"}
    assert stranger.watch() > 0.5
    return watch_path


def _enters_an_audition(merchant, editor):
    editor.announce_round(ROUND, "Kettles", seats=1)
    merchant.enter(ROUND, PRODUCT, VIDEO, GUIDE)
    merchant.go("auditions/")
    merchant.sees(PRODUCT)


def _votes(shopper, stranger, merchant, editor):
    shopper.sign_up()
    editor.let_round_run(ROUND, seconds=75)
    page = shopper.page
    page.goto("/auditions/")
    page.locator("main").get_by_role("link", name=ROUND).first.click()
    audition_path = page.url
    page.locator("main").get_by_role("link", name=PRODUCT).first.click()
    assert shopper.watch() > 0.5
    shopper.vote("No, thank you", "Is there a smaller one?")
    shopper.vote("Yes, sell it")
    # Nobody sees how it stands: not the stranger, not the merchant, not even the editor.
    stranger.page.goto(audition_path)
    stranger.sees(PRODUCT)
    for person in (stranger, merchant):
        person.page.goto(audition_path)
        assert "100 %" not in person.page.locator("main").inner_text()
    return audition_path


def _is_selected(merchant, shopper, stranger, audition_path):
    # The round closes by itself, the votes are counted, and search lists what was selected.
    stranger.waits_for(audition_path, "main .badge", "Selected", seconds=150)
    stranger.finds("quiet kettle", PRODUCT)
    stranger.waits_for("/selected/", "main a", PRODUCT, seconds=SEARCH_TIMEOUT)
    stranger.page.goto("/")
    stranger.sees(PRODUCT)

    merchant.go("auditions/")
    merchant.page.get_by_role("link", name=PRODUCT).first.click()
    merchant.sees("Shoppers selected it")
    merchant.sees("1 of 1")
    merchant.sees("Is there a smaller one?")
    expect(merchant.page.get_by_text(shopper.email)).to_have_count(0)


def _is_taken_down(editor, stranger, watch_path):
    stranger.page.goto(watch_path)
    media = stranger.page.locator("video source").last.get_attribute("src")
    assert stranger.page.request.get(media).ok
    editor.page.goto("/admin/moderation/auditions/")
    editor.page.get_by_role("link", name=ROUND).first.click()
    review = editor.page.get_by_role("link", name="Its video").get_attribute("href")
    editor.take_down(
        "video", review.rstrip("/").rsplit("/", 1)[-1], "It shows another shop's logo."
    )
    for path in (watch_path, media):
        assert stranger.page.request.get(path).status == 404, path


def _schema_types(page):
    """The schema.org types that a page declares."""
    texts = page.locator('script[type="application/ld+json"]').all_inner_texts()
    found = set()
    for document in map(json.loads, texts):
        for thing in document.get("@graph", [document]):
            kind = thing.get("@type", [])
            found.update([kind] if isinstance(kind, str) else kind)
    return found


def test_the_password_is_asked_for(open_page, site):
    """Guards the journey itself: a wrong password doesn't get in."""
    page = open_page()
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill("editor@example.com")
    page.get_by_label("Password").fill(PASSWORD + "!")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main form")).to_be_visible()
    assert "/accounts/login/" in page.url
