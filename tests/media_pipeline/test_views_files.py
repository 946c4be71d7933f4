"""Playlists, renditions and pictures, through HTTP."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from media_pipeline import blobs
from media_pipeline.choices import AssetKind, FindingKind
from media_pipeline.models import Asset, Finding, Rendition, Source, Step
from media_pipeline.selectors import playback_of
from merchants.choices import MerchantState
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.merchants import MembershipFactory

pytestmark = pytest.mark.django_db


def url_of(video, name):
    return reverse("media_pipeline:video_file", args=[video.uuid, name])


def body_of(response):
    return b"".join(response.streaming_content)


@pytest.fixture
def video():
    return VideoFactory(public=True)


@pytest.fixture
def stored(video):
    """The rendition's bytes, as they are in storage."""
    rendition = video.source.renditions.get()
    return b"".join(blobs.read_range(rendition.path, 0, rendition.size))


def test_the_playlists_lead_to_every_byte_of_the_file(client, video, stored):
    master = client.get(url_of(video, "master.m3u8"))
    assert master["Content-Type"] == "application/vnd.apple.mpegurl"
    lines = master.content.decode().splitlines()
    assert lines[0] == "#EXTM3U"
    described = lines[lines.index("360p.m3u8") - 1]
    rendition = video.source.renditions.get()
    assert f"BANDWIDTH={rendition.bandwidth}," in described
    assert 'CODECS="avc1.' in described

    playlist = client.get(url_of(video, "360p.m3u8")).content.decode()
    header = re.search(r'#EXT-X-MAP:URI="360p.mp4",BYTERANGE="(\d+)@0"', playlist)
    ranges = [tuple(map(int, found)) for found in re.findall(r"BYTERANGE:(\d+)@(\d+)", playlist)]
    assert sum(size for size, _ in ranges) + ranges[0][1] == len(stored)
    assert stored[: int(header[1])][4:8] == b"ftyp"
    assert all(stored[offset + 4 : offset + 8] == b"moof" for _, offset in ranges)
    assert playlist.endswith("#EXT-X-ENDLIST\n")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, None),
        ("bytes=-50", -50, None),
        ("bytes=100-99999999", 100, None),
    ],
)
def test_a_range_is_answered_with_those_bytes(client, video, stored, asked, start, end):
    response = client.get(url_of(video, "360p.mp4"), headers={"Range": asked})

    expected = stored[start:end]
    first = start % len(stored)
    assert response.status_code == 206
    assert body_of(response) == expected
    assert response["Content-Length"] == str(len(expected))
    assert response["Content-Range"] == f"bytes {first}-{first + len(expected) - 1}/{len(stored)}"


@pytest.mark.parametrize("asked", ["", "bytes=0-1,5-6", "lines=1-2", "bytes=9-2", "bytes=-"])
def test_what_is_no_single_range_gets_the_whole_file(client, video, stored, asked):
    response = client.get(url_of(video, "360p.mp4"), headers={"Range": asked})

    assert (response.status_code, response["Accept-Ranges"]) == (200, "bytes")
    assert body_of(response) == stored


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_a_range_beyond_the_file_is_refused(client, video, stored, asked):
    response = client.get(url_of(video, "360p.mp4"), headers={"Range": asked})

    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(stored)}")


def test_head_tells_the_size_and_sends_nothing(client, video, stored):
    response = client.head(url_of(video, "360p.mp4"))

    assert (response.status_code, response["Content-Length"]) == (200, str(len(stored)))
    assert response["Content-Type"] == "video/mp4"


def test_an_unchanged_file_is_not_sent_again(client, video):
    url = url_of(video, "360p.mp4")
    etag = client.head(url)["ETag"]

    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    part = {"Range": "bytes=0-9"}
    assert client.get(url, headers=part | {"If-Range": etag}).status_code == 206
    assert client.get(url, headers=part | {"If-Range": '"other"'}).status_code == 200


def test_a_take_down_works_at_once(client, video):
    url = url_of(video, "360p.mp4")
    first = client.get(url)
    assert (first.status_code, first["Cache-Control"]) == (200, "private, no-cache")

    video.taken_down_at = timezone.now()
    video.save()
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 404


