from datetime import timedelta

import pytest
from django.utils import timezone

from media_pipeline.choices import AssetKind, FindingKind, StepName, StepState
from media_pipeline.ladder import PROFILE
from media_pipeline.models import Step, Video
from media_pipeline.selectors import (
    life_of,
    progress_of,
    shares_of,
    with_life,
    with_media,
    work_at_hand,
)
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import (
    AssetFactory,
    FindingFactory,
    PictureFactory,
    QuotaFactory,
    SourceFactory,
    StillFactory,
    VideoFactory,
)
from tests.factories.merchants import MerchantFactory

pytestmark = pytest.mark.django_db


def set_step(source, name, **values):
    Step.objects.filter(source=source, name=name).update(**values)


def test_a_life_says_how_long_each_step_took():
    source = SourceFactory(ready=True)
    begin = source.created_at
    for number, name in enumerate([StepName.INGEST, StepName.PROBE, StepName.PUBLISH]):
        set_step(
            source,
            name,
            started_at=begin + timedelta(seconds=number),
            ended_at=begin + timedelta(seconds=2 * number + 1),
        )
    life = life_of(VideoFactory(source=source))

    seconds = {step.name: step.seconds for step in life.steps}
    assert (seconds["ingest"], seconds["probe"], seconds["publish"]) == (1, 2, 3)
    assert seconds["encode"] is None
    assert life.playable_after == 5


def test_a_step_that_runs_has_taken_the_time_until_now():
    source = SourceFactory()
    set_step(
        source,
        StepName.INGEST,
        state=StepState.RUNNING,
        started_at=timezone.now() - timedelta(seconds=9),
    )

    assert 9 <= life_of(VideoFactory(source=source)).steps[0].seconds < 60
    assert life_of(VideoFactory(source=source)).playable_after is None


def test_what_was_stopped_was_never_playable():
    source = SourceFactory()
    source.steps.update(state=StepState.CANCELLED, ended_at=timezone.now())

    assert life_of(VideoFactory(source=source)).playable_after is None


def test_what_is_made_anew_is_told_by_its_latest_steps_and_plays_meanwhile():
    source = SourceFactory(ready=True)
    Step.objects.create(
        source=source, profile=PROFILE + 1, name=StepName.ENCODE, state=StepState.RUNNING
    )
    life = life_of(VideoFactory(source=source))

    assert life.is_remade
    assert [step.name for step in life.steps] == [
        "ingest", "probe", "listen", "encode", "examine", "stills", "publish",
    ]  # fmt: skip
    assert life.steps[3].state == StepState.RUNNING
    progress = progress_of(VideoFactory(source=source))
    assert (progress.state, progress.fraction) == ("ready", 1.0)


def test_what_was_made_is_counted_together():
    source = SourceFactory(ready=True)
    rendition = source.renditions.get()
    sprite = AssetFactory(source=source, size=500)
    AssetFactory(source=source, kind=AssetKind.PREVIEW, profile=PROFILE + 1)  # on its way
    life = life_of(VideoFactory(source=source))

    assert (list(life.renditions), list(life.assets)) == ([rendition], [sprite])
    assert life.made_size == rendition.size + 500


def test_findings_that_weigh_most_come_first_and_advice_is_the_merchants_alone():
    source = SourceFactory(ready=True, duration=10.0)
    blur = FindingFactory(source=source, kind=FindingKind.BLUR, start=1, end=2)
    black = FindingFactory(source=source, kind=FindingKind.BLACK, start=0, end=0.4)
    late = FindingFactory(source=source, kind=FindingKind.CODE, start=8, end=9, pictured=True)
    early = FindingFactory(source=source, kind=FindingKind.PRICE, start=3, end=5)
    video = VideoFactory(source=source)
    marks = life_of(video).marks

    assert [mark.finding for mark in marks] == [early, late, black, blur]
    assert [mark.is_long for mark in marks] == [True, True, False, True]
    assert [mark.picture for mark in marks] == ["", f"findings/{late.pk}.jpg", "", ""]
    assert (marks[1].span.left, marks[1].span.width) == (80, 10)
    for_editors = life_of(video, is_editor=True).marks
    assert [mark.finding for mark in for_editors] == [early, late, black]


