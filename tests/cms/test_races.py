"""What happens when people act at the same moment, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from wagtail.models import Page

from cms import selectors, services
from cms.models import GuidePage
from core.errors import ActionRefusedError
from tests.factories.accounts import UserFactory
from tests.factories.cms import GuidePageFactory
from tests.factories.merchants import MembershipFactory
from tests.factories.products import CategoryFactory

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6


def at_once(*actions):
    """Run them in threads that set off together; returns what each gave or raised."""
    barrier = Barrier(len(actions))

    def run(action):
        try:
            barrier.wait(timeout=30)
            return action()
        except ActionRefusedError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_guides_begun_together_do_not_collide_in_the_tree():
    membership, category = MembershipFactory(), CategoryFactory()

    def begin():
        return services.create_guide(
            merchant=membership.merchant, user=membership.user, category=category, title="Woks"
        )

    guides = at_once(*[begin] * AT_ONCE)

    assert len({guide.slug for guide in guides}) == AT_ONCE
    assert Page.find_problems() == ([], [], [], [], [])
    assert selectors.guide_index_page().numchild == GuidePage.objects.count() == AT_ONCE


def test_one_decision_of_two_made_together_counts():
    membership = MembershipFactory()
    editors = [UserFactory(editor=True), UserFactory(editor=True)]
    guide = GuidePageFactory(merchant=membership.merchant, author=membership.user)
    services.submit(subject=guide, user=membership.user)

    answers = at_once(
        lambda: services.approve(subject=guide, editor=editors[0]),
        lambda: services.send_back(subject=guide, editor=editors[1], reason="No."),
    )

    refused = [answer for answer in answers if isinstance(answer, ActionRefusedError)]
    assert len(refused) == 1
    assert "isn't waiting any more" in str(refused[0])


def test_sent_in_once_by_two_members_at_once():
    membership = MembershipFactory()
    colleague = MembershipFactory(merchant=membership.merchant)
    guide = GuidePageFactory(merchant=membership.merchant, author=membership.user)

    at_once(
        lambda: services.submit(subject=guide, user=membership.user),
        lambda: services.submit(subject=guide, user=colleague.user),
    )

    assert [item.subject for item in selectors.moderation_queue()] == [guide]
