"""Uploads below HTTP: what is acknowledged, what expires, what a dead process leaves behind."""

import io
import os
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from media_pipeline import incoming, services
from media_pipeline.errors import UploadBusyError, UploadExpiredError, UploadRefusedError
from media_pipeline.models import Upload, Video
from media_pipeline.services import uploads
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(merchant, member):
    return services.start_upload(merchant=merchant, user=member, filename="clip.mp4", length=10)


def append(upload, content, offset=0):
    return services.append_to_upload(
        upload=upload, offset=offset, stream=io.BytesIO(content), length=len(content)
    )


def test_bytes_are_on_the_disk_before_they_are_acknowledged(upload, monkeypatch):
    """Each acknowledged offset is preceded by an fsync of the file at that length."""
    synced, acknowledged = [], []
    fsync, acknowledge = os.fsync, uploads._acknowledge

    def note_fsync(handle):
        fsync(handle)
        synced.append(os.fstat(handle).st_size)

    def note_acknowledge(upload, end):
        acknowledged.append((end, synced[-1]))
        acknowledge(upload, end)

    monkeypatch.setattr(incoming.os, "fsync", note_fsync)
    monkeypatch.setattr(uploads, "_acknowledge", note_acknowledge)
    monkeypatch.setattr(incoming, "CHECKPOINT", 4)
    monkeypatch.setattr(incoming.blobs, "CHUNK", 2)
    append(upload, b"01234567")

    assert acknowledged == [(4, 4), (8, 8), (8, 8)]


def test_bytes_that_were_never_acknowledged_are_written_again(upload):
    """A process died after writing and before acknowledging."""
    append(upload, b"0123")
    with incoming.path_of(upload.uuid).open("ab") as file:
        file.write(b"garbage that nobody was told about")

    append(upload, b"456789", offset=4)
    assert incoming.path_of(upload.uuid).read_bytes() == b"0123456789"


def test_two_requests_cannot_write_at_once(upload):
    with incoming.opened_for_writing(upload.uuid), pytest.raises(UploadBusyError):
        append(upload, b"0123")
    upload.refresh_from_db()
    assert upload.offset == 0


def test_finishing_twice_makes_one_video(upload):
    append(upload, b"0123456789")

    assert services.finish_upload(upload=upload) == Video.objects.get()


def test_an_upload_that_is_not_whole_cannot_be_finished(upload):
    append(upload, b"0123")

    with pytest.raises(UploadRefusedError, match="not arrived completely"):
        services.finish_upload(upload=upload)


def test_a_process_that_died_before_finishing_loses_nothing(upload):
    incoming.path_of(upload.uuid).write_bytes(b"0123456789")
    Upload.objects.update(offset=10)

    services.resume_stalled()
    assert Video.objects.get().upload == upload


def test_uploads_that_stand_still_expire_and_others_do_not(upload, merchant, member):
    append(upload, b"0123")
    later = timezone.now() + uploads.LIFETIME - timedelta(hours=1)
    with time_machine.travel(later, tick=False):
        fresh = services.start_upload(merchant=merchant, user=member, filename="b", length=1)

    with time_machine.travel(timezone.now() + uploads.LIFETIME + timedelta(hours=1), tick=False):
        services.expire_uploads()
        assert not incoming.path_of(upload.uuid).exists()
        assert incoming.path_of(fresh.uuid).exists()
        assert Upload.objects.count() == 2  # so that we can say "expired" and not "unknown"
    with time_machine.travel(timezone.now() + uploads.REMEMBERED * 2, tick=False):
        services.expire_uploads()
    assert not Upload.objects.exists()


def test_files_that_belong_to_nothing_go_and_those_that_wait_stay(upload):
    append(upload, b"0123456789")
    waiting = incoming.path_of(Video.objects.get().source.uuid)
    stray = incoming.folder() / "3f0f6c1e-0000-4000-8000-000000000000"
    stray.write_bytes(b"x")
    old = (timezone.now() - uploads.LIFETIME * 2).timestamp()
    os.utime(stray, (old, old))
    os.utime(waiting, (old, old))

    services.expire_uploads()
    assert not stray.exists()
    assert waiting.exists()


