"""Sending in, approving, sending back: cms.services, and Wagtail's own pages."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.models import Notification
from cms import selectors, services, tasks
from cms.choices import ReviewState, SubjectKind
from core.errors import ActionRefusedError
from media_pipeline.ladder import PROFILE
from media_pipeline.models import Source
from media_pipeline.signals import source_ready, source_refused
from tests.cms.test_guides import save
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import SourceFactory, VideoFactory
from tests.factories.merchants import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["guide", "video"])
def subject(request, merchant, member):
    if request.param == "guide":
        return GuidePageFactory(merchant=merchant, author=member)
    return VideoFactory(merchant=merchant, uploaded_by=member)


def state_of(subject):
    subject = type(subject).objects.get(pk=subject.pk)
    return selectors.review_of(subject).state


def test_from_draft_to_public(subject, member, editor):
    services.submit(subject=subject, user=member)
    assert state_of(subject) == ReviewState.IN_REVIEW

    services.approve(subject=subject, editor=editor)

    assert state_of(subject) == ReviewState.LIVE
    assert member.notifications.get().subject == f"“{subject.title}” is public"
    assert editor.notifications.get().subject == f"“{subject.title}” waits for an editor"


def test_sent_back_and_sent_in_again(subject, member, editor):
    services.submit(subject=subject, user=member)

    services.send_back(subject=subject, editor=editor, reason="Say how large it is.")

    review = selectors.review_of(type(subject).objects.get(pk=subject.pk))
    assert (review.state, review.reason) == (ReviewState.SENT_BACK, "Say how large it is.")
    assert not review.is_public
    assert "Say how large it is." in member.notifications.get().body

    services.submit(subject=subject, user=member)
    assert state_of(subject) == ReviewState.IN_REVIEW
    services.approve(subject=subject, editor=editor)
    assert state_of(subject) == ReviewState.LIVE


def test_merchants_get_one_mail_for_a_decision_and_none_to_the_admin(
    subject, member, editor, django_capture_on_commit_callbacks
):
    services.submit(subject=subject, user=member)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        services.send_back(subject=subject, editor=editor, reason="Say more.")

    to_member = [message for message in mail.outbox if message.to == [member.email]]
    assert len(to_member) == 1
    assert "/admin/" not in to_member[0].body
    assert "/merchant/" in to_member[0].body


def test_a_reason_is_asked_for(subject, member, editor):
    services.submit(subject=subject, user=member)

    with pytest.raises(ActionRefusedError, match="Write the reason"):
        services.send_back(subject=subject, editor=editor, reason="  ")

    assert state_of(subject) == ReviewState.IN_REVIEW


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_only_editors_decide(subject, member, who):
    services.submit(subject=subject, user=member)
    person = member if who == "member" else MembershipFactory().user

    for decide in (
        lambda: services.approve(subject=subject, editor=person),
        lambda: services.send_back(subject=subject, editor=person, reason="No."),
        lambda: services.take_down(subject=subject, editor=person, reason="No."),
    ):
        with pytest.raises(ActionRefusedError, match="Only editors"):
            decide()

    assert state_of(subject) == ReviewState.IN_REVIEW


def test_strangers_send_nothing_in(subject):
    with pytest.raises(ActionRefusedError, match="another merchant"):
        services.submit(subject=subject, user=MembershipFactory().user)

    assert state_of(subject) == ReviewState.DRAFT


def test_a_decision_can_be_made_once(subject, member, editor):
    services.submit(subject=subject, user=member)
    services.approve(subject=subject, editor=editor)

    with pytest.raises(ActionRefusedError, match="isn't waiting any more"):
        services.send_back(subject=subject, editor=editor, reason="Too late.")
    assert state_of(subject) == ReviewState.LIVE


def test_sending_in_twice_is_refused(subject, member):
    services.submit(subject=subject, user=member)

    with pytest.raises(ActionRefusedError, match="have this already"):
        services.submit(subject=subject, user=member)


def test_taken_back_by_the_merchant(subject, member, editor):
    services.submit(subject=subject, user=member)

    services.withdraw_submission(subject=subject, user=member)

    assert state_of(subject) == ReviewState.DRAFT
    assert selectors.moderation_queue() == []
    with pytest.raises(ActionRefusedError):
        services.approve(subject=subject, editor=editor)


def test_what_changed_after_the_editor_opened_it_is_not_approved(merchant, member, editor):
    guide = GuidePageFactory(merchant=merchant, author=member)
    services.submit(subject=guide, user=member)
    seen = guide.latest_revision
    services.withdraw_submission(subject=guide, user=member)
    save(guide, member, summary="Buy now!!!", keep_version=True)
    services.submit(subject=guide, user=member)

    with pytest.raises(ActionRefusedError, match="changed after you opened it"):
        services.approve(subject=guide, editor=editor, revision=seen)

    assert state_of(guide) == ReviewState.IN_REVIEW


def test_an_editors_correction_during_the_review_is_what_gets_approved(merchant, member, editor):
    guide = GuidePageFactory(merchant=merchant, author=member)
    services.submit(subject=guide, user=member)
    guide.refresh_from_db()
    draft = guide.get_latest_revision_as_object()
    draft.summary = "Corrected."
    draft.save_revision(user=editor)

    services.approve(subject=guide, editor=editor)

    guide.refresh_from_db()
    assert (guide.live, guide.summary) == (True, "Corrected.")


def test_nothing_changes_while_an_editor_reads(merchant, member):
    guide = GuidePageFactory(merchant=merchant, author=member)
    services.submit(subject=guide, user=member)

    with pytest.raises(ActionRefusedError, match="An editor is reading"):
        save(guide, member, summary="Changed under their hands.")


def test_an_unfinished_guide_is_refused_with_what_is_missing(merchant, member):
    guide = GuidePageFactory(
        merchant=merchant,
        summary="",
        body=[("heading", "Fine"), ("picture", {"picture": None, "alt_text": ""})],
    )

    with pytest.raises(ActionRefusedError) as refusal:
        services.submit(subject=guide, user=member)

    assert "Write a summary" in str(refusal.value)
    assert "Complete part 2 (Picture)" in str(refusal.value)
    assert state_of(guide) == ReviewState.DRAFT


def test_a_video_that_cannot_be_played_is_refused(merchant, member):
    video = VideoFactory(merchant=merchant, source=SourceFactory(refused="Too long."))

    with pytest.raises(ActionRefusedError, match="can't be played"):
        services.submit(subject=video, user=member)


def test_a_video_approved_while_it_is_made_comes_out_when_it_is_ready(merchant, member, editor):
    video = VideoFactory(merchant=merchant, source=SourceFactory())
    services.submit(subject=video, user=member)
    services.approve(subject=video, editor=editor)
    assert state_of(video) == ReviewState.APPROVED
    assert not selectors.review_of(video).is_public

    Source.objects.filter(pk=video.source_id).update(profile=PROFILE)
    source_ready.send(type(video.source), source=video.source, video_ids=[video.pk])

    assert state_of(video) == ReviewState.LIVE
    assert [note.subject for note in member.notifications.order_by("pk")] == [
        f"“{video.title}” is approved",
        f"“{video.title}” is public",
    ]


def test_beat_finds_an_approved_video_whose_readiness_was_missed(merchant, member, editor):
    video = VideoFactory(merchant=merchant, source=SourceFactory())
    services.submit(subject=video, user=member)
    services.approve(subject=video, editor=editor)
    Source.objects.filter(pk=video.source_id).update(profile=PROFILE)

    tasks.publish_scheduled.delay()

    assert state_of(video) == ReviewState.LIVE


def test_a_video_that_was_not_approved_stays_in_when_it_is_ready(merchant, member):
    video = VideoFactory(merchant=merchant)
    services.submit(subject=video, user=member)

    source_ready.send(type(video.source), source=video.source, video_ids=[video.pk])

    assert state_of(video) == ReviewState.IN_REVIEW


def test_a_refused_file_leaves_the_queue(merchant, member):
    video = VideoFactory(merchant=merchant, source=SourceFactory())
    services.submit(subject=video, user=member)

    source_refused.send(type(video.source), source=video.source, video_ids=[video.pk])

    assert selectors.moderation_queue() == []


def test_a_scheduled_guide_comes_out_on_its_day_and_goes_on_its_last(merchant, member, editor):
    guide = GuidePageFactory(merchant=merchant, author=member)
    now = timezone.now()
    services.schedule_guide(
        guide=guide,
        user=member,
        go_live_at=now + timedelta(days=2),
        expire_at=now + timedelta(days=4),
    )
    services.submit(subject=guide, user=member)
    services.approve(subject=guide, editor=editor)
    assert state_of(guide) == ReviewState.APPROVED

    tasks.publish_scheduled.delay()
    assert state_of(guide) == ReviewState.APPROVED
    with time_machine.travel(now + timedelta(days=3)):
        tasks.publish_scheduled.delay()
        assert state_of(guide) == ReviewState.LIVE
        assert member.notifications.filter(subject__endswith="is public").count() == 1
    with time_machine.travel(now + timedelta(days=5)):
        tasks.publish_scheduled.delay()
        assert state_of(guide) == ReviewState.DRAFT


def test_an_approved_guide_can_be_given_another_day_or_none(merchant, member, editor):
    guide = GuidePageFactory(merchant=merchant, author=member)
    day = timezone.now() + timedelta(days=2)
    services.schedule_guide(guide=guide, user=member, go_live_at=day)
    services.submit(subject=guide, user=member)
    services.approve(subject=guide, editor=editor)

    services.schedule_guide(guide=guide, user=member, go_live_at=day + timedelta(days=1))
    guide.refresh_from_db()
    assert selectors.review_of(guide).scheduled_for == day + timedelta(days=1)
    with pytest.raises(ActionRefusedError, match="waits for its day"):
        save(guide, member, summary="Unread by anyone.")

    services.schedule_guide(guide=guide, user=member, go_live_at=None)
    assert state_of(guide) == ReviewState.LIVE


def test_the_queue_is_oldest_first_with_guides_and_videos_together(
    merchant, member, django_assert_max_num_queries
):
    guide = GuidePageFactory(merchant=merchant, author=member)
    videos = [VideoFactory(merchant=merchant) for _ in range(3)]
    subjects = [videos[0], guide, *videos[1:]]
    for subject in subjects:
        services.submit(subject=subject, user=member)

    with django_assert_max_num_queries(6):
        queue = selectors.moderation_queue()

    assert [item.subject for item in queue] == subjects
    assert queue[1].kind == SubjectKind.GUIDE
    assert queue[1].submitted_by == member
    assert selectors.queue_counts() == {"guides": 1, "videos": 3, "held": 0, "applications": 0}


def test_reviews_of_many_take_few_queries(merchant, member, django_assert_max_num_queries):
    subjects = [
        *(GuidePageFactory(merchant=merchant, author=member) for _ in range(4)),
        *(VideoFactory(merchant=merchant) for _ in range(4)),
    ]
    services.submit(subject=subjects[0], user=member)
    services.submit(subject=subjects[4], user=member)

    with django_assert_max_num_queries(6):
        reviews = selectors.reviews_of(subjects)

    waiting = [subject for subject in subjects if reviews[subject].state == ReviewState.IN_REVIEW]
    assert waiting == [subjects[0], subjects[4]]


def test_a_decision_in_wagtails_own_pages_tells_the_merchant_too(merchant, member, editor):
    guide = GuidePageFactory(merchant=merchant, author=member)
    services.submit(subject=guide, user=member)
    guide.refresh_from_db()

    guide.current_workflow_task_state.reject(user=editor, comment="Too short.")

    assert selectors.review_of(guide).reason == "Too short."
    assert "Too short." in Notification.objects.get(user=member).body
