"""Whose turn it is, and what goes first."""

import os
import uuid
from datetime import timedelta

import pytest
from django.core.files.base import File
from django.utils import timezone

from core.errors import ActionRefusedError
from media_pipeline import blobs, encoding, ladder, services
from media_pipeline.choices import SourceState, StepName, StepState
from media_pipeline.models import Source, Step
from media_pipeline.selectors import playback_of, progress_of, video_by_uuid
from media_pipeline.services import leases, scheduling
from media_pipeline.services.scheduling import Lane
from tests.factories.media_pipeline import SourceFactory, VideoFactory, tiny_video
from tests.factories.merchants import MerchantFactory

pytestmark = pytest.mark.django_db


def waiting_video(merchant, until=StepName.LISTEN):
    """Its next step comes after `until`."""
    video = VideoFactory(merchant=merchant, source=SourceFactory())
    last = video.source.steps.get(name=until)
    video.source.steps.filter(pk__lte=last.pk).update(state=StepState.DONE)
    return video


def do_next(lane):
    """Takes the next step as done at once; returns its source's number and its name."""
    step = scheduling.next_step(lane)
    Step.objects.filter(pk=step.pk).update(state=StepState.DONE, started_at=timezone.now())
    return step.source_id, step.name


def test_one_merchants_hundred_videos_dont_hold_up_anothers_first():
    busy = MerchantFactory()
    first, second, third = [waiting_video(busy) for _ in range(3)]
    patient = waiting_video(MerchantFactory())

    encoded = [
        source
        for source, name in [do_next(Lane.HEAVY) for _ in range(13)]
        if name == StepName.ENCODE
    ]
    assert encoded == [first.source_id, patient.source_id, second.source_id, third.source_id]


def test_what_was_begun_is_brought_to_its_end_before_another_is_begun():
    merchant = MerchantFactory()
    first, second = waiting_video(merchant), waiting_video(merchant)

    done = [do_next(Lane.HEAVY) for _ in range(5)]
    names = [StepName.ENCODE, StepName.EXAMINE, StepName.STILLS, StepName.PUBLISH]
    assert done == [(first.source_id, name) for name in names] + [
        (second.source_id, StepName.ENCODE)
    ]


def test_a_file_is_looked_into_while_another_is_encoded():
    waiting_video(MerchantFactory())
    arrived = VideoFactory(source=SourceFactory())

    assert do_next(Lane.LIGHT) == (arrived.source_id, StepName.INGEST)
    assert do_next(Lane.LIGHT) == (arrived.source_id, StepName.PROBE)


def test_what_people_wait_for_goes_before_what_is_made_again():
    old = VideoFactory(source=SourceFactory(ready=True)).source
    make_outdated(old)
    services.remake_outdated()
    for name in (StepName.PROBE, StepName.LISTEN):
        assert do_next(Lane.LIGHT) == (old.pk, name)
    new = waiting_video(MerchantFactory())

    assert do_next(Lane.HEAVY) == (new.source_id, StepName.ENCODE)
    old.steps.create(profile=ladder.PROFILE, name=StepName.COMPRESS)
    done = [do_next(Lane.HEAVY) for _ in range(7)]
    assert [source for source, _name in done[:3]] == [new.source_id] * 3
    assert done[3:6] == [
        (old.pk, name) for name in (StepName.ENCODE, StepName.STILLS, StepName.PUBLISH)
    ]
    assert done[6] == (old.pk, StepName.COMPRESS)


def test_a_step_that_failed_holds_up_what_comes_after_it_and_extras_hold_up_nothing():
    video = waiting_video(MerchantFactory())
    video.source.steps.filter(name=StepName.ENCODE).update(state=StepState.FAILED)
    assert scheduling.next_step(Lane.HEAVY) is None

    video.source.steps.update(state=StepState.DONE)
    video.source.steps.create(
        profile=ladder.PROFILE, name=StepName.TRANSCRIBE, state=StepState.FAILED
    )
    video.source.steps.create(profile=ladder.PROFILE, name=StepName.COMPRESS)
    assert do_next(Lane.HEAVY) == (video.source_id, StepName.COMPRESS)


def test_choosing_costs_the_same_whatever_waits(django_assert_num_queries):
    for _ in range(5):
        waiting_video(MerchantFactory())
    with django_assert_num_queries(1):
        scheduling.next_step(Lane.HEAVY)


# --- Making again


def make_outdated(source):
    """As if it had been made in an earlier way."""
    old = ladder.PROFILE - 1
    source.steps.update(profile=old)
    source.renditions.update(profile=old)
    source.assets.update(profile=old)
    Source.objects.filter(pk=source.pk).update(profile=old)
    source.refresh_from_db()