def test_a_shop_has_so_many_uploads_at_once_and_no_more(merchant, monkeypatch):
    monkeypatch.setattr(uploads, "AT_ONCE", 2)
    user = UserFactory()

    def start():
        return services.start_upload(merchant=merchant, user=user, filename="a", length=1)

    start(), start()
    with pytest.raises(UploadRefusedError, match="2 uploads under way"):
        start()


def test_a_full_disk_is_said_before_anything_is_sent(merchant, member, monkeypatch):
    monkeypatch.setattr(incoming, "SPARE", 2**62)

    with pytest.raises(UploadRefusedError, match="no room"):
        services.start_upload(merchant=merchant, user=member, filename="a", length=1)
    assert not Upload.objects.exists()


class TestParts:
    @pytest.fixture
    def parts(self, merchant, member):
        """0123, 45 and 6789, each in a file of its own."""
        parts = []
        for content in (b"0123", b"45", b"6789"):
            part = services.start_upload(
                merchant=merchant, user=member, filename="a", length=len(content), is_part=True
            )
            append(part, content)
            parts.append(part)
        return parts

    @pytest.fixture
    def whole(self, parts, merchant, member):
        return services.join_uploads(
            merchant=merchant,
            user=member,
            filename="clip.mp4",
            parts=[part.uuid for part in parts],
        )

    def test_joining_costs_no_second_copy_of_the_bytes(self, parts, whole):
        linked = {path.stat().st_ino for path in incoming.folder().glob(f"{whole.uuid}@*")}

        assert linked == {incoming.path_of(part.uuid).stat().st_ino for part in parts}

    @pytest.mark.parametrize("death", range(1, 10))
    def test_putting_them_together_can_die_anywhere_and_be_done_again(
        self, whole, death, monkeypatch
    ):
        """The process dies before its first, second, … change of the disk."""
        left = death
        monkeypatch.setattr(incoming.blobs, "CHUNK", 2)

        class KilledError(Exception):
            pass

        def dying(function):
            def call(*args, **kwargs):
                nonlocal left
                left -= 1
                if left == 0:
                    raise KilledError
                return function(*args, **kwargs)

            return call

        with monkeypatch.context() as patch:
            patch.setattr(incoming.Path, "replace", dying(incoming.Path.replace))
            patch.setattr(incoming.Path, "unlink", dying(incoming.Path.unlink))
            patch.setattr(incoming.os, "fsync", dying(incoming.os.fsync))
            with pytest.raises(KilledError):
                incoming.join(whole.uuid, dying(lambda: None))

        incoming.join(whole.uuid, lambda: None)
        assert incoming.path_of(whole.uuid).read_bytes() == b"0123456789"
        assert not list(incoming.folder().glob(f"{whole.uuid}@*"))

    def test_deleting_the_video_before_that_removes_the_parts(
        self, whole, parts, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            services.delete_video(video=whole.video)

        assert not list(incoming.folder().glob(f"{whole.uuid}*"))

    def test_parts_that_nobody_joins_expire(self, parts):
        with time_machine.travel(
            timezone.now() + uploads.LIFETIME + timedelta(hours=1), tick=False
        ):
            services.expire_uploads()
            with pytest.raises(UploadExpiredError):
                services.join_uploads(
                    merchant=parts[0].merchant,
                    user=parts[0].user,
                    filename="a",
                    parts=[part.uuid for part in parts],
                )
        assert not any(incoming.path_of(part.uuid).exists() for part in parts)

    def test_what_waits_to_be_put_together_is_no_stray(self, whole, parts):
        old = (timezone.now() - uploads.LIFETIME * 2).timestamp()
        for path in incoming.folder().iterdir():
            os.utime(path, (old, old))
        stray = incoming.folder() / "3f0f6c1e-0000-4000-8000-000000000000@0"
        stray.write_bytes(b"x")
        os.utime(stray, (old, old))

        services.expire_uploads()
        kept = {path.name for path in incoming.folder().iterdir()}
        assert kept == {f"{whole.uuid}@{start}" for start in (0, 4, 6)}
