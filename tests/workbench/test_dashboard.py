from django.utils import timezone

from cms import services as cms
from products.choices import ImportState, ProductState
from products.models import FeedImport
from tests.factories.accounts import UserFactory
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import SourceFactory, VideoFactory
from tests.factories.products import ProductFactory
from tests.factories.selection import EntryFactory, RoundFactory


def test_a_new_merchant_is_shown_how_to_begin(browser, address):
    response = browser.get(address())

    steps = response.context["beginnings"]
    assert [step.is_done for step in steps] == [False] * 4
    assert all(step.url in response.text for step in steps)
    assert "Nothing waits for you" in response.text


def test_the_beginning_disappears_once_it_is_walked(browser, address, merchant, member):
    EntryFactory(product__merchant=merchant)
    assert [step.is_done for step in browser.get(address()).context["beginnings"]] == [
        True,
        True,
        False,
        True,
    ]

    GuidePageFactory(merchant=merchant, author=member, live=True)
    assert browser.get(address()).context["beginnings"] == []


def test_the_worst_comes_first_and_reasons_are_read(browser, address, merchant, member):
    ProductFactory(merchant=merchant)
    ProductFactory(merchant=merchant, state=ProductState.TAKEN_DOWN, title="Taken down")
    VideoFactory(merchant=merchant, title="Ready")
    VideoFactory(merchant=merchant, source=SourceFactory(refused="No picture."), title="Refused")
    guide = GuidePageFactory(merchant=merchant, author=member, title="Sent back")
    cms.submit(subject=guide, user=member)
    cms.send_back(subject=guide, editor=UserFactory(editor=True), reason="Say more on lids.")
    FeedImport.objects.create(
        merchant=merchant,
        filename="feed.tsv",
        format="google_tsv",
        state=ImportState.FINISHED,
        bad_count=2,
        finished_at=timezone.now(),
    )
    round = RoundFactory()
    ProductFactory(merchant=merchant, category=round.category, listed=True)
    response = browser.get(address())

    attention = response.context["attention"]
    assert [(one.tone, one.title) for one in attention] == [
        ("bad", "Taken down"),
        ("bad", "Sent back"),
        ("bad", "Refused"),
        ("care", "Ready"),
        ("care", "feed.tsv"),
        ("news", "1 product isn't listed yet"),
        ("news", round.title),
    ]
    assert "Say more on lids." in response.text
    assert "No picture." in response.text


def test_only_the_merchants_own_is_counted(browser, address, merchant):
    ProductFactory(listed=True)
    VideoFactory(public=True)
    GuidePageFactory(live=True)
    EntryFactory()
    ProductFactory(merchant=merchant, listed=True)
    totals = browser.get(address()).context["totals"]

    assert (totals.products, totals.listed) == (1, 1)
    assert (totals.guides, totals.videos, totals.entries) == (0, 0, 0)


def test_the_number_of_queries_does_not_grow(
    browser, address, merchant, member, django_assert_num_queries
):
    def fill():
        GuidePageFactory(merchant=merchant, author=member)
        VideoFactory(merchant=merchant)
        ProductFactory(merchant=merchant)

    fill()
    browser.get(address())
    with django_assert_num_queries(30, exact=False) as first:
        browser.get(address())
    fill()
    with django_assert_num_queries(len(first)):
        browser.get(address())