def test_videos_of_a_suspended_merchant_are_gone(client, video):
    video.merchant.state = MerchantState.SUSPENDED
    video.merchant.save()

    assert client.get(url_of(video, "master.m3u8")).status_code == 404


def test_before_approval_only_members_and_editors_watch(client):
    video = VideoFactory()
    urls = [url_of(video, name) for name in ("master.m3u8", "360p.m3u8", "360p.mp4")]

    def statuses():
        return {client.get(url).status_code for url in urls}

    assert statuses() == {404}
    for person, expected in (
        (UserFactory(), 404),
        (MembershipFactory().user, 404),
        (MembershipFactory(merchant=video.merchant).user, 200),
        (UserFactory(editor=True), 200),
        (UserFactory(admin=True), 200),
    ):
        client.force_login(person)
        assert statuses() == {expected}


@pytest.mark.parametrize("name", ["720p.mp4", "360p.mov", "original", "../360p.mp4", "360p"])
def test_other_names_are_unknown(client, video, name):
    assert client.get(f"/media/videos/{video.uuid}/{name}").status_code == 404


@pytest.fixture
def stored_file(tmp_path):
    """Puts bytes into storage, and returns how many."""

    def store(name, content):
        path = tmp_path / "file"
        path.write_bytes(content)
        blobs.put_file(path=path, name=name)
        return len(content)

    return store


def test_what_the_seek_bar_shows(client, video, stored_file):
    details = {"interval": 2, "columns": 1, "tiles": 1, "width": 160, "height": 90}
    for kind, name in ((AssetKind.SPRITE, "sprite.webp"), (AssetKind.PREVIEW, "preview.mp4")):
        assert client.get(url_of(video, name)).status_code == 404
        size = stored_file(f"renditions/{name}", name.encode())
        Asset.objects.create(
            source=video.source,
            profile=video.source.profile,
            kind=kind,
            path=f"renditions/{name}",
            size=size,
            details=details,
        )
        assert body_of(client.get(url_of(video, name))) == name.encode()
    response = client.get(url_of(video, "sprite.vtt"))
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    assert response.content.decode() == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nsprite.webp#xywh=0,0,160,90\n"
    )


def test_assets_of_another_making_are_not_served(client, video):
    Asset.objects.create(
        source=video.source,
        profile=video.source.profile + 1,
        kind=AssetKind.PREVIEW,
        path="renditions/next.mp4",
        size=1,
    )
    assert client.get(url_of(video, "preview.mp4")).status_code == 404


def test_a_finding_s_picture_is_for_its_merchant_and_the_editors(client, video, stored_file):
    size = stored_file("findings/code.jpg", b"picture")
    about = {"source": video.source, "kind": FindingKind.CODE, "start": 0, "end": 1}
    finding = Finding.objects.create(path="findings/code.jpg", size=size, **about)
    bare = Finding.objects.create(**about)
    other = VideoFactory(public=True)
    url = url_of(video, f"findings/{finding.pk}.jpg")

    for person, expected in (
        (None, 404),
        (UserFactory(), 404),
        (MembershipFactory().user, 404),
        (MembershipFactory(merchant=video.merchant).user, 200),
        (UserFactory(editor=True), 200),
    ):
        if person:
            client.force_login(person)
        assert client.get(url).status_code == expected
    assert body_of(client.get(url)) == b"picture"
    for strange in (
        url_of(video, f"findings/{bare.pk}.jpg"),
        url_of(other, f"findings/{finding.pk}.jpg"),
        url_of(video, "findings/999999999999.jpg"),
    ):
        assert client.get(strange).status_code == 404


def captions_of(text):
    cues = [{"start": 0.5, "end": 1.0, "text": text}]
    about = {"language": "en", "label": "English", "origin": "typed", "confirmed": True}
    return [about | {"cues": cues}]


