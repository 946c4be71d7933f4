import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cms import services as cms
from cms.choices import ReviewState
from cms.selectors import review_of
from media_pipeline.choices import SourceState
from media_pipeline.models import Video
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import (
    SourceFactory,
    UploadFactory,
    VideoFactory,
    tiny_video,
)
from tests.factories.selection import EntryFactory


@pytest.fixture
def video(merchant):
    return VideoFactory(merchant=merchant)


def test_a_merchant_without_videos_reads_how_to_begin(browser, address):
    response = browser.get(address("videos/"))

    assert "No videos yet" in response.text
    assert address("videos/upload/") in response.text


def test_the_list_is_the_merchants_own_in_a_fixed_number_of_queries(
    browser, address, merchant, django_assert_num_queries
):
    VideoFactory(title="Someone else's")
    for number in range(3):
        VideoFactory(merchant=merchant, title=f"Mine {number}")
    browser.get(address("videos/"))
    with django_assert_num_queries(12):
        response = browser.get(address("videos/"))

    assert [video.title for video, _, _ in response.context["rows"]] == [
        "Mine 2",
        "Mine 1",
        "Mine 0",
    ]


def test_the_upload_page_names_what_can_be_gone_on_with(browser, address, merchant, member):
    mine = UploadFactory(merchant=merchant, user=member, filename="half.mp4", offset=500)
    UploadFactory(filename="theirs.mp4")
    response = browser.get(address("videos/upload/"))

    assert f'data-endpoint="/media/uploads/?merchant={merchant.slug}"' in response.text
    assert f'data-unfinished="/media/uploads/{mine.uuid}/"' in response.text
    assert "theirs.mp4" not in response.text


def test_without_javascript_one_file_is_uploaded_in_one_request(
    browser, address, merchant, member, tmp_path, django_capture_on_commit_callbacks
):
    clip = tiny_video(tmp_path / "my_rice-cooker.mp4", seconds=1)
    file = SimpleUploadedFile(clip.name, clip.read_bytes(), "video/mp4")
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(address("videos/upload/"), {"file": file})

    video = Video.objects.get(merchant=merchant)
    assert response.headers["Location"] == address(f"videos/{video.uuid}/")
    assert video.title == "my rice cooker"
    assert video.uploaded_by == member
    assert video.source.state == SourceState.READY
    page = browser.get(address(f"videos/{video.uuid}/"))
    assert page.context["playback"] is not None
    assert f"/media/videos/{video.uuid}/" in page.text


def test_a_refused_file_says_what_to_do(browser, address, merchant):
    sentence = "This video is longer than 3 minutes. Cut it and upload it again."
    video = VideoFactory(merchant=merchant, source=SourceFactory(refused=sentence))
    response = browser.get(address(f"videos/{video.uuid}/"))

    assert sentence in response.text
    assert address(f"videos/{video.uuid}/submit/") not in response.text
    assert address("videos/upload/") in response.text


def test_progress_asks_for_itself_until_it_is_over(browser, address, merchant):
    working = VideoFactory(merchant=merchant, source=SourceFactory())
    url = address(f"videos/{working.uuid}/progress/")
    fragment = browser.get(url)
    assert f'hx-get="{url}"' in fragment.text
    assert fragment.text.count("<li") == 7
    assert f'hx-get="{url}?short"' in browser.get(url, {"short": ""}).text

    over = VideoFactory(merchant=merchant)
    fragment = browser.get(address(f"videos/{over.uuid}/progress/"))
    assert "hx-get" not in fragment.text
    assert "data-reload" in fragment.text


def test_what_failed_can_be_tried_again(
    browser, address, merchant, django_capture_on_commit_callbacks
):
    video = VideoFactory(merchant=merchant, source=SourceFactory(failed="Our fault."))
    assert (
        address(f"videos/{video.uuid}/retry/") in browser.get(address(f"videos/{video.uuid}/")).text
    )
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        browser.post(address(f"videos/{video.uuid}/retry/"))

    assert Video.objects.get(pk=video.pk).source.state == SourceState.PROCESSING
    assert waiting


def test_words_are_saved_and_sent_in(browser, address, video):
    url = address(f"videos/{video.uuid}/")
    browser.post(url, {"title": "Rice in 20 minutes", "description": "All of it."})
    video.refresh_from_db()
    assert (video.title, video.description) == ("Rice in 20 minutes", "All of it.")

    browser.post(address(f"videos/{video.uuid}/submit/"))
    assert review_of(video).state == ReviewState.IN_REVIEW
    response = browser.post(url, {"title": "Too late"}, follow=True)
    assert "Take it back to change it" in response.text
    video.refresh_from_db()
    assert video.title == "Rice in 20 minutes"

    browser.post(address(f"videos/{video.uuid}/withdraw/"))
    assert review_of(video).state == ReviewState.DRAFT


def test_a_title_is_needed(browser, address, video):
    response = browser.post(address(f"videos/{video.uuid}/"), {"title": "  "})

    assert list(response.context["form"].errors) == ["title"]


def test_the_editors_reason_is_read_in_the_workbench(browser, address, video, member):
    cms.submit(subject=video, user=member)
    cms.send_back(subject=video, editor=UserFactory(editor=True), reason="Show the lid closing.")

    assert "Show the lid closing." in browser.get(address(f"videos/{video.uuid}/")).text


def test_a_video_is_deleted_unless_it_is_in_an_audition(browser, address, merchant, video):
    entered = EntryFactory(product__merchant=merchant).video
    browser.post(address(f"videos/{video.uuid}/delete/"))
    response = browser.post(address(f"videos/{entered.uuid}/delete/"), follow=True)

    assert list(merchant.videos.all()) == [entered]
    assert "Withdraw the entry first" in response.text


def test_other_merchants_videos_are_not_found(browser, address):
    foreign = VideoFactory(public=True, title="Theirs")

    assert browser.get(address(f"videos/{foreign.uuid}/")).status_code == 404
    assert browser.get(address(f"videos/{foreign.uuid}/progress/")).status_code == 404
    for path in ("", "submit/", "withdraw/", "retry/", "delete/"):
        response = browser.post(address(f"videos/{foreign.uuid}/{path}"), {"title": "Mine"})
        assert response.status_code == 404
    foreign.refresh_from_db()
    assert foreign.title == "Theirs"
