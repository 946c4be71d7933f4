"""What the pipeline makes, played by a real browser."""

import pytest
from django.core.files.base import File

from media_pipeline import services
from media_pipeline.models import Video
from media_pipeline.selectors import playback_of, video_by_uuid
from tests.factories.media_pipeline import tiny_video
from tests.factories.merchants import MerchantFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLAY = """address => {
    const video = document.querySelector("video");
    video.muted = true;
    video.src = address;
    return video.play();
}"""


@pytest.fixture
def browser_page(chromium):
    page = chromium.new_page()
    page.set_default_timeout(30_000)
    yield page
    page.close()


@pytest.fixture
def video(tmp_path):
    """A public video of ten seconds with sound."""
    clip = tiny_video(tmp_path / "clip.mp4", seconds=10, size=(1280, 720))
    with clip.open("rb") as stream:
        video = services.add_video(
            merchant=MerchantFactory(), user=None, title="Clip", file=File(stream)
        )
    services.work()
    Video.objects.filter(pk=video.pk).update(live=True)
    return video_by_uuid(video.uuid)


def state_of(page):
    return page.evaluate(
        """() => {
            const video = document.querySelector("video");
            return [video.videoWidth, video.videoHeight, Math.round(video.duration * 10) / 10];
        }"""
    )


def test_a_plain_video_element_plays_seeks_and_ends(live_server, browser_page, video):
    url = live_server.url + playback_of(video).mp4_url
    browser_page.goto(url)
    browser_page.evaluate(PLAY, url)
    browser_page.wait_for_function("document.querySelector('video').currentTime > 1")

    assert state_of(browser_page) == [960, 540, 10.0]
    browser_page.evaluate("document.querySelector('video').currentTime = 8.5")
    browser_page.wait_for_function("document.querySelector('video').ended")
    assert browser_page.evaluate("document.querySelector('video').currentTime") == pytest.approx(
        10, abs=0.1
    )


def test_hls_plays(live_server, browser_page, video):
    playback = playback_of(video)
    browser_page.goto(live_server.url + playback.mp4_url)
    browser_page.evaluate(PLAY, live_server.url + playback.master_url)
    browser_page.wait_for_function("document.querySelector('video').currentTime > 5")

    width, height, seconds = state_of(browser_page)
    assert (width, height) in {(1280, 720), (960, 540), (640, 360)}
    assert seconds == pytest.approx(10, abs=0.1)