@pytest.fixture
def made(tmp_path, django_capture_on_commit_callbacks):
    """A video that the pipeline has made, in an earlier way."""
    with tiny_video(tmp_path / "clip.mp4", seconds=3).open("rb") as stream:
        video = services.add_video(
            merchant=MerchantFactory(), user=None, title="Clip", file=File(stream)
        )
    with django_capture_on_commit_callbacks(execute=True):
        services.work()
    make_outdated(video.source)
    return video


def test_what_was_made_in_an_earlier_way_is_made_again_and_serves_meanwhile(
    made, django_capture_on_commit_callbacks
):
    old = list(made.source.renditions.values_list("pk", "path"))
    poster = Source.objects.get(pk=made.source_id).poster_id

    services.remake_outdated()
    services.remake_outdated()  # is on its way already
    video = video_by_uuid(made.uuid)
    assert video.source.state == SourceState.READY
    assert playback_of(video)

    with django_capture_on_commit_callbacks(execute=True):
        services.work()
    source = Source.objects.get(pk=made.source_id)
    assert source.profile == ladder.PROFILE
    assert set(source.renditions.values_list("profile", flat=True)) == {ladder.PROFILE}
    assert not source.renditions.filter(pk__in=[pk for pk, _path in old]).exists()
    kept = set(source.renditions.values_list("path", flat=True))
    assert not [path for _pk, path in old if path not in kept and blobs.size_of(path)]
    assert source.poster_id == poster
    assert progress_of(video_by_uuid(made.uuid)).fraction == 1
    with pytest.raises(ActionRefusedError, match="nothing to make again"):
        services.remake_source(source=source)


def test_making_again_that_fails_takes_nothing_away(made, monkeypatch):
    def broken(job, *, on_progress):
        raise encoding.EncodingFailedError("ffmpeg ended with 1.")

    services.remake_source(source=Source.objects.get(pk=made.source_id))
    monkeypatch.setattr(encoding, "encode", broken)
    Step.objects.filter(profile=ladder.PROFILE, name=StepName.ENCODE).update(attempts=3)
    services.work()

    video = video_by_uuid(made.uuid)
    assert video.source.steps.get(profile=ladder.PROFILE, name=StepName.ENCODE).state == "failed"
    assert (progress_of(video).state, bool(playback_of(video))) == (SourceState.READY, True)


def test_making_again_gives_way_to_a_new_video(made, tmp_path, monkeypatch):
    """While it is being encoded, another merchant's first video comes in."""
    monkeypatch.setattr(leases, "RENEWAL", 0)
    clip = tiny_video(tmp_path / "other.mp4", seconds=2, audio=False)
    encode, encoded = encoding.encode, []

    def encode_and_receive(job, *, on_progress):
        encoded.append(job.source.name)
        if len(encoded) == 1:
            with clip.open("rb") as stream:
                services.add_video(
                    merchant=MerchantFactory(), user=None, title="New", file=File(stream)
                )
            services.work()  # another thread's light lane
        encode(job, on_progress=on_progress)

    services.remake_source(source=Source.objects.get(pk=made.source_id))
    monkeypatch.setattr(encoding, "encode", encode_and_receive)
    services.work()

    old = Source.objects.get(pk=made.source_id)
    name = os.path.basename(old.file.name)
    assert [one == name for one in encoded] == [True, False, True]
    assert old.profile == ladder.PROFILE
    assert set(Step.objects.values_list("state", flat=True)) == {StepState.DONE}
    assert old.steps.get(name=StepName.ENCODE).attempts == 1


# --- Leases of the dead


def test_the_lease_of_a_worker_that_died_here_ends_at_once():
    step = waiting_video(MerchantFactory()).source.steps.get(name=StepName.ENCODE)
    machine, pid, start = leases.this_worker().rsplit(" ", 2)
    workers = {
        "this one": f"{machine} {pid} {start}",
        "another with the same number": f"{machine} {pid} {int(start) - 1}",
        "on another machine": f"elsewhere {pid} {start}",
    }
    ended = {}
    for name, worker in workers.items():
        Step.objects.filter(pk=step.pk).update(
            state=StepState.RUNNING,
            worker=worker,
            lease_token=uuid.uuid4(),
            lease_expires_at=timezone.now() + timedelta(seconds=30),
        )
        leases.end_leases_of_the_dead()
        step.refresh_from_db()
        ended[name] = step.lease_expires_at <= timezone.now()
    assert ended == {
        "this one": False,
        "another with the same number": True,
        "on another machine": False,
    }
