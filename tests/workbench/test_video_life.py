"""The page of one video: what was found in it, how it was made, and the buttons."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cms import services as cms
from media_pipeline.choices import AssetKind, FindingKind, SourceState, StepName, StepState
from media_pipeline.models import Picture, Video
from media_pipeline.selectors import draft_of
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import (
    AssetFactory,
    FindingFactory,
    SourceFactory,
    StillFactory,
    VideoFactory,
    picture_bytes,
)


@pytest.fixture
def video(merchant):
    return VideoFactory(merchant=merchant)


@pytest.fixture
def page(browser, address):
    """The text of a video's page."""
    return lambda video: browser.get(address(f"videos/{video.uuid}/")).text


def test_findings_are_told_with_their_time_their_picture_and_what_to_do(page, video):
    finding = FindingFactory(
        source=video.source, kind=FindingKind.CODE, detail="https://shop.example", pictured=True
    )
    text = page(video)

    assert "QR code or bar code" in text
    assert "https://shop.example" in text
    assert "Cover the code or cut it out." in text
    assert "An editor decides" in text
    assert f'src="/media/videos/{video.uuid}/findings/{finding.pk}.jpg"' in text
    assert 'data-seek="0.200"' in text


def test_what_an_editor_let_stay_says_why(page, video):
    FindingFactory(
        source=video.source,
        overruled_at=timezone.now(),
        overruled_by=UserFactory(editor=True),
        reason="It is printed on the box.",
    )
    text = page(video)

    assert "It is printed on the box." in text
    assert "An editor decides" not in text


def test_a_video_without_findings_says_so_and_one_not_yet_examined_too(page, merchant, video):
    assert "Nothing: no codes or prices" in page(video)

    looked_at = VideoFactory(merchant=merchant)
    looked_at.source.steps.filter(name=StepName.EXAMINE).update(state=StepState.WAITING)
    assert "It is still being looked through." in page(looked_at)


def test_the_making_is_told_with_sizes_rates_and_loudness(page, video):
    source = video.source
    AssetFactory(source=source, kind=AssetKind.SPRITE, size=3 * 2**20)
    source.loudness = {
        "integrated": -27.4,
        "peak": -9.3,
        "made_integrated": -16.1,
        "made_peak": -1.9,
    }
    source.save()
    source.renditions.update(average_bandwidth=2_440_000, bandwidth=910_000)
    text = page(video)

    assert "640 × 360" in text
    assert "2.4 Mbit/s" in text
    assert "910 kbit/s" in text
    assert "Pictures for the seek bar" in text
    for level in ("−27.4 LUFS", "−16.1 LUFS", "−9.3 dB", "−1.9 dB"):
        assert level in text


def test_a_failure_shows_the_logs_last_lines_and_a_button(page, address, merchant):
    video = VideoFactory(merchant=merchant, source=SourceFactory(failed="Our fault."))
    video.source.steps.filter(name=StepName.ENCODE).update(log_tail="moov atom not found")
    text = page(video)

    assert "moov atom not found" in text
    assert address(f"videos/{video.uuid}/retry/") in text
    assert address(f"videos/{video.uuid}/submit/") not in text


def test_what_is_being_made_can_be_stopped_and_started_again(
    browser, page, address, merchant, django_capture_on_commit_callbacks
):
    video = VideoFactory(merchant=merchant, source=SourceFactory())
    assert address(f"videos/{video.uuid}/cancel/") in page(video)

    browser.post(address(f"videos/{video.uuid}/cancel/"))
    assert Video.objects.get(pk=video.pk).source.state == SourceState.CANCELLED
    text = page(video)
    assert "Start again" in text
    assert address(f"videos/{video.uuid}/cancel/") not in text

    with django_capture_on_commit_callbacks(execute=False) as waiting:
        browser.post(address(f"videos/{video.uuid}/retry/"))
    assert Video.objects.get(pk=video.pk).source.state == SourceState.PROCESSING
    assert waiting


