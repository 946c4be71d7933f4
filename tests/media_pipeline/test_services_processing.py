"""Who works on what: leases, retries, refusals, take-overs and cancelling."""

import subprocess
import sys
import uuid
from datetime import timedelta
from pathlib import Path
from threading import Event

import imageio_ffmpeg
import pytest
import time_machine
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils import timezone

from accounts.models import Notification
from core.errors import ActionRefusedError
from media_pipeline import blobs, encoding, incoming, places, receivers, sandbox, services, tasks
from media_pipeline.choices import FIRST_STEPS, SourceState, StepName, StepState
from media_pipeline.models import Source, Step, Video
from media_pipeline.selectors import progress_of, video_by_uuid
from media_pipeline.services import leases, processing
from media_pipeline.services.scheduling import Lane
from media_pipeline.signals import source_waiting
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import SourceFactory, VideoFactory, tiny_video
from tests.factories.merchants import MerchantFactory
from tests.media_pipeline.waiting import wait_until

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    return tiny_video(tmp_path_factory.mktemp("clip") / "clip.mp4", seconds=3)


@pytest.fixture
def video(clip):
    """Uploaded, and not yet looked at."""
    with clip.open("rb") as stream:
        return services.add_video(
            merchant=MerchantFactory(), user=UserFactory(), title="Rice cooker", file=File(stream)
        )


@pytest.fixture
def called():
    """The ids of the sources that a worker was called to."""
    ids = []

    def note(source, **kwargs):
        ids.append(source.pk)

    source_waiting.connect(note)
    yield ids
    source_waiting.disconnect(note)


def work_folders():
    """What workers have not cleared away; the folder for small pieces stays."""
    work = Path(settings.VAR_DIR) / "work"
    return [path for path in work.rglob("*") if path != work / "scratch"]


def states(video):
    return list(video.source.steps.values_list("state", flat=True))


def hold(video, name, seconds=30):
    """Another worker holds a lease on that step; the ones before are done."""
    step = Step.objects.get(source=video.source, name=name)
    Step.objects.filter(source=video.source, pk__lt=step.pk).update(state=StepState.DONE)
    Step.objects.filter(pk=step.pk).update(
        state=StepState.RUNNING,
        attempts=1,
        lease_token=uuid.uuid4(),
        lease_expires_at=timezone.now() + timedelta(seconds=seconds),
    )
    return step