def test_the_log_is_told_of_what_did_not_succeed_and_its_last_lines_only():
    source = SourceFactory(failed="Our fault.")
    lines = "\n".join(f"line {number}" for number in range(100))
    set_step(source, StepName.ENCODE, log_tail=lines)

    assert life_of(VideoFactory(source=source)).log.splitlines() == [
        f"line {number}" for number in range(70, 100)
    ]

    set_step(source, StepName.ENCODE, state=StepState.DONE)
    assert life_of(VideoFactory(source=source)).log == ""


def test_a_life_is_fetched_in_a_fixed_number_of_queries(django_assert_num_queries):
    video = VideoFactory(poster=PictureFactory(merchant=None))
    for number in range(3):
        FindingFactory(source=video.source, overruled_by=UserFactory(), overruled_at=timezone.now())
        StillFactory(source=video.source, second=number)
    AssetFactory(source=video.source)

    # Video, steps, renditions, sizes of two posters, findings, assets, stills, sizes of these.
    with django_assert_num_queries(9):
        found = with_life(with_media(Video.objects.filter(pk=video.pk))).get()
        life = life_of(found)
        assert len(life.marks) == len(life.stills) == 3
        assert all(mark.finding.overruled_by.email for mark in life.marks)
        assert found.shown_poster == video.poster
        found.source.held_by  # noqa: B018 - reads what was prefetched


def test_work_at_hand_is_what_runs_waits_and_has_failed():
    VideoFactory()
    VideoFactory(source=SourceFactory(refused="Too long."))
    waiting = VideoFactory(source=SourceFactory())
    running = VideoFactory(source=SourceFactory())
    set_step(running.source, StepName.INGEST, state=StepState.RUNNING, started_at=timezone.now())
    failed = VideoFactory(source=SourceFactory(failed="Our fault."))
    twin = VideoFactory(source=failed.source)
    SourceFactory()  # its video was deleted a moment ago
    work = work_at_hand()

    assert [job.video for job in work.running] == [running]
    assert [(job.video, job.step.name) for job in work.waiting] == [(waiting, "ingest")]
    assert [(job.video, job.step.name, job.others) for job in work.failed] == [
        (failed, "encode", 1)
    ]
    assert twin.source_id == failed.source_id
    assert work.failed_count == 1
    assert work.kept["originals"] == 6000
    assert work.kept["renditions"] > 0


def test_each_merchants_share_is_its_own_in_two_queries(django_assert_num_queries):
    busy, idle = MerchantFactory(), MerchantFactory()
    for _ in range(3):
        VideoFactory(merchant=busy, source=SourceFactory())
    VideoFactory(merchant=busy, source=SourceFactory(failed="Our fault."))
    ready = VideoFactory(merchant=busy)
    set_step(ready.source, StepName.PUBLISH, state=StepState.DONE)
    QuotaFactory(merchant=idle, videos=7)

    with django_assert_num_queries(2):
        shares = shares_of([busy, idle])

    assert [(one.running, one.waiting, one.failed) for one in shares] == [(0, 3, 1), (0, 0, 0)]
    assert [one.usage.videos for one in shares] == [5, 0]
    assert shares[1].usage.videos_allowed == 7


def test_a_merchant_learns_of_anothers_video_only_when_it_is_public():
    shown, hidden = VideoFactory(public=True), VideoFactory()
    video = VideoFactory()
    for other in (shown, hidden):
        FindingFactory(source=video.source, kind=FindingKind.DUPLICATE, other=other.source)

    told = [list(mark.twins.videos) for mark in life_of(video).marks]
    assert told == [[shown], []]
    told = [list(mark.twins.videos) for mark in life_of(video, is_editor=True).marks]
    assert told == [[shown], [hidden]]
