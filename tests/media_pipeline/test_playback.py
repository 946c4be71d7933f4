"""What the pipeline makes, played by a real browser, with its own HLS and with hls.js."""

import urllib.request
from contextlib import contextmanager

import pytest
from django.core.files.base import File
from django.urls import reverse

from media_pipeline import blobs, services
from media_pipeline.ladder import PROFILE
from media_pipeline.models import FirstLook, Rendition, Video
from media_pipeline.packaging import fragments_of
from media_pipeline.selectors import video_by_uuid
from media_pipeline.streams import check_streams
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import SourceFactory, VideoFactory, tiny_video
from tests.factories.merchants import MembershipFactory, MerchantFactory
from tests.media_pipeline.rungs import make_rung

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_NATIVE_HLS = """
const canPlayType = HTMLMediaElement.prototype.canPlayType;
HTMLMediaElement.prototype.canPlayType = function (type) {
  return type.includes("mpegurl") ? "" : canPlayType.call(this, type);
};
"""
VIDEO = "document.querySelector('video')"
CAPTIONS = [
    {
        "language": "en",
        "label": "English",
        "origin": "uploaded",
        "confirmed": True,
        "cues": [{"start": 0.0, "end": 9.5, "text": "The lid opens by itself."}],
    }
]


@pytest.fixture
def video(tmp_path):
    """A public video of eight seconds with sound and captions, made by the whole pipeline."""
    clip = tiny_video(tmp_path / "clip.mp4", seconds=8, size=(1280, 720))
    with clip.open("rb") as stream:
        video = services.add_video(
            merchant=MerchantFactory(), user=None, title="Clip", file=File(stream)
        )
    services.work()
    stopped = [(step.name, step.log_tail) for step in video.source.steps.exclude(state="done")]
    assert stopped == []
    Video.objects.filter(pk=video.pk).update(live=True, captions=CAPTIONS)
    return video_by_uuid(video.uuid)


@pytest.fixture
def visit(browse):
    """Opens a page for a browser of its own, signed in as `person` where there is one."""

    def visit(path, *, person=None, script=""):
        page = browse(person, timeout=30_000)
        page.add_init_script(script or ";")
        page.goto(path)
        page.evaluate(f"{VIDEO}.muted = true")
        return page

    return visit


class SiteReader:
    """For the validator: what the site answers."""

    def __init__(self, base, folder):
        self.base, self.folder = base, folder

    def text(self, address):
        with urllib.request.urlopen(self.base + address) as response:  # noqa: S310
            return response.read().decode()

    @contextmanager
    def file(self, address):
        path = self.folder / address
        if not path.exists():
            urllib.request.urlretrieve(self.base + address, path)  # noqa: S310
        yield path


def play(page):
    page.evaluate(f"{VIDEO}.play().catch(() => {{}})")


def plays_on(page, beyond):
    page.wait_for_function(f"{VIDEO}.currentTime > {beyond} && {VIDEO}.readyState >= 3")


def size_of(page):
    return page.evaluate(f"[{VIDEO}.videoWidth, {VIDEO}.videoHeight]")


def choose(page, label, width):
    """Chooses a quality, and waits until it is what is shown."""
    page.get_by_label("Quality").select_option(label=label)
    page.wait_for_function(f"{VIDEO}.videoWidth === {width}")


def seek_and_end(page):
    page.evaluate(f"{VIDEO}.currentTime = 6.5")
    page.wait_for_function(f"{VIDEO}.ended")
    assert page.evaluate(f"{VIDEO}.currentTime") == pytest.approx(8, abs=0.1)
    assert page.evaluate(f"{VIDEO}.duration") == pytest.approx(8, abs=0.1)


def check_captions(page):
    page.evaluate(f"{VIDEO}.textTracks[0].mode = 'showing'")
    page.wait_for_function(f"{VIDEO}.textTracks[0].activeCues?.length === 1")
    assert page.evaluate(f"{VIDEO}.textTracks[0].activeCues[0].text") == "The lid opens by itself."
    assert page.evaluate(f"[{VIDEO}.textTracks[0].label, {VIDEO}.textTracks[0].language]") == [
        "English",
        "en",
    ]


def test_what_the_pipeline_made_plays_in_every_quality(live_server, visit, video, tmp_path):
    base = live_server.url + reverse("media_pipeline:video_file", args=[video.uuid, "x"])[:-1]
    assert check_streams(SiteReader(base, tmp_path), decode=True) == []

    page = visit(video.get_absolute_url())
    play(page)
    plays_on(page, 0.5)
    check_captions(page)
    for label, size in (("720p", [1280, 720]), ("540p", [960, 540]), ("360p", [640, 360])):
        at = page.evaluate(f"{VIDEO}.currentTime")
        choose(page, label, size[0])
        plays_on(page, at)  # goes on where it was
        assert size_of(page) == size
        page.evaluate(f"{VIDEO}.currentTime = 3")
        plays_on(page, 3.3)
    page.get_by_label("Quality").select_option(label="Automatic")
    page.wait_for_function(f"{VIDEO}.currentSrc.endsWith('master.m3u8')")
    plays_on(page, 3)
    seek_and_end(page)

    page = visit(video.get_absolute_url(), script=NO_NATIVE_HLS)
    page.get_by_label("Quality").select_option(label="360p")
    play(page)
    plays_on(page, 0.5)
    assert page.evaluate(f"{VIDEO}.currentSrc").startswith("blob:")
    assert size_of(page) == [640, 360]
    check_captions(page)
    choose(page, "720p", 1280)
    choose(page, "540p", 960)
    seek_and_end(page)