def test_captions_are_served_as_they_are_public_and_as_they_wait(client, video):
    video.captions = captions_of("Public words")
    video.save()
    video.captions = captions_of("Waiting words")
    video.save_revision()

    response = client.get(url_of(video, "captions/0.vtt"))
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    assert response.content.decode() == ("WEBVTT\n\n00:00:00.500 --> 00:00:01.000\nPublic words\n")
    assert client.get(url_of(video, "captions/1.vtt")).status_code == 404
    draft = url_of(video, "draft-captions/0.vtt")
    assert client.get(draft).status_code == 404
    client.force_login(MembershipFactory(merchant=video.merchant).user)
    assert "Waiting words" in client.get(draft).content.decode()


def test_playback_tells_of_captions_and_qualities(video):
    video.captions = captions_of("Words")
    low = video.source.renditions.get()
    plain = playback_of(video)
    assert plain.qualities == []  # of one rung there is nothing to choose
    (track,) = plain.tracks
    assert (track.language, track.label) == ("en", "English")
    assert track.url == url_of(video, "captions/0.vtt")
    assert playback_of(video, as_draft=True).tracks[0].url == url_of(video, "draft-captions/0.vtt")

    for name, codecs in (("720p", low.codecs), ("720p-av1", "av01.0.05M.08,mp4a.40.2")):
        fields = {**low.__dict__, "id": None, "name": name, "codecs": codecs, "height": 720}
        fields.pop("_state")
        Rendition.objects.create(**fields)
    source = Source.objects.get(pk=video.source_id)
    video.source = source
    assert [one.label for one in playback_of(video).qualities] == ["720p", "360p"]
    assert playback_of(video).mp4_url == url_of(video, "360p.mp4")


def test_nothing_plays_before_it_is_ready_but_for_those_who_look_behind(video):
    Source.objects.filter(pk=video.source_id).update(profile=None)
    Step.objects.filter(source=video.source_id, name="publish").update(state="waiting")
    video.source = Source.objects.get(pk=video.source_id)

    assert playback_of(video) is None
    assert playback_of(video, as_draft=True).master_url == url_of(video, "master.m3u8")


def test_pictures_and_their_renditions_are_served(client):
    cache.clear()  # Wagtail keeps renditions there by the picture's number, used again by tests
    picture = PictureFactory(merchant=None)

    for url in (picture.file.url, picture.get_rendition("width-100").url):
        assert url.startswith("/media/files/")
        response = client.get(url)
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
        assert response["Cache-Control"] == "public, max-age=600"
        assert body_of(response).startswith(b"\xff\xd8\xff")
        assert "sandbox" in response["Content-Security-Policy"]


def test_nothing_else_in_storage_has_an_address(client, video, tmp_path):
    secret = tmp_path / "secret.jpg"
    secret.write_bytes(b"secret")
    for name in ("sources/secret.jpg", "feeds/secret.jpg", "pictures/secret.html"):
        blobs.put_file(path=secret, name=name)
    rendition = video.source.renditions.get()

    for path in (
        "sources/secret.jpg",
        "feeds/secret.jpg",
        "pictures/secret.html",
        "pictures/../sources/secret.jpg",
        "pictures/%2e%2e/sources/secret.jpg",
        "pictures//../../etc/passwd.jpg",
        "pictures/missing.jpg",
        rendition.path,
    ):
        assert client.get(f"/media/files/{path}").status_code == 404, path


def test_chapters_go_public_with_the_version_that_has_them(client, video):
    video.chapters = [{"start": 0.0, "title": "Filling & closing"}]
    video.save()
    video.chapters = [{"start": 0.5, "title": "Not yet approved"}]
    video.save_revision()
    response = client.get(url_of(video, "chapters.vtt"))
    assert response["Content-Type"].startswith("text/vtt")
    assert b"00:00:00.000 --> 00:00:01.000\nFilling &amp; closing" in response.content
    draft = url_of(video, "draft-chapters.vtt")
    assert client.get(draft).status_code == 404
    client.force_login(MembershipFactory(merchant=video.merchant).user)
    assert b"Not yet approved" in client.get(draft).content
    assert playback_of(video).chapters_url == url_of(video, "chapters.vtt")
    assert playback_of(video, as_draft=True).chapters_url == draft
    assert playback_of(VideoFactory()).chapters_url == ""
