"""What editors see of the pipeline, and what they decide on what it found."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms import selectors, services
from cms.choices import ReviewState
from cms.errors import ModerationRefusedError
from core.errors import ActionRefusedError
from media_pipeline.choices import FindingKind, SourceState, StepName, StepState
from media_pipeline.ladder import PROFILE
from media_pipeline.models import Quota, Source, Video
from media_pipeline.signals import source_ready
from tests.cms.addresses import url
from tests.factories.media_pipeline import (
    FindingFactory,
    QuotaFactory,
    SourceFactory,
    VideoFactory,
)
from tests.factories.merchants import MerchantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def video(merchant, member):
    """One that waits for an editor."""
    video = VideoFactory(merchant=merchant, title="A wok at work")
    services.submit(subject=video, user=member)
    video.refresh_from_db()
    return video


def state_of(video):
    return selectors.review_of(Video.objects.get(pk=video.pk)).state


def test_the_review_shows_what_was_found_but_not_what_is_advice_to_the_merchant(desk, video):
    serious = FindingFactory(source=video.source, kind=FindingKind.TELEPHONE, detail="0123")
    FindingFactory(source=video.source, kind=FindingKind.SILENCE, detail="2 s of nothing")
    FindingFactory(source=video.source, kind=FindingKind.BLUR, detail="all soft")
    page = desk.get(url("review", "video", video.pk)).text

    assert "Telephone number" in page
    assert "2 s of nothing" in page
    assert "all soft" not in page
    assert f'name="findings" value="{serious.pk}"' in page
    assert "1 finding waits for your decision" in page


def test_what_weighs_much_must_be_overruled_before_an_approval(desk, video, editor):
    finding = FindingFactory(source=video.source, kind=FindingKind.PRICE)
    approval = {"approve-revision": video.latest_revision_id}
    refused = desk.post(url("approve", "video", video.pk), approval, follow=True)
    assert "First decide on what was found in it (Price)" in refused.text
    assert state_of(video) == ReviewState.IN_REVIEW

    desk.post(url("overrule", video.pk), {"findings": finding.pk, "reason": "It is a year."})
    finding.refresh_from_db()
    assert (finding.reason, finding.overruled_by) == ("It is a year.", editor)
    desk.post(url("approve", "video", video.pk), approval)
    assert state_of(video) == ReviewState.LIVE


def test_what_weighs_less_holds_nothing_back(desk, video):
    FindingFactory(source=video.source, kind=FindingKind.BLACK)
    FindingFactory(source=video.source, kind=FindingKind.BLUR)
    desk.post(url("approve", "video", video.pk), {"approve-revision": video.latest_revision_id})

    assert state_of(video) == ReviewState.LIVE


def test_nobody_overrules_without_a_reason_or_twice_or_for_another_video(desk, video):
    finding = FindingFactory(source=video.source)
    foreign = FindingFactory()

    def overrule(findings, reason):
        answer = desk.post(
            url("overrule", video.pk), {"findings": findings, "reason": reason}, follow=True
        )
        finding.refresh_from_db()
        foreign.refresh_from_db()
        return answer.text

    for reason in ("", "   "):
        assert "Write why it may stay" in overrule([finding.pk], reason)
    assert "Choose what may stay." in overrule([], "No.")
    overrule([finding.pk, foreign.pk], "No.")
    assert finding.overruled_at is None
    assert foreign.overruled_at is None

    overrule([finding.pk], "First.")
    overrule([finding.pk], "Second.")
    assert finding.reason == "First."


def test_several_findings_are_overruled_for_one_reason(desk, video):
    findings = [FindingFactory(source=video.source) for _ in range(3)]
    desk.post(
        url("overrule", video.pk),
        {"findings": [finding.pk for finding in findings[:2]], "reason": "Printed on the box."},
    )

    assert list(video.source.findings.values_list("reason", flat=True)) == [
        "Printed on the box.",
        "Printed on the box.",
        "",
    ]
    assert video.source.held_by == findings[2:]


def test_only_editors_overrule(video, member):
    with pytest.raises(ActionRefusedError):
        services.overrule(
            findings=[FindingFactory(source=video.source)], editor=member, reason="It is mine."
        )


def test_what_was_approved_unseen_is_held_until_an_editor_has_decided(
    desk, merchant, member, editor
):
    video = VideoFactory(merchant=merchant, title="Too early", source=SourceFactory())
    services.submit(subject=video, user=member)
    services.approve(subject=video, editor=editor)
    assert state_of(video) == ReviewState.APPROVED

    Source.objects.filter(pk=video.source_id).update(profile=PROFILE)
    findings = [FindingFactory(source=video.source), FindingFactory(source=video.source)]
    source_ready.send(Source, source=video.source, video_ids=[video.pk])
    assert state_of(video) == ReviewState.APPROVED
    assert [held.title for held in selectors.held_videos()] == ["Too early"]
    assert "Too early" in desk.get(url("queue")).text
    assert "Approved, and held" in desk.get(url("review", "video", video.pk)).text

    services.overrule(findings=findings[:1], editor=editor, reason="It is printed on the box.")
    assert state_of(video) == ReviewState.APPROVED
    services.overrule(findings=findings[1:], editor=editor, reason="This too.")
    assert state_of(video) == ReviewState.LIVE
    assert selectors.held_videos() == []


def test_only_approved_videos_are_held(merchant, member):
    VideoFactory(merchant=merchant, source=FindingFactory().source)
    waiting = VideoFactory(merchant=merchant, source=FindingFactory().source)
    services.submit(subject=waiting, user=member)

    assert selectors.held_videos() == []


def test_the_editor_sees_how_it_was_made_and_where_it_failed(desk, merchant):
    video = VideoFactory(merchant=merchant, source=SourceFactory(failed="Our fault."))
    video.source.steps.filter(name=StepName.ENCODE).update(
        log_tail="moov atom not found", attempts=4
    )
    page = desk.get(url("review", "video", video.pk)).text

    assert "Making it play everywhere" in page
    assert "moov atom not found" in page
    assert url("retry_media", video.source_id) in page


def test_media_at_work_shows_what_runs_waits_and_has_failed(desk):
    running, waiting = VideoFactory(source=SourceFactory()), VideoFactory(source=SourceFactory())
    running.source.steps.filter(name=StepName.INGEST).update(
        state=StepState.RUNNING, started_at=timezone.now(), worker="host-a 4242"
    )
    failed = VideoFactory(source=SourceFactory(failed="Our fault."))
    failed.source.steps.filter(name=StepName.ENCODE).update(ended_at=timezone.now())
    VideoFactory(title="Long done")
    page = desk.get(url("media")).text

    assert "1 step runs, " in " ".join(page.split())
    for video in (running, waiting, failed):
        assert video.title in page
        assert video.merchant.name in page
    assert "host-a 4242" in page
    assert "Long done" not in page
    assert "Memory while encoding" in page


def test_more_at_work_takes_no_more_queries(desk, django_assert_num_queries):
    def busy():
        VideoFactory(source=SourceFactory())
        VideoFactory(source=SourceFactory(failed="Our fault.")).source.steps.update(
            ended_at=timezone.now()
        )
        VideoFactory(source=SourceFactory()).source.steps.filter(name=StepName.INGEST).update(
            state=StepState.RUNNING, started_at=timezone.now() - timedelta(minutes=2)
        )

    busy()
    desk.get(url("media"))
    with django_assert_num_queries(QUERIES):
        desk.get(url("media"))

    for _ in range(3):
        busy()
    with django_assert_num_queries(QUERIES):
        desk.get(url("media"))


QUERIES = 30


def test_work_is_stopped_and_tried_again_by_button(desk, django_capture_on_commit_callbacks):
    video = VideoFactory(source=SourceFactory())
    answer = desk.post(url("cancel_media", video.source_id), {"video": video.pk})
    assert answer.url == url("review", "video", video.pk)
    assert Source.objects.get(pk=video.source_id).state == SourceState.CANCELLED

    with django_capture_on_commit_callbacks(execute=False) as waiting:
        answer = desk.post(url("retry_media", video.source_id), {"video": "1' or '1"})
    assert answer.url == url("media")
    assert Source.objects.get(pk=video.source_id).state == SourceState.PROCESSING
    assert waiting


def test_all_that_failed_is_tried_again_at_once(desk, django_capture_on_commit_callbacks):
    failed = [VideoFactory(source=SourceFactory(failed="Our fault.")) for _ in range(2)]
    Source.objects.get(pk=failed[0].source_id).steps.update(ended_at=timezone.now())
    Source.objects.get(pk=failed[1].source_id).steps.update(ended_at=timezone.now())
    assert "Try all 2 again" in desk.get(url("media")).text

    with django_capture_on_commit_callbacks(execute=False):
        answer = desk.post(url("retry_all_media"), follow=True)
    assert "2 videos are tried again." in answer.text
    assert {Source.objects.get(pk=video.source_id).state for video in failed} == {
        SourceState.PROCESSING
    }


def test_what_cannot_be_done_is_said(desk):
    video = VideoFactory()
    for name in ("retry_media", "cancel_media", "remake_media"):
        page = desk.post(url(name, video.source_id), follow=True).text
        assert "othing" in page
    assert Source.objects.get(pk=video.source_id).steps.exclude(state=StepState.DONE).count() == 0
    assert desk.post(url("retry_media", 99999)).status_code == 404


def test_what_was_made_in_an_older_way_is_made_anew(desk, django_capture_on_commit_callbacks):
    video = VideoFactory()
    video.source.steps.update(profile=PROFILE - 1)
    Source.objects.filter(pk=video.source_id).update(profile=PROFILE - 1)
    assert url("remake_media", video.source_id) in desk.get(url("review", "video", video.pk)).text

    with django_capture_on_commit_callbacks(execute=False) as waiting:
        desk.post(url("remake_media", video.source_id), {"video": video.pk})
    assert waiting
    page = desk.get(url("review", "video", video.pk)).text
    assert "It is being made anew" in page
    assert url("cancel_media", video.source_id) in page


def test_a_merchants_quota_is_set_and_taken_back(desk):
    merchant = MerchantFactory()
    address = url("quota", merchant.pk)
    desk.post(address, {"quota-gigabytes": "1.5", "quota-videos": "40"})
    assert list(Quota.objects.values_list("size", "videos")) == [(3 * 2**29, 40)]
    page = desk.get(url("merchant", merchant.pk)).text
    assert "A quota of its own." in page
    assert 'value="40"' in page

    desk.post(address, {"quota-gigabytes": "", "quota-videos": ""})
    assert not Quota.objects.exists()


@pytest.mark.parametrize(
    "values", [{"gigabytes": "1"}, {"videos": "3"}, {"gigabytes": "-1", "videos": "3"}]
)
def test_half_a_quota_is_none(desk, values):
    quota = QuotaFactory()
    desk.post(
        url("quota", quota.merchant_id), {f"quota-{name}": much for name, much in values.items()}
    )
    quota.refresh_from_db()

    assert (quota.size, quota.videos) == (10 * 2**30, 100)


def test_an_approval_of_what_is_held_is_refused_by_the_service(video, editor):
    FindingFactory(source=video.source, kind=FindingKind.FLASHES)

    with pytest.raises(ModerationRefusedError, match="Flashes"):
        services.approve(subject=video, editor=editor)


def test_words_that_lead_away_are_approved_only_with_a_note_that_says_why(desk, merchant, member):
    video = VideoFactory(merchant=merchant, description="More of it at www.shop.example today.")
    services.submit(subject=video, user=member)
    video.refresh_from_db()
    assert "In its title or description" in desk.get(url("review", "video", video.pk)).text

    approval = {"approve-revision": video.latest_revision_id}
    refused = desk.post(url("approve", "video", video.pk), approval, follow=True)
    assert "Its words say “www.shop.example”" in refused.text
    assert state_of(video) == ReviewState.IN_REVIEW

    note = {"approve-comment": "It is the maker's address, printed on the box."}
    desk.post(url("approve", "video", video.pk), approval | note)
    assert state_of(video) == ReviewState.LIVE
