"""Guides that shoppers look for, as a merchant meets them."""

import pytest
from django.utils import timezone

from cms.models import GuidePage, WantedGuide
from cms.selectors import wanted_for
from tests.factories.cms import GuidePageFactory
from tests.factories.merchants import MembershipFactory
from tests.factories.products import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


def want(**fields):
    return WantedGuide.objects.create(
        **{"query": "samovar", "title": "Choosing a samovar", **fields}
    )


def test_the_dashboard_leads_to_the_guide_with_its_title(browser, address, merchant):
    category = CategoryFactory()
    ProductFactory(merchant=merchant, category=category)
    wanted = want(category=category, note="Gas or coal?")

    [one] = [a for a in browser.get(address()).context["attention"] if a.icon == "search"]
    assert (one.title, one.detail) == ("Choosing a samovar", "Gas or coal?")
    page = browser.get(one.url)
    assert "Shoppers search for “samovar”" in page.text
    form = page.context["form"]
    assert (form["title"].value(), form["category"].value()) == (wanted.title, category.pk)
    assert f'<option value="{category.pk}" selected>' in page.text

    browser.post(
        address("guides/new/"),
        {"title": "Samovars", "category": category.pk, "wanted": wanted.pk},
    )

    guide = GuidePage.objects.get()
    assert list(wanted.answers.all()) == [guide]
    assert not wanted_for(merchant)


def test_what_is_asked_of_others_is_not_shown(merchant):
    kitchen = CategoryFactory(name="Kitchen")
    kettles = CategoryFactory(name="Kettles", parent=kitchen)
    ProductFactory(merchant=merchant, category=kettles)
    of_all, of_kitchen = want(), want(category=kitchen)
    want(category=CategoryFactory(name="Tents"))

    assert list(wanted_for(merchant)) == [of_kitchen, of_all]


def test_what_was_closed_or_met_is_not_asked_for(merchant):
    want(closed_at=timezone.now())
    met = want()
    met.answers.add(GuidePageFactory(live=True))
    begun_by_another = want()
    begun_by_another.answers.add(GuidePageFactory())

    assert list(wanted_for(merchant)) == [begun_by_another]


@pytest.mark.parametrize("wanted", ["", "x", "-1", "9" * 30, "999", "²"])
def test_nothing_wanted_is_a_guide_of_ones_own_idea(browser, address, wanted):
    page = browser.get(address("guides/new/"), {"wanted": wanted})

    assert page.status_code == 200
    assert page.context["wanted"] is None


def test_another_merchants_wish_cannot_be_answered(browser, address):
    elsewhere = MembershipFactory()
    tents = CategoryFactory()
    ProductFactory(merchant=elsewhere.merchant, category=tents)
    wanted = want(category=tents)

    browser.post(
        address("guides/new/"), {"title": "Tents", "category": tents.pk, "wanted": wanted.pk}
    )

    assert GuidePage.objects.get().title == "Tents"
    assert not wanted.answers.exists()