def test_all_steps_in_order_and_the_uploader_is_told(video, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.work()

    assert states(video) == [StepState.DONE] * 7
    notification = Notification.objects.get(user=video.uploaded_by)
    assert notification.subject == "“Rice cooker” can be played now"
    assert not incoming.path_of(video.source.uuid).exists()


def test_what_is_no_video_is_refused_with_a_sentence():
    video = services.add_video(
        merchant=MerchantFactory(),
        user=UserFactory(),
        title="Not one",
        file=ContentFile(b"#EXTM3U\nfile:///etc/passwd\n" * 100, name="list.mp4"),
    )
    services.work()

    progress = progress_of(video_by_uuid(video.uuid))
    sentence = (
        "This is a list of other files, not a video. Choose the video itself, or export it as MP4 "
        "(H.264)."
    )
    assert (progress.state, progress.message) == (SourceState.REFUSED, sentence)
    notification = Notification.objects.get(user=video.uploaded_by)
    assert (notification.subject, notification.body) == (
        "“Not one” can't be used as it is",
        sentence,
    )
    with pytest.raises(ActionRefusedError, match="nothing to try again"):
        services.retry_source(source=video.source)


def test_a_step_that_another_worker_holds_is_left_alone(video):
    step = hold(video, StepName.PROBE)
    before = Step.objects.filter(pk=step.pk).values().get()

    services.work()
    assert Step.objects.filter(pk=step.pk).values().get() == before


def test_a_lease_that_ran_out_is_taken_over(video, called):
    hold(video, StepName.INGEST, seconds=-1)

    services.resume_stalled()
    assert called == [video.source_id]
    services.work()
    assert states(video) == [StepState.DONE] * 7


def test_a_worker_is_called_to_what_stands_still(video, called):
    hold(video, StepName.PROBE)
    services.resume_stalled()
    assert called == []  # somebody is at work on it

    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        services.resume_stalled()
    assert called == [video.source_id]


def test_a_call_grows_stale(video, monkeypatch, django_capture_on_commit_callbacks):
    """With the workers away for a day the broker doesn't fill."""
    sent = []
    monkeypatch.setattr(tasks.work, "apply_async", lambda **options: sent.append(options))
    with django_capture_on_commit_callbacks(execute=True):
        services.resume_stalled()
    assert [options["expires"] for options in sent] == [receivers.CALL_SECONDS]


@pytest.mark.parametrize("ended", [StepState.REFUSED, StepState.FAILED, StepState.CANCELLED])
def test_nobody_is_called_to_what_has_ended(called, ended):
    source = SourceFactory()
    source.steps.filter(name=StepName.INGEST).update(state=StepState.DONE)
    source.steps.filter(name=StepName.PROBE).update(state=ended)
    ready = SourceFactory(ready=True)

    services.resume_stalled()
    assert called == []
    assert {ready.state, Source.objects.get(pk=source.pk).state} == {
        SourceState.READY,
        SourceState(ended),
    }


def test_a_worker_that_lost_its_lease_leaves_nothing_behind(video, monkeypatch):
    """Another worker took over while this one was encoding; what it made is dropped."""
    encode = encoding.encode

    def encode_and_lose(job, *, on_progress):
        encode(job, on_progress=on_progress)
        Step.objects.filter(source=video.source, name=StepName.ENCODE).update(
            lease_token=uuid.uuid4()
        )

    monkeypatch.setattr(encoding, "encode", encode_and_lose)
    services.work()

    step = video.source.steps.get(name=StepName.ENCODE)
    assert step.state == StepState.RUNNING  # the other worker's
    assert not video.source.renditions.exists()


@pytest.fixture
def started(monkeypatch):
    """What ffmpeg's encoder does first when it runs: a function to set; the processes that the
    sandbox started are listed."""
    processes = []
    start = encoding.rungs.run.__globals__["sandbox"].start
    encode = encoding.encode

    def encode_with(then):
        def encode_and(job, *, on_progress):
            def start_and(*args, **kwargs):
                processes.append(start(*args, **kwargs))
                then()
                return processes[-1]

            with monkeypatch.context() as patch:
                patch.setattr(sandbox, "start", start_and)
                encode(job, on_progress=on_progress)

        monkeypatch.setattr(encoding, "encode", encode_and)
        monkeypatch.setattr(leases, "RENEWAL", 0)
        return processes

    return encode_with


def test_deleting_a_video_stops_its_encoder(video, started):
    """ffmpeg is running when the merchant deletes the video: it ends, and nothing stays."""
    source = video.source
    processes = started(lambda: services.delete_video(video=Video.objects.get(pk=video.pk)))
    services.work()

    assert [process.poll() is not None for process in processes] == [True]
    assert not Source.objects.filter(pk=source.pk).exists()


def test_cancelling_stops_the_encoder_and_can_be_undone(video, started, monkeypatch):
    processes = started(lambda: services.cancel_source(source=video.source))
    services.work()

    assert [process.poll() is not None for process in processes] == [True]
    progress = progress_of(video_by_uuid(video.uuid))
    assert progress.state == SourceState.CANCELLED
    assert progress.message == "Stopped. You can start it again, or delete the video."
    assert work_folders() == []
    with pytest.raises(ActionRefusedError, match="Nothing is being done"):
        services.cancel_source(source=video.source)

    monkeypatch.undo()
    services.retry_source(source=video.source)
    services.work()
    assert progress_of(video_by_uuid(video.uuid)).state == SourceState.READY


@pytest.mark.parametrize("name", [StepName.INGEST, StepName.PROBE, StepName.EXAMINE])
def test_whatever_waits_can_be_cancelled(video, name):
    hold(video, name)
    services.cancel_source(source=video.source)
    services.work()

    done = [state for state in states(video) if state == StepState.DONE]
    assert set(states(video)) - {StepState.DONE} == {StepState.CANCELLED}
    assert len(done) == list(FIRST_STEPS).index(name)


def test_a_failure_is_tried_again_after_a_pause_and_then_given_up(video, monkeypatch):
    def broken(job, *, on_progress):
        raise encoding.EncodingFailedError("ffmpeg ended with 1.", log="out of luck")

    monkeypatch.setattr(encoding, "encode", broken)
    now = timezone.now()
    for attempt in range(1, processing.MAX_ATTEMPTS + 1):
        with time_machine.travel(now + timedelta(minutes=10 * attempt), tick=False):
            services.work()
            services.work()  # nothing before the pause is over
        step = video.source.steps.get(name=StepName.ENCODE)
        assert step.attempts == attempt

    assert step.state == StepState.FAILED
    assert step.message.startswith("We could not process this video")
    assert "out of luck" in step.log_tail
    assert progress_of(video_by_uuid(video.uuid)).state == SourceState.FAILED

    monkeypatch.undo()
    services.retry_source(source=video.source)
    services.work()
    assert progress_of(video_by_uuid(video.uuid)).state == SourceState.READY


def test_a_probe_that_was_killed_is_no_refusal(video, monkeypatch):
    """By the kernel that is out of memory, by somebody who clears up: it wasn't the file."""
    start = sandbox.start_module

    def start_and_kill(*args, **kwargs):
        process = start(*args, **kwargs)
        process.kill()
        return process

    monkeypatch.setattr(sandbox, "start_module", start_and_kill)
    services.work()
    step = video.source.steps.get(name=StepName.PROBE)
    assert (step.state, step.attempts) == (StepState.WAITING, 1)
    assert "Reading it ended with -9" in step.log_tail

    monkeypatch.undo()
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        services.work()
    assert progress_of(video_by_uuid(video.uuid)).state == SourceState.READY


def test_a_worker_goes_on_with_whatever_else_waits(video, clip):
    other = services.add_video(
        merchant=MerchantFactory(), user=None, title="Other", file=ContentFile(b"?", name="x")
    )
    services.work()

    assert progress_of(video_by_uuid(video.uuid)).state == SourceState.READY
    assert progress_of(video_by_uuid(other.uuid)).state == SourceState.REFUSED


def test_a_busy_process_leaves_heavy_work_to_whoever_is_free(video, called):
    with processing._busy[Lane.HEAVY]:
        services.work()
    assert states(video) == [StepState.DONE] * 3 + [StepState.WAITING] * 4

    called.clear()
    services.resume_stalled()
    assert called == [video.source_id]


def test_whoever_asks_while_a_process_is_at_work_is_not_forgotten(video, monkeypatch):
    """The work comes in just when the one that is at it has found nothing more to do."""
    work_in = processing._work_in
    rounds = []

    def work_and_be_asked(lane):
        work_in(lane)
        rounds.append(lane)
        if rounds.count(Lane.HEAVY) == 1 and lane == Lane.HEAVY:
            services.retry_source(source=video.source)
            services.work()  # finds it busy

    services.cancel_source(source=video.source)
    monkeypatch.setattr(processing, "_work_in", work_and_be_asked)
    services.work()
    services.work()
    assert progress_of(video_by_uuid(video.uuid)).state == SourceState.READY


def test_a_worker_that_shuts_down_gives_its_step_back_within_a_second(video, monkeypatch):
    monkeypatch.setattr(leases, "_stopping", Event())
    encode = encoding.encode

    def encode_and_stop(job, *, on_progress):
        services.stop_working()
        encode(job, on_progress=on_progress)

    monkeypatch.setattr(encoding, "encode", encode_and_stop)
    services.work()

    step = video.source.steps.get(name=StepName.ENCODE)
    assert (step.state, step.attempts, step.lease_expires_at) == (StepState.WAITING, 0, None)
    assert work_folders() == []


def test_a_worker_whose_interpreter_ends_gives_its_step_back(video, monkeypatch):
    def stopped(job, *, on_progress):
        raise SystemExit

    monkeypatch.setattr(encoding, "encode", stopped)
    with pytest.raises(SystemExit):
        services.work()

    step = video.source.steps.get(name=StepName.ENCODE)
    assert (step.state, step.attempts, step.lease_expires_at) == (StepState.WAITING, 0, None)


def test_a_rendition_that_is_gone_from_storage_is_noticed(video):
    services.work()
    source = Source.objects.get(pk=video.source_id)
    rendition = source.renditions.first()
    blobs.delete_files(rendition.path)
    source.steps.filter(name=StepName.PUBLISH).update(state=StepState.WAITING)

    services.work()
    step = source.steps.get(name=StepName.PUBLISH)
    assert step.state == StepState.WAITING
    assert rendition.path in step.log_tail


def test_deleting_removes_everything_once_nothing_else_needs_it(
    clip, django_capture_on_commit_callbacks
):
    videos = []
    for _ in range(2):
        with clip.open("rb") as stream:
            video = services.add_video(
                merchant=MerchantFactory(), user=None, title="Clip", file=File(stream)
            )
        services.work()
        videos.append(Video.objects.get(pk=video.pk))
    source = videos[0].source
    names = [source.file.name, *source.renditions.values_list("path", flat=True)]
    names += source.assets.values_list("path", flat=True)
    names += [still.picture.file.name for still in source.stills.all()]

    with django_capture_on_commit_callbacks(execute=True):
        services.delete_video(video=videos[0])
    assert all(blobs.size_of(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_video(video=videos[1])
    assert not any(blobs.size_of(name) for name in names)
    assert not any(
        path.is_file()
        for path in (Path(settings.MEDIA_ROOT) / places.between_steps(source)).rglob("*")
    )
    assert not Source.objects.exists()


def test_progress_costs_no_query_for_a_video_that_was_selected(django_assert_num_queries):
    video = video_by_uuid(VideoFactory().uuid)
    with django_assert_num_queries(0):
        assert progress_of(video).fraction == 1


WORKER = """
import os, pathlib, sys
from media_pipeline import sandbox

limits = sandbox.Limits(memory=2**32, cpu_seconds=60, wall_seconds=60, file_size=2**30)
with open(os.devnull, "wb") as log:
    process = sandbox.start(sys.argv[1:], limits=limits, folder=pathlib.Path("."), stderr=log)
    print(process.pid, flush=True)
    process.wait()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux kills a dead process's children")
def test_the_encoder_dies_with_its_worker():
    endless = ["-re", "-f", "lavfi", "-i", "testsrc2", "-f", "null", "-"]
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, imageio_ffmpeg.get_ffmpeg_exe(), *endless],
        stdout=subprocess.PIPE,
        text=True,
    )
    ffmpeg_pid = int(worker.stdout.readline())
    assert is_running(ffmpeg_pid)
    worker.kill()
    worker.wait()

    wait_until(lambda: not is_running(ffmpeg_pid))


def is_running(pid):
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"
