"""Playlists, renditions and pictures, through HTTP."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from media_pipeline import blobs
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


def test_pictures_and_their_renditions_are_served(client):
    picture = PictureFactory()

    for url in (picture.file.url, picture.get_rendition("width-100").url):
        assert url.startswith("/media/files/")
        response = client.get(url)
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
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
