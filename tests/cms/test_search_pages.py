"""The editors' Search pages in a browser: what axe sees, on a telephone and on a desk, and by
keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cms.models import WantedGuide
from search import editing, services
from search.models import SearchCount
from tests.factories.products import ProductFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


@pytest.fixture
def shop(settings, editor):
    settings.ELASTICSEARCH_URL = ""
    kettles = [ProductFactory(listed=True, title=f"Kettle {name}") for name in ("one", "two")]
    services.rebuild()
    for kettle in kettles:
        editing.put_first(text="kettle", kind="product", object_id=kettle.pk)
    today = timezone.localdate()
    SearchCount.objects.create(
        day=today, key="samovar", text="samovar", words="samovar", searches=4, visitors=4, misses=4
    )
    WantedGuide.objects.create(query="tagine", title="Choosing a tagine", asked_by=editor)
    return editing.save_synonyms(synonyms=None, words="kettle, tea maker")


@pytest.fixture
def visit(browse, editor):
    """Opens a page of the admin in a browser of its own, as an editor."""

    def visit(width):
        viewport = {"width": width, "height": 900}
        return browse(editor, locale="en-GB", viewport=viewport, reduced_motion="reduce")

    return visit


@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_fits_and_axe_finds_nothing(visit, shop, width):
    page = visit(width)
    addresses = [
        reverse("moderation:search_log"),
        reverse("moderation:search_log") + "?show=missed",
        reverse("moderation:missing_guide") + "?q=samovar",
        reverse("moderation:wanted_guides"),
        reverse("moderation:search_results"),
        reverse("moderation:search_results") + "?q=kettle&find=kettle",
        reverse("moderation:synonyms_list"),
        reverse("moderation:new_synonyms"),
        reverse("moderation:synonyms", args=[shop.pk]),
    ]
    found = {}
    for address in addresses:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found[address] = "is wider than the screen"
        violations = Axe().run(page, context="main").response["violations"]
        if violations:
            found[address] = [violation["id"] for violation in violations]

    assert found == {}


def test_by_keyboard_one_result_is_moved_again_and_again(visit, shop):
    page = visit(1440)
    page.goto(reverse("moderation:search_results") + "?q=kettle")
    order = page.locator("#first-heading ~ ol .mod-thing > a")
    expect(order).to_have_text(["Kettle one", "Kettle two"])

    page.get_by_role("button", name="“Kettle two” one place higher").focus()
    page.keyboard.press("Enter")
    expect(order).to_have_text(["Kettle two", "Kettle one"])
    page.wait_for_load_state()  # until then Tab begins at the page's start

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Kettle two")).to_be_focused()