AV1 = ("-c:v", "libsvtav1", "-preset", "12", "-g", "50", "-svtav1-params", "scd=0")


@pytest.mark.parametrize("script", ["", NO_NATIVE_HLS], ids=["native", "hls.js"])
def test_rungs_of_a_second_pass_hinder_nobody(visit, tmp_path, script):
    video = VideoFactory(public=True)
    video.source.renditions.all().delete()
    for rung in (
        make_rung(tmp_path, seconds=8, size=(1280, 720)),
        make_rung(tmp_path, seconds=8),
        make_rung(tmp_path, seconds=8, size=(1280, 720), options=AV1, name="720p-av1"),
    ):
        add_rendition(video.source, rung)

    page = visit(video.get_absolute_url(), script=script)
    play(page)
    plays_on(page, 0.5)
    assert page.get_by_label("Quality").locator("option").all_inner_texts() == [
        "Automatic",
        "720p",
        "360p",
    ]
    choose(page, "360p", 640)
    choose(page, "720p", 1280)
    page.get_by_label("Quality").select_option(label="Automatic")
    seek_and_end(page)


@pytest.fixture
def rung(tmp_path):
    return make_rung(tmp_path, seconds=10)


@pytest.fixture
def unfinished(rung):
    """A video of which four of ten seconds are made."""
    video = VideoFactory(source=SourceFactory(duration=10.0))
    source = video.source
    look = FirstLook.objects.create(
        source=source, width=640, height=360, codecs=rung.codecs, folder=f"renditions/{source.uuid}"
    )
    publish(look, rung, 2)
    return video


def publish(look, rung, count):
    """Puts the first pieces into storage, as the encoder gets on."""
    _, fragments, _ = fragments_of(rung.path, 0)
    content = rung.path.read_bytes()
    piece = rung.path.with_name("piece")
    piece.write_bytes(content[: rung.init_size])
    blobs.put_file(path=piece, name=f"{look.folder}/init.mp4")
    for number, one in enumerate(fragments[:count]):
        piece = rung.path.with_name(f"piece-{number}")
        piece.write_bytes(content[one.offset : one.offset + one.size])
        blobs.put_file(path=piece, name=f"{look.folder}/{number}.m4s")
    look.segments = [[one.size, one.seconds] for one in fragments[:count]]
    look.save()


def add_rendition(source, rung):
    path = f"renditions/{source.uuid}/{rung.name}.mp4"
    blobs.put_file(path=rung.path, name=path)
    Rendition.objects.create(source=source, profile=PROFILE, **vars(rung) | {"path": path})


def finish(source, rung):
    """The rung is done, and what was there of it before is gone."""
    add_rendition(source, rung)
    look = source.first_look
    blobs.delete_files(*(f"{look.folder}/{name}" for name in ("init.mp4", "0.m4s", "1.m4s")))
    look.delete()


@pytest.mark.parametrize("script", ["", NO_NATIVE_HLS], ids=["native", "hls.js"])
def test_it_plays_while_it_is_made_and_on_to_the_end(visit, unfinished, rung, script):
    member = MembershipFactory(merchant=unfinished.merchant).user
    page = visit(
        reverse("workbench:video", args=[unfinished.merchant.slug, unfinished.uuid]),
        person=member,
        script=script,
    )
    play(page)
    plays_on(page, 1)
    publish(unfinished.source.first_look, rung, 3)
    plays_on(page, 4.5)
    finish(unfinished.source, rung)
    page.wait_for_function(f"{VIDEO}.ended")
    assert page.evaluate(f"{VIDEO}.currentTime") == pytest.approx(10, abs=0.1)


def test_what_is_being_made_is_for_its_merchant_and_the_editors(client, unfinished, rung):
    Video.objects.filter(pk=unfinished.pk).update(live=True)
    names = ("first.m3u8", "first/init.mp4", "first/1.m4s")
    urls = [reverse("media_pipeline:video_file", args=[unfinished.uuid, name]) for name in names]
    content = rung.path.read_bytes()
    starts = [row[0] for row in rung.key_frames]

    def statuses():
        return {client.get(url).status_code for url in urls}

    assert statuses() == {404}
    for person, status in (
        (UserFactory(), 404),
        (MembershipFactory().user, 404),
        (MembershipFactory(merchant=unfinished.merchant).user, 200),
        (UserFactory(editor=True), 200),
    ):
        client.force_login(person)
        assert statuses() == {status}
    for finished in (False, True):
        bodies = [b"".join(client.get(url).streaming_content) for url in urls[1:]]
        assert bodies == [content[: rung.init_size], content[starts[1] : starts[2]]]
        text = client.get(urls[0]).content.decode()
        assert text.count("#EXTINF") == (5 if finished else 2)
        assert ("#EXT-X-ENDLIST" in text) == finished
        assert "#EXT-X-TARGETDURATION:2\n" in text
        if not finished:
            finish(unfinished.source, rung)
    assert client.get(urls[0].replace("first.m3u8", "first/9.m4s")).status_code == 404