def test_what_another_merchant_uploaded_too_cannot_be_stopped(browser, page, address, merchant):
    video = VideoFactory(merchant=merchant, source=SourceFactory())
    VideoFactory(source=video.source)
    assert address(f"videos/{video.uuid}/cancel/") not in page(video)

    response = browser.post(address(f"videos/{video.uuid}/cancel/"), follow=True)
    assert "This can&#x27;t be stopped any more." in response.text
    assert Video.objects.get(pk=video.pk).source.state == SourceState.PROCESSING


def test_one_of_the_moments_is_chosen_to_stand_for_it(browser, page, address, video):
    StillFactory(source=video.source, second=0.1)
    still = StillFactory(source=video.source, second=0.7)
    url = address(f"videos/{video.uuid}/poster/")

    browser.post(url, {"still": still.pk})
    assert Video.objects.get(pk=video.pk).poster == still.picture
    assert f'value="{still.pk}" checked' in page(video)

    browser.post(url, {"still": ""})
    assert Video.objects.get(pk=video.pk).poster is None


def test_a_picture_of_ones_own_is_uploaded_to_stand_for_it(browser, page, address, merchant, video):
    url = address(f"videos/{video.uuid}/poster/")
    file = SimpleUploadedFile("mine.png", picture_bytes((800, 450), "PNG"), "image/png")

    browser.post(url, {"still": "", "picture": file})
    poster = Video.objects.get(pk=video.pk).poster
    assert (poster.merchant, poster.width) == (merchant, 800)
    assert "Your own" in page(video)

    browser.post(url, {"still": "own"})
    assert Video.objects.get(pk=video.pk).poster == poster


@pytest.mark.parametrize("still", ["-1", "1 or 1", "9" * 30, "99999999"])
def test_nothing_else_can_stand_for_it(browser, address, video, still):
    foreign = StillFactory(source=SourceFactory(ready=True))
    url = address(f"videos/{video.uuid}/poster/")

    assert browser.post(url, {"still": still}).status_code in {302, 404}
    assert browser.post(url, {"still": foreign.pk}).status_code == 404
    file = SimpleUploadedFile("mine.png", b"<svg onload=alert(1)>", "image/png")
    response = browser.post(url, {"picture": file}, follow=True)
    assert "not a picture that we can read" in response.text
    assert Video.objects.get(pk=video.pk).poster is None
    assert not Picture.objects.filter(merchant=video.merchant).exists()


def test_the_poster_of_what_an_editor_reads_stays(browser, address, video, member):
    still = StillFactory(source=video.source)
    cms.submit(subject=video, user=member)
    url = address(f"videos/{video.uuid}/poster/")
    response = browser.post(url, {"still": still.pk}, follow=True)

    assert "Take it back to change it." in response.text
    assert draft_of(Video.objects.get(pk=video.pk)).poster is None


def test_more_findings_and_stills_take_no_more_queries(
    browser, address, video, django_assert_num_queries
):
    StillFactory(source=video.source)
    FindingFactory(source=video.source)
    url = address(f"videos/{video.uuid}/")
    browser.get(url)
    with django_assert_num_queries(QUERIES):
        browser.get(url)

    for number in range(4):
        StillFactory(source=video.source, second=number)
        FindingFactory(source=video.source, pictured=True)
    browser.get(url)
    with django_assert_num_queries(QUERIES):
        browser.get(url)


QUERIES = 16


@pytest.mark.parametrize("action", ["cancel", "poster"])
def test_another_merchants_video_is_not_found(browser, address, action):
    foreign = VideoFactory(source=SourceFactory())
    still = StillFactory(source=foreign.source)

    response = browser.post(address(f"videos/{foreign.uuid}/{action}/"), {"still": still.pk})
    assert response.status_code == 404
    foreign.refresh_from_db()
    assert (foreign.poster, foreign.source.state) == (None, SourceState.PROCESSING)


def test_words_that_lead_away_are_remarked_on_where_they_are_written(browser, page, address, video):
    browser.post(
        address(f"videos/{video.uuid}/"), {"title": "Call 020 7946 0018", "description": ""}
    )
    text = page(video)

    assert "“020 7946 0018” (Telephone number)." in text
    assert "Telephone numbers lead people away from this site." in text
