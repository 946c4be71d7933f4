"""How much a merchant may keep: counted, agreed on, refused."""

import io
import threading

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from core.errors import ActionRefusedError
from media_pipeline import incoming, services
from media_pipeline.errors import QuotaExceededError
from media_pipeline.models import Upload, Video
from media_pipeline.selectors import usage_of, usages_of
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import (
    QuotaFactory,
    SourceFactory,
    UploadFactory,
    VideoFactory,
)
from tests.factories.merchants import MerchantFactory

pytestmark = pytest.mark.django_db


def start(merchant, length, **options):
    return services.start_upload(
        merchant=merchant, user=UserFactory(), filename="a.mp4", length=length, **options
    )


def test_without_an_agreement_the_settings_hold(merchant, settings):
    settings.VIDEO_QUOTA_BYTES, settings.VIDEO_QUOTA_VIDEOS = 5000, 7
    usage = usage_of(merchant)

    assert (usage.size, usage.videos, usage.agreed) == (0, 0, False)
    assert (usage.size_left, usage.videos_left) == (5000, 7)


def test_what_is_kept_and_what_is_coming_counts_and_the_same_bytes_once(
    merchant, django_assert_num_queries
):
    source = SourceFactory(size=300)
    VideoFactory.create_batch(2, merchant=merchant, source=source)
    VideoFactory(merchant=merchant, source=SourceFactory(size=50))
    VideoFactory(source=source)
    UploadFactory(merchant=merchant, length=1000)
    UploadFactory(merchant=merchant, length=20, is_part=True)
    UploadFactory(merchant=merchant, length=7, expires_at="2020-01-01T00:00:00Z")
    QuotaFactory(merchant=merchant, size=2000, videos=4)
    other = MerchantFactory()

    with django_assert_num_queries(1):
        usages = usages_of([merchant, other])
    usage = usages[merchant.pk]
    assert (usage.size, usage.videos) == (300 + 50 + 1000 + 20, 3 + 1)
    assert (usage.size_left, usage.videos_left, usage.agreed) == (630, 0, True)
    assert usages[other.pk].size == 0


def test_room_is_taken_when_an_upload_begins_and_given_back_when_it_is_cancelled(merchant):
    QuotaFactory(merchant=merchant, size=1000, videos=5)
    first = start(merchant, 600)
    with pytest.raises(QuotaExceededError, match="only 400\xa0bytes are left"):
        start(merchant, 401)
    services.cancel_upload(upload=first)

    start(merchant, 401)
    assert usage_of(merchant).size == 401


def test_a_number_of_videos_can_be_agreed_on(merchant):
    QuotaFactory(merchant=merchant, videos=2)
    VideoFactory(merchant=merchant)
    start(merchant, 1)

    with pytest.raises(QuotaExceededError, match="may keep 2 videos here, and has that many"):
        start(merchant, 1)
    start(merchant, 1, is_part=True)  # a part is no video yet


def test_a_quota_takes_nothing_away_that_is_here(merchant):
    VideoFactory(merchant=merchant, source=SourceFactory(size=10_000))
    services.set_quota(merchant=merchant, size=100, videos=0)

    assert usage_of(merchant).size_left == 0
    with pytest.raises(QuotaExceededError):
        start(merchant, 1)
    assert Video.objects.filter(merchant=merchant).exists()


def test_quotas_are_set_changed_and_taken_back(merchant, settings):
    services.set_quota(merchant=merchant, size=100, videos=1)
    services.set_quota(merchant=merchant, size=200, videos=2)
    assert usage_of(merchant).size_allowed == 200

    services.remove_quota(merchant=merchant)
    assert usage_of(merchant).size_allowed == settings.VIDEO_QUOTA_BYTES
    with pytest.raises(ActionRefusedError, match="less than nothing"):
        services.set_quota(merchant=merchant, size=-1, videos=1)


def test_a_file_in_one_request_is_held_against_it_too(merchant, empty_folder):
    QuotaFactory(merchant=merchant, size=9)
    with pytest.raises(QuotaExceededError):
        services.add_video(
            merchant=merchant,
            user=UserFactory(),
            title="Kettle",
            file=ContentFile(b"0123456789", name="kettle.mp4"),
        )
    assert not Video.objects.exists()
    assert not any(incoming.folder().iterdir())


def test_finishing_needs_no_more_room_than_beginning_took(merchant):
    QuotaFactory(merchant=merchant, size=10, videos=1)
    upload = start(merchant, 10)

    services.append_to_upload(upload=upload, offset=0, stream=io.BytesIO(b"0123456789"), length=10)
    assert usage_of(merchant).size_left == usage_of(merchant).videos_left == 0


@pytest.mark.django_db(transaction=True)
def test_two_at_once_cannot_both_take_the_last_room():
    merchant, user = MerchantFactory(), UserFactory()
    QuotaFactory(merchant=merchant, size=100, videos=10)
    barrier, refused = threading.Barrier(4), []

    def begin():
        try:
            barrier.wait(10)
            services.start_upload(merchant=merchant, user=user, filename="a", length=60)
        except QuotaExceededError:
            refused.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), Upload.objects.count()) == (3, 1)
