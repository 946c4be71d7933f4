import pytest

from selection.choices import EntryState
from selection.models import Entry, Round
from selection.services import close_round
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import VideoFactory
from tests.factories.products import CategoryFactory, ProductFactory
from tests.factories.selection import EntryFactory, RoundFactory, VoteFactory


@pytest.fixture
def round(db):
    return RoundFactory()


@pytest.fixture
def product(merchant, round):
    return ProductFactory(merchant=merchant, category=round.category, listed=True)


@pytest.fixture
def video(merchant):
    return VideoFactory(merchant=merchant, public=True)


def test_rounds_for_ones_products_come_first(browser, address, product, round):
    other = RoundFactory(category=CategoryFactory())
    RoundFactory(over=True)
    response = browser.get(address("auditions/"))

    assert response.context["fitting"] == [round]
    assert response.context["others"] == [other]
    assert address(f"auditions/{round.slug}/enter/") in response.text


def test_a_product_enters_with_its_video_and_guide(
    browser, address, merchant, member, round, product, video
):
    guide = GuidePageFactory(merchant=merchant, author=member, live=True)
    response = browser.post(
        address(f"auditions/{round.slug}/enter/"),
        {"product": product.pk, "video": video.pk, "guide": guide.pk},
        follow=True,
    )

    entry = Entry.objects.get(round=round)
    assert (entry.product, entry.video, entry.guide_id) == (product, video, guide.pk)
    assert entry.entered_by == member
    assert product.title in response.text


def test_only_what_is_public_and_ones_own_is_offered(
    browser, address, merchant, member, round, product, video
):
    ProductFactory(merchant=merchant, category=round.category)
    ProductFactory(merchant=merchant, listed=True)
    ProductFactory(category=round.category, listed=True)
    VideoFactory(merchant=merchant)
    VideoFactory(public=True)
    GuidePageFactory(merchant=merchant, author=member)
    GuidePageFactory(live=True)
    form = browser.get(address(f"auditions/{round.slug}/enter/")).context["form"]

    assert list(form.fields["product"].queryset) == [product]
    assert list(form.fields["video"].queryset) == [video]
    assert list(form.fields["guide"].queryset) == []


@pytest.mark.parametrize("name", ["product", "video", "guide"])
def test_other_merchants_things_are_refused(browser, address, round, product, video, name):
    foreign = {
        "product": ProductFactory(category=round.category, listed=True),
        "video": VideoFactory(public=True),
        "guide": GuidePageFactory(live=True),
    }
    posted = {"product": product.pk, "video": video.pk, name: foreign[name].pk}
    response = browser.post(address(f"auditions/{round.slug}/enter/"), posted)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]
    assert not Entry.objects.exists()


def test_what_is_missing_for_an_entry_is_said(browser, address, round, product):
    response = browser.get(address(f"auditions/{round.slug}/enter/"))

    assert "something is missing" in response.text
    assert address("videos/") in response.text


def test_a_round_that_is_over_takes_no_entry(browser, address, product, video):
    over = RoundFactory(over=True)

    url = address(f"auditions/{over.slug}/enter/")
    assert browser.get(url).status_code == 404
    assert browser.post(url, {"product": product.pk, "video": video.pk}).status_code == 404
    assert browser.get(address("auditions/nothing/enter/")).status_code == 404


def test_nothing_of_the_votes_is_seen_before_the_close(browser, address, merchant, round):
    entry = EntryFactory(round=round, product__merchant=merchant)
    for number in range(7):
        VoteFactory(entry=entry, comment=f"Comment {number}")
    pages = [browser.get(address(path)).text for path in (f"entries/{entry.pk}/", "auditions/", "")]

    assert "once the round is closed" in pages[0]
    for page in pages:
        assert "Comment" not in page
        assert "Rank" not in page


def test_after_the_close_the_merchant_reads_votes_rank_and_comments(
    browser, address, merchant, round
):
    entry = EntryFactory(round=round, product__merchant=merchant)
    EntryFactory(round=round)
    shopper = VoteFactory(entry=entry, comment="The lid is what I wanted.").shopper
    VoteFactory(entry=entry, choice="no")
    VoteFactory(entry=entry)
    Round.objects.filter(pk=round.pk).update(
        opens_at=round.opens_at.replace(year=1999), closes_at=round.opens_at
    )
    round.refresh_from_db()
    close_round(round=round)
    response = browser.get(address(f"entries/{entry.pk}/"))

    assert response.context["report"].result.yes == 2
    assert response.context["yes_percent"] == 67
    assert "1 of 2" in response.text
    assert "The lid is what I wanted." in response.text
    assert shopper.email not in response.text
    assert shopper.display_name not in response.text
    assert "Selected by shoppers" in browser.get(address()).text


def test_an_entry_is_withdrawn(browser, address, merchant, round):
    entry = EntryFactory(round=round, product__merchant=merchant)
    browser.post(address(f"entries/{entry.pk}/withdraw/"))

    entry.refresh_from_db()
    assert entry.state == EntryState.WITHDRAWN


def test_other_merchants_entries_are_not_found(browser, address):
    foreign = EntryFactory()

    assert browser.get(address(f"entries/{foreign.pk}/")).status_code == 404
    assert browser.post(address(f"entries/{foreign.pk}/withdraw/")).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == EntryState.ENTERED
