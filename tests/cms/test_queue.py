"""The editors' queue: what waits, and decisions on several at once."""

import re

import pytest

from cms import selectors, services
from cms.choices import ReviewState
from tests.cms.addresses import url
from tests.factories.media_pipeline import FindingFactory, VideoFactory
from tests.factories.merchants import MerchantApplicationFactory

pytestmark = pytest.mark.django_db


def test_the_queue_counts_and_shows_the_oldest_first(desk, waiting, waiting_video):
    MerchantApplicationFactory()

    page = desk.get(url("queue")).content.decode()

    assert "1 guide," in page
    assert "1 video" in page
    assert "1 merchant&#x27;s application" in page or "1 merchant's application" in page
    assert page.index("Woks") < page.index("A wok at work")
    assert "Queue (2)" in page


def test_more_in_the_queue_takes_no_more_queries(
    desk, merchant, member, django_assert_max_num_queries
):
    for _ in range(6):
        services.submit(subject=VideoFactory(merchant=merchant), user=member)
    desk.get(url("queue"))

    with django_assert_max_num_queries(26):
        desk.get(url("queue"))


def keys_in(page):
    return re.findall(r'name="items" value="([^"]+)"', page)


def test_several_are_approved_at_once_and_what_cannot_be_waits_on(desk, waiting, merchant, member):
    videos = [VideoFactory(merchant=merchant, title=f"Film {number}") for number in range(2)]
    for video in videos:
        services.submit(subject=video, user=member)
    FindingFactory(source=videos[1].source)
    keys = keys_in(desk.get(url("queue")).text)
    assert len(keys) == 3

    page = desk.post(url("decide"), {"items": keys, "decision": "approve"}, follow=True).text
    assert "2 are decided." in page
    assert "“Film 1”: First decide on what was found in it" in page
    for subject in (waiting, *videos):
        subject.refresh_from_db()
    states = [selectors.review_of(subject).state for subject in (waiting, *videos)]
    assert states == [ReviewState.LIVE, ReviewState.LIVE, ReviewState.IN_REVIEW]


def test_several_are_sent_back_for_one_reason(desk, waiting, waiting_video):
    decision = {"items": keys_in(desk.get(url("queue")).text), "decision": "send_back"}
    page = desk.post(url("decide"), decision, follow=True).text
    assert page.count("Write the reason: the merchant reads it.") == 2

    desk.post(url("decide"), decision | {"reason": "Name the sizes."})
    for subject in (waiting, waiting_video):
        subject.refresh_from_db()
        review = selectors.review_of(subject)
        assert (review.state, review.reason) == (ReviewState.SENT_BACK, "Name the sizes.")


def test_nothing_is_decided_that_was_not_seen_in_the_queue(desk, waiting, member):
    seen = keys_in(desk.get(url("queue")).text)
    services.withdraw_submission(subject=waiting, user=member)
    waiting.refresh_from_db()
    draft = waiting.get_latest_revision_as_object()
    draft.summary = "Something else."
    draft.save_revision(user=member)
    services.submit(subject=waiting, user=member)

    page = desk.post(url("decide"), {"items": seen, "decision": "approve"}, follow=True).text
    assert "1 was changed or decided meanwhile" in page
    assert "Choose what you decide on." in desk.post(url("decide"), {}, follow=True).text
    waiting.refresh_from_db()
    assert selectors.review_of(waiting).state == ReviewState.IN_REVIEW
