from datetime import timedelta

import pytest
from django.core import management
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms import selectors, services, tasks
from cms.choices import ReviewState
from cms.errors import TakenDownError
from cms.models import GuidePage, TakeDown
from core.errors import ActionRefusedError
from media_pipeline.models import Video
from products.models import Product
from search.models import OutboxEntry
from tests.cms.test_guides import save
from tests.factories.accounts import UserFactory
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import VideoFactory
from tests.factories.products import ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(merchant, member):
    return GuidePageFactory(merchant=merchant, author=member, live=True)


@pytest.fixture
def video(merchant):
    return VideoFactory(merchant=merchant, public=True)


def test_a_guide_is_gone_at_once_and_the_merchant_knows_why(guide, member, editor, client):
    assert client.get(guide.url).status_code == 200

    services.take_down(subject=guide, editor=editor, reason="It says woks may go in the bath.")

    assert client.get(guide.url).status_code == 404
    assert list(selectors.public_guides()) == []
    review = selectors.review_of(GuidePage.objects.get())
    assert (review.state, review.reason) == (
        ReviewState.TAKEN_DOWN,
        "It says woks may go in the bath.",
    )
    assert "may go in the bath" in member.notifications.get().body
    assert OutboxEntry.objects.filter(kind="guide", object_id=guide.pk).exists()


def test_a_video_is_gone_at_once(video, editor):
    services.take_down(subject=video, editor=editor, reason="Someone is hurt in it.")

    video.refresh_from_db()
    assert not video.live
    assert video.taken_down_at is not None
    assert not Video.objects.public().exists()
    assert selectors.review_of(video).state == ReviewState.TAKEN_DOWN


def test_a_product_is_gone_at_once(editor, client):
    product = ProductFactory(listed=True)
    address = reverse("storefront:product", args=[product.pk, product.slug])
    assert client.get(address).status_code == 200

    services.take_down(subject=product, editor=editor, reason="Recalled by its maker.")

    assert client.get(address).status_code == 404
    assert not Product.objects.public().exists()


def test_no_schedule_brings_it_back(merchant, member, editor):
    guide = GuidePageFactory(merchant=merchant, author=member)
    services.schedule_guide(guide=guide, user=member, go_live_at=timezone.now() + timedelta(days=1))
    services.submit(subject=guide, user=member)
    services.approve(subject=guide, editor=editor)
    services.take_down(subject=guide, editor=editor, reason="Not like this.")
    # Even where a schedule was set behind the take-down's back.
    revision = guide.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
    revision.save()

    tasks.publish_scheduled.delay()

    assert not GuidePage.objects.get().live
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def test_wagtails_own_command_does_not_bring_it_back_either(guide, editor):
    services.take_down(subject=guide, editor=editor, reason="No.")
    revision = guide.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
    revision.save()

    with pytest.raises(TakenDownError):
        management.call_command("publish_scheduled")

    assert not GuidePage.objects.get().live


@pytest.mark.parametrize("kind", ["guide", "video"])
def test_a_pending_submission_ends(merchant, member, editor, kind):
    subject = (
        GuidePageFactory(merchant=merchant, author=member)
        if kind == "guide"
        else VideoFactory(merchant=merchant)
    )
    services.submit(subject=subject, user=member)
    assert len(selectors.moderation_queue()) == 1

    services.take_down(subject=subject, editor=editor, reason="No.")

    assert selectors.moderation_queue() == []
    with pytest.raises(ActionRefusedError):
        services.approve(subject=subject, editor=editor)
    with pytest.raises(ActionRefusedError, match="took this down"):
        services.submit(subject=subject, user=member)


def test_its_merchant_can_neither_change_nor_delete_it(guide, member, editor):
    services.take_down(subject=guide, editor=editor, reason="Dangerous.")

    with pytest.raises(ActionRefusedError, match="Dangerous"):
        save(guide, member, summary="New.")
    with pytest.raises(ActionRefusedError, match="can't be deleted"):
        services.delete_guide(guide=guide, user=member)


@pytest.mark.parametrize("who", ["editor", "administrator"])
def test_nobody_publishes_it_in_the_admin(guide, editor, client, who):
    services.take_down(subject=guide, editor=editor, reason="No.")
    if who == "administrator":
        # Who, alone, can take the lock off.
        GuidePage.objects.update(locked=False)
    client.force_login(editor if who == "editor" else UserFactory(admin=True))
    form = {
        "title": "Back",
        "slug": guide.slug,
        "summary": "Back.",
        "category": guide.category_id,
        "body": streamfield([("heading", "Back")]),
        "comments": inline_formset([]),
        "action-publish": "1",
    }

    client.post(reverse("wagtailadmin_pages:edit", args=[guide.pk]), nested_form_data(form))

    assert not GuidePage.objects.get().live


def test_an_editor_publishes_in_the_admin_what_is_not_down(guide, editor, client):
    client.force_login(editor)
    form = {
        "title": "Better",
        "slug": guide.slug,
        "summary": "Better.",
        "category": guide.category_id,
        "body": streamfield([("heading", "Better")]),
        "comments": inline_formset([]),
        "action-publish": "1",
    }

    client.post(reverse("wagtailadmin_pages:edit", args=[guide.pk]), nested_form_data(form))

    guide.refresh_from_db()
    assert (guide.live, guide.title) == (True, "Better")


def test_lifting_makes_public_what_was_public(guide, video, editor, member, client):
    product = ProductFactory(listed=True, merchant=guide.merchant)
    for subject in (guide, video, product):
        decision = services.take_down(subject=subject, editor=editor, reason="A mistake.")
        services.lift_take_down(take_down=decision, editor=editor)

    assert client.get(guide.url).status_code == 200
    assert list(Video.objects.public()) == [video]
    assert list(Product.objects.public()) == [product]
    assert selectors.review_of(GuidePage.objects.get()).state == ReviewState.LIVE
    save(GuidePage.objects.get(), member, summary="It can be changed again.")


def test_lifting_publishes_no_draft(merchant, member, editor):
    guide = GuidePageFactory(merchant=merchant, author=member)
    decision = services.take_down(subject=guide, editor=editor, reason="A mistake.")

    services.lift_take_down(take_down=decision, editor=editor)

    assert selectors.review_of(GuidePage.objects.get()).state == ReviewState.DRAFT


def test_down_is_down_once_and_lifted_once(guide, editor):
    decision = services.take_down(subject=guide, editor=editor, reason="No.")
    with pytest.raises(ActionRefusedError, match="already"):
        services.take_down(subject=guide, editor=editor, reason="Again no.")
    services.lift_take_down(take_down=decision, editor=editor)
    with pytest.raises(ActionRefusedError, match="already"):
        services.lift_take_down(take_down=decision, editor=editor)

    assert TakeDown.objects.count() == 1


def test_a_suspended_merchants_guides_are_gone(guide, client):
    guide.merchant.state = "suspended"
    guide.merchant.save()

    assert client.get(guide.url).status_code == 404
    assert list(selectors.public_guides()) == []
