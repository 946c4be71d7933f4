"""What search does in a real browser: suggestions by keyboard and by touch, filters chosen without
the page being loaded anew, and the same without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from search.services import rebuild
from tests.factories.cms import GuidePageFactory
from tests.factories.products import CategoryFactory, ProductFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}}
MARKED = "window.untouched = true"  # lost when the page is loaded anew
IS_MARKED = "window.untouched === true"


def filter_value(page, label):
    return page.locator(".filter-values a", has_text=label)


class TestSuggestions:
    @pytest.fixture
    def ladles(self, db):
        product = ProductFactory(
            listed=True, title="Walnut ladle", category=CategoryFactory(name="Walnut things")
        )
        GuidePageFactory(live=True, title="Walnut or beech?")
        rebuild()
        return product

    def test_typing_arrow_and_enter_lead_there(self, visit, ladles):
        page = visit("/")
        box = page.get_by_role("combobox")
        box.press_sequentially("waln")
        expect(page.get_by_role("option")).to_have_count(3)
        expect(box).to_have_attribute("aria-expanded", "true")
        box.press("ArrowDown")
        box.press("ArrowDown")
        second = page.get_by_role("option").nth(1)
        expect(second).to_have_attribute("aria-selected", "true")
        expect(second).to_have_text("Walnut ladle")
        expect(box).to_have_attribute("aria-activedescendant", second.get_attribute("id"))
        box.press("Enter")
        page.wait_for_url(f"**{ladles.get_absolute_url()}")

    def test_kinds_are_groups_and_their_number_is_said(self, visit, ladles):
        page = visit("/")
        page.get_by_role("combobox").press_sequentially("waln")
        for name in ("Categories", "Products", "Guides"):
            expect(page.get_by_role("group", name=name).get_by_role("option")).to_have_count(1)
        expect(page.locator(".search-box").get_by_role("status")).to_have_text("3 suggestions")
        expect(page.get_by_role("option").nth(1).locator("b")).to_have_text("ut ladle")

    def test_a_click_leads_there(self, visit, ladles):
        page = visit("/", **PHONE)
        page.get_by_role("combobox").press_sequentially("waln")
        page.get_by_role("option", name="Walnut ladle").click()
        page.wait_for_url(f"**{ladles.get_absolute_url()}")

    def test_escape_closes_an_arrow_opens_and_enter_searches(self, visit, ladles):
        page = visit("/")
        box = page.get_by_role("combobox")
        box.press_sequentially("walnut l")
        expect(page.get_by_role("option")).to_be_visible()
        box.press("Escape")
        expect(page.get_by_role("option")).to_be_hidden()
        expect(box).to_have_value("walnut l")
        box.press("ArrowDown")
        expect(page.get_by_role("option")).to_be_visible()
        box.press("Enter")
        page.wait_for_url("**/search/?q=walnut+l")

    def test_only_the_last_question_is_asked(self, visit, ladles):
        page = visit("/")
        box = page.get_by_role("combobox")
        box.press_sequentially("walnut", delay=10)
        expect(page.get_by_role("option").first).to_be_visible()
        asked = [url for url in page.requested if "/suggest/" in url]
        assert [url.partition("?")[2] for url in asked] == ["q=walnut"]

    def test_a_late_answer_is_not_shown(self, visit, ladles):
        page = visit("/")
        held = []
        page.route(re.compile("q=waln$"), lambda route: held.append(route))
        box = page.get_by_role("combobox")
        with page.expect_request(re.compile("q=waln$")):
            box.press_sequentially("waln")
        with page.expect_response(re.compile("q=walnzzzz$")):
            box.press_sequentially("zzzz")
        for route in held:
            route.continue_()
        expect(page.locator(".search-box").get_by_role("status")).to_have_text("0 suggestions")
        expect(page.get_by_role("option")).to_have_count(0)

    def test_leaving_the_box_closes_the_list(self, visit, ladles):
        page = visit("/")
        box = page.get_by_role("combobox")
        box.press_sequentially("waln")
        expect(page.get_by_role("option").first).to_be_visible()
        box.press("Tab")
        expect(page.get_by_role("option").first).to_be_hidden()

    def test_without_javascript_the_box_searches(self, visit, ladles):
        page = visit("/", java_script_enabled=False)
        page.get_by_role("searchbox").fill("walnut")
        page.get_by_role("searchbox").press("Enter")
        page.wait_for_url("**/search/?q=walnut")
        expect(page.get_by_role("heading", name="Walnut ladle")).to_be_visible()


class TestFilters:
    @pytest.fixture
    def pots(self, db):
        for brand, count in (("Acme", 3), ("Bolt", 2), ("Crane", 1)):
            for number in range(count):
                ProductFactory(
                    listed=True, title=f"{brand} pot", brand=brand, price=20 + 40 * number
                )
        rebuild()

    def test_brands_are_chosen_one_after_another_in_place(self, visit, pots):
        page = visit("/search/?q=pot")
        page.evaluate(MARKED)
        filter_value(page, "Bolt").click()
        expect(page.locator("[data-listing-status]")).to_have_text("2 results")
        bolt = filter_value(page, "Bolt")
        expect(bolt).to_be_focused()
        expect(bolt).to_have_attribute("aria-current", "true")
        filter_value(page, "Crane").click()
        expect(page.locator("[data-listing-status]")).to_have_text("3 results")
        assert page.url.endswith("/search/?q=pot&brand=Bolt&brand=Crane")
        assert page.evaluate(IS_MARKED)
        page.go_back()
        expect(page.locator("[data-listing-status]")).to_have_text("2 results")
        assert page.evaluate(IS_MARKED)
        page.reload()
        expect(page.locator("[data-listing-status]")).to_have_text("2 results")

    def test_the_number_of_results_is_said_where_it_was_before(self, visit, pots):
        """Only what changes inside an element that was there is read out."""
        page = visit("/search/?q=pot")
        page.evaluate("window.status_ = document.querySelector('[data-listing-status]')")
        filter_value(page, "Bolt").click()
        expect(page.locator("[data-listing-status]")).to_have_text("2 results")
        assert page.evaluate("window.status_.isConnected && window.status_.role === 'status'")

    def test_a_filter_that_is_let_go_leaves_the_focus_with_the_results(self, visit, pots):
        page = visit("/search/?q=pot&brand=Bolt")
        page.locator(".chip-on").press("Enter")
        expect(page.locator("[data-listing-status]")).to_have_text("6 results")
        expect(page.locator("#results")).to_be_focused()

    def test_prices_are_set_in_place(self, visit, pots):
        page = visit("/search/?q=pot&brand=Acme")
        page.evaluate(MARKED)
        page.get_by_label("Lowest price").fill("50")
        page.get_by_role("button", name="Set").click()
        expect(page.locator("[data-listing-status]")).to_have_text("2 results")
        assert page.url.endswith("/search/?q=pot&brand=Acme&price_min=50")
        assert page.evaluate(IS_MARKED)
        page.get_by_role("link", name="€50 and above").click()
        expect(page.locator("[data-listing-status]")).to_have_text("3 results")

    def test_the_order_is_a_menu(self, visit, pots):
        page = visit("/search/?q=pot")
        page.locator(".orders > summary").click()
        page.get_by_role("link", name="Price, high to low").click()
        expect(page.locator(".orders > summary")).to_contain_text("Price, high to low")
        expect(page.locator(".orders > summary")).to_be_focused()
        expect(page.locator(".hit").first).to_contain_text("€100.00")

    def test_on_a_phone_the_sheet_stays_open_until_it_is_done_with(self, visit, pots):
        page = visit("/search/?q=pot", **PHONE)
        brand = filter_value(page, "Bolt")
        expect(brand).to_be_hidden()
        page.locator(".filters > summary").click()
        brand.click()
        done = page.get_by_role("link", name="Show 2 results")
        expect(done).to_be_in_viewport()
        expect(brand).to_be_visible()
        filter_value(page, "Crane").click()
        page.get_by_role("link", name="Show 3 results").click()
        page.wait_for_url("**#results")
        asked = len(page.requested)
        expect(brand).to_be_hidden()
        expect(page.locator(".hit").first).to_be_in_viewport()
        assert not [url for url in page.requested[asked:] if "/search/" in url]
        assert page.evaluate("document.documentElement.scrollWidth") == 390

    def test_pages_turn_to_the_top_of_the_results(self, visit, db):
        ProductFactory.create_batch(30, listed=True, title="Grey pot")
        rebuild()
        page = visit("/search/?q=pot")
        page.get_by_role("link", name="Next").click()
        expect(page.locator("[data-listing-status]")).to_contain_text("25 to 30")
        expect(page.locator("#results")).to_be_focused()
        expect(page.locator(".hit").first).to_be_in_viewport()

    def test_what_fails_is_loaded_as_a_page(self, visit, pots):
        page = visit("/search/?q=pot")
        page.evaluate(MARKED)
        failed = []

        def fail_once(route):
            if failed:
                return route.continue_()
            failed.append(True)
            return route.abort()

        page.route(re.compile("q=pot&brand=Bolt$"), fail_once)
        filter_value(page, "Bolt").click()
        expect(page.locator("[data-listing-status]")).to_have_text("2 results")
        assert failed
        assert not page.evaluate(IS_MARKED)

    def test_nothing_moves_when_results_come(self, visit, pots):
        """Prices that nothing has any more go from above; what was chosen stays in its place."""
        page = visit("/search/?q=pot", viewport={"width": 1200, "height": 500})
        page.evaluate("scrollTo(0, 300)")
        filter_value(page, "Crane").scroll_into_view_if_needed()
        where = filter_value(page, "Crane").bounding_box()
        filter_value(page, "Crane").click()
        expect(page.locator("[data-listing-status]")).to_have_text("1 result")
        assert filter_value(page, "Crane").bounding_box()["y"] == pytest.approx(where["y"], abs=1)

    def test_without_javascript_every_filter_is_a_link(self, visit, pots):
        page = visit("/search/?q=pot", java_script_enabled=False)
        filter_value(page, "Bolt").click()
        page.wait_for_url("**/search/?q=pot&brand=Bolt")
        filter_value(page, "Crane").click()
        page.wait_for_url("**/search/?q=pot&brand=Bolt&brand=Crane")
        expect(page.locator("[data-listing-status]")).to_have_text("3 results")
