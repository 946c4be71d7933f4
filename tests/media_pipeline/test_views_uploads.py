"""The tus server, through HTTP: the protocol's rules, and a real client that is cut off."""

import base64
import hashlib
import socket
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tusclient.client import TusClient

from media_pipeline import incoming
from media_pipeline.models import Upload, Video
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import QuotaFactory, UploadFactory
from tests.factories.merchants import MembershipFactory
from tests.media_pipeline.waiting import wait_until

TUS = {"Tus-Resumable": "1.0.0"}
BYTES = "application/offset+octet-stream"


@pytest.fixture
def create_url(merchant):
    return f"{reverse('media_pipeline:upload_create')}?merchant={merchant.slug}"


@pytest.fixture
def create(member_client, create_url):
    """Begins an upload and returns its address."""

    def create(length=10, **headers):
        response = member_client.post(
            create_url, headers={**TUS, "Upload-Length": str(length), **headers}
        )
        assert response.status_code == 201
        return response["Location"]

    return create


@pytest.fixture
def patch(member_client):
    def patch(url, content, offset=0, content_type=BYTES, **headers):
        return member_client.patch(
            url,
            content,
            content_type=content_type,
            headers={**TUS, "Upload-Offset": str(offset), **headers},
        )

    return patch


def offset_of(client, url):
    return client.head(url, headers=TUS)["Upload-Offset"]


def test_options_say_what_the_server_can_do(client, create_url):
    response = client.options(create_url)

    assert response.status_code == 204
    assert response["Tus-Version"] == "1.0.0"
    assert response["Tus-Max-Size"] == str(2 * 2**30)
    assert set(response["Tus-Extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "expiration",
        "checksum",
        "termination",
        "concatenation",
    }


def test_without_the_protocols_version_nothing_happens(member_client, create_url):
    response = member_client.post(create_url, headers={"Upload-Length": "10"})

    assert (response.status_code, response["Tus-Version"]) == (412, "1.0.0")
    assert not Upload.objects.exists()


def test_bytes_in_two_pieces_become_a_video(member_client, merchant, create, patch):
    name = base64.b64encode(b"Unser_Kocher.mp4").decode()
    url = create(length=10, **{"Upload-Metadata": f"filename {name},filetype dmlkZW8vbXA0"})

    first = patch(url, b"01234")
    assert (first.status_code, first["Upload-Offset"]) == (204, "5")
    assert "Auditorium-Video" not in first
    second = patch(url, b"56789", offset=5)

    video = Video.objects.get()
    assert (second.status_code, second["Auditorium-Video"]) == (204, str(video.uuid))
    assert (video.merchant, video.title, video.live) == (merchant, "Unser Kocher", False)
    assert incoming.path_of(video.source.uuid).read_bytes() == b"0123456789"
    # Whoever lost the answer is told again.
    again = member_client.head(url, headers=TUS)
    assert (again["Upload-Offset"], again["Auditorium-Video"]) == ("10", str(video.uuid))


def test_creation_may_bring_the_first_bytes(member_client, create_url):
    response = member_client.post(
        create_url, b"0123", content_type=BYTES, headers={**TUS, "Upload-Length": "10"}
    )

    assert (response.status_code, response["Upload-Offset"]) == (201, "4")


def test_head_is_not_kept_by_caches(member_client, create):
    response = member_client.head(create(), headers=TUS)

    assert response["Cache-Control"] == "no-store"
    assert (response["Upload-Offset"], response["Upload-Length"]) == ("0", "10")
    assert "Upload-Expires" in response


@pytest.mark.parametrize("offset", [0, 3, 6])
def test_bytes_elsewhere_than_at_the_end_change_nothing(member_client, create, patch, offset):
    url = create()
    patch(url, b"01234")

    assert patch(url, b"xx", offset=offset).status_code == 409
    assert offset_of(member_client, url) == "5"
    assert incoming.path_of(Upload.objects.get().uuid).read_bytes() == b"01234"


def test_more_bytes_than_announced_change_nothing(member_client, create, patch):
    url = create(length=4)

    assert patch(url, b"01234").status_code == 413
    assert offset_of(member_client, url) == "0"


def test_other_content_types_are_refused(create, patch):
    assert patch(create(), b"01", content_type="application/json").status_code == 415


def test_a_checksum_that_does_not_fit_changes_nothing(member_client, create, patch):
    url = create()
    wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    right = base64.b64encode(hashlib.sha256(b"01234").digest()).decode()

    assert patch(url, b"01234", **{"Upload-Checksum": f"sha256 {wrong}"}).status_code == 460
    assert offset_of(member_client, url) == "0"
    assert patch(url, b"01234", **{"Upload-Checksum": f"md5 {right}"}).status_code == 400
    assert patch(url, b"01234", **{"Upload-Checksum": f"sha256 {right}"}).status_code == 204


def test_an_upload_can_be_cancelled(member_client, create, django_capture_on_commit_callbacks):
    url = create()
    path = incoming.path_of(Upload.objects.get().uuid)
    assert path.exists()

    with django_capture_on_commit_callbacks(execute=True):
        assert member_client.delete(url, headers=TUS).status_code == 204
    assert member_client.head(url, headers=TUS).status_code == 404
    assert not path.exists()


def test_an_expired_upload_says_so(member_client, merchant, member, patch):
    upload = UploadFactory(
        merchant=merchant, user=member, expires_at=timezone.now() - timedelta(minutes=1)
    )
    url = reverse("media_pipeline:upload", args=[upload.uuid])

    assert member_client.head(url, headers=TUS).status_code == 410
    response = patch(url, b"0")
    assert response.status_code == 410
    assert response.content.decode() == "This upload stood still for too long. Start it again."


@pytest.mark.parametrize(
    ("length", "status", "sentence"),
    [
        ("0", 400, "This file is empty. Choose the video itself."),
        ("-1", 400, "Upload-Length must be a whole number."),
        ("", 400, "Upload-Length must be a whole number."),
        (
            str(3 * 2**30),
            413,
            "This file is 3.0\xa0GB; we take up to 2.0\xa0GB. Export it at a lower bit rate.",
        ),
    ],
)
def test_what_cannot_be_taken_is_refused_before_it_is_sent(
    member_client, create_url, length, status, sentence
):
    response = member_client.post(create_url, headers={**TUS, "Upload-Length": length})

    assert (response.status_code, response.content.decode()) == (status, sentence)
    assert not Upload.objects.exists()


def test_what_is_more_than_was_agreed_is_refused_before_it_is_sent(
    member_client, merchant, create_url, empty_folder
):
    QuotaFactory(merchant=merchant, size=1000, videos=5)
    response = member_client.post(create_url, headers={**TUS, "Upload-Length": "1001"})

    assert (response.status_code, response.content.decode()) == (
        413,
        "This file is 1001\xa0bytes, and of your shop's 1000\xa0bytes only 1000\xa0bytes are "
        "left. Delete a video that you no longer need, or ask the editors for more room.",
    )
    assert not Upload.objects.exists()
    assert not any(incoming.folder().iterdir())
    assert member_client.post(create_url, headers={**TUS, "Upload-Length": "1000"})


class TestParts:
    """Concatenation: several requests at once bring the parts of one file."""

    @pytest.fixture
    def parts(self, create, patch, empty_folder):
        """Two parts, the second of which arrived first."""
        urls = [create(length=length, **{"Upload-Concat": "partial"}) for length in (6, 4)]
        for url, content in zip(reversed(urls), (b"6789", b"012345"), strict=True):
            assert patch(url, content).status_code == 204
        return urls

    @pytest.fixture
    def join(self, member_client, create_url):
        def join(*urls, **headers):
            headers = {**TUS, "Upload-Concat": f"final;{' '.join(urls)}", **headers}
            return member_client.post(create_url, headers=headers)

        return join

    def test_parts_become_one_video(
        self,
        member_client,
        parts,
        join,
        merchant,
        empty_folder,
        monkeypatch,
        django_capture_on_commit_callbacks,
    ):
        # What the pipeline says to these bytes is another test's matter.
        monkeypatch.setattr("media_pipeline.receivers.work.apply_async", lambda **_: None)
        assert not Video.objects.exists()
        name = base64.b64encode(b"kettle.mp4").decode()
        with django_capture_on_commit_callbacks(execute=True):
            response = join(*parts, **{"Upload-Metadata": f"filename {name}"})

        video = Video.objects.get()
        assert (response.status_code, response["Auditorium-Video"]) == (201, str(video.uuid))
        assert (video.title, video.merchant, video.source.size) == ("kettle", merchant, 10)
        incoming.join(video.source.uuid, lambda: None)
        assert incoming.path_of(video.source.uuid).read_bytes() == b"0123456789"
        assert list(incoming.folder().iterdir()) == [incoming.path_of(video.source.uuid)]

        whole = member_client.head(response["Location"], headers=TUS)
        assert (whole["Upload-Offset"], whole["Upload-Length"]) == ("10", "10")
        assert whole["Upload-Concat"] == f"final;{' '.join(parts)}"

    def test_whoever_lost_the_answer_is_told_again(self, parts, join):
        first = join(*parts)

        again = join(*(f"http://testserver{url}" for url in parts))
        assert (again.status_code, again["Location"]) == (201, first["Location"])
        assert Video.objects.count() == 1
        assert join(*reversed(parts)).status_code == 400

    def test_a_part_says_that_it_is_one_and_the_whole_takes_nothing_more(
        self, member_client, parts, join, patch
    ):
        assert member_client.head(parts[0], headers=TUS)["Upload-Concat"] == "partial"
        whole = join(*parts)["Location"]
        assert patch(whole, b"x", offset=10).status_code == 403
        assert patch(parts[0], b"x", offset=6).status_code in (409, 413)

    def test_parts_that_are_not_whole_are_not_joined(self, create, parts, join):
        unfinished = create(length=5, **{"Upload-Concat": "partial"})

        response = join(*parts, unfinished)
        sentence = "This upload has not arrived completely."
        assert (response.status_code, response.content.decode()) == (400, sentence)
        assert not Video.objects.exists()

    @pytest.mark.parametrize(
        "header",
        [
            "final;",
            "final;/merchant/",
            "final;http://[",
            "final;/media/uploads/3f0f6c1e-0000-4000-8000-000000000000/",
            "final;" + " /media/uploads/3f0f6c1e-0000-4000-8000-000000000000/" * 17,
            "partially",
        ],
    )
    def test_what_names_no_parts_is_refused(self, join, header):
        assert join(**{"Upload-Concat": header, "Upload-Length": "1"}).status_code == 400

    def test_a_file_that_is_no_part_and_one_named_twice_are_refused(self, create, parts, join):
        assert join(parts[0], create()).status_code == 400
        assert join(parts[0], parts[0]).status_code == 400

    def test_nobody_joins_what_another_merchant_sent(self, client, parts):
        membership = MembershipFactory()
        client.force_login(membership.user)
        response = client.post(
            f"{reverse('media_pipeline:upload_create')}?merchant={membership.merchant.slug}",
            headers={**TUS, "Upload-Concat": f"final;{' '.join(parts)}"},
        )
        assert response.status_code == 400
        assert not Video.objects.exists()

    def test_together_they_may_not_be_longer_than_one_file(self, parts, join, settings):
        settings.VIDEO_MAX_BYTES = 9

        assert join(*parts).status_code == 413


def test_uploads_are_the_merchants_own(client, merchant, create_url):
    url = reverse("media_pipeline:upload", args=[UploadFactory(merchant=merchant).uuid])
    new = {**TUS, "Upload-Length": "1"}
    assert client.post(create_url, headers=new).status_code == 403
    assert client.head(url, headers=TUS).status_code == 403

    for person in (UserFactory(), UserFactory(editor=True), MembershipFactory().user):
        client.force_login(person)
        assert client.post(create_url, headers=new).status_code == 404
        assert client.head(url, headers=TUS).status_code == 404
        assert client.patch(url, b"x", content_type=BYTES, headers=TUS).status_code == 404
        assert client.delete(url, headers=TUS).status_code == 404


# --- A real client and a real server


@pytest.fixture
def tus_client(live_server, client, transactional_db):
    """A tus client that is signed in, and the merchant it uploads for."""
    membership = MembershipFactory()
    client.force_login(membership.user)
    client.get("/accounts/password/change/")  # any page with a form brings the CSRF cookie
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return TusClient(
        f"{live_server.url}{reverse('media_pipeline:upload_create')}"
        f"?merchant={membership.merchant.slug}",
        headers={
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": cookies.get("csrftoken", ""),
        },
    )


@pytest.fixture
def large_file(tmp_path):
    """No video, and large enough to be acknowledged in parts."""
    path = tmp_path / "large.mp4"
    block = bytes(range(256)) * 4096
    path.write_bytes(b"".join(block[number:] + block[:number] for number in range(20)))
    return path


def test_a_client_that_is_cut_off_goes_on_where_it_was(
    tus_client, large_file, live_server, monkeypatch
):
    # The file is not a video: how the pipeline refuses it is another test's matter.
    monkeypatch.setattr("media_pipeline.receivers.work.apply_async", lambda **_: None)
    content = large_file.read_bytes()
    uploader = tus_client.uploader(str(large_file), chunk_size=2**20)
    uploader.upload_chunk()
    assert uploader.offset == 2**20

    sent = send_a_part_and_hang_up(live_server, uploader.url, tus_client.headers, content)
    # Everything that was sent is there, although the request was never finished.
    wait_until(lambda: Upload.objects.get().offset == 2**20 + sent)

    resumed = tus_client.uploader(str(large_file), chunk_size=4 * 2**20, url=uploader.url)
    assert resumed.offset == 2**20 + sent
    resumed.upload()

    video = Video.objects.get()
    assert incoming.path_of(video.source.uuid).read_bytes() == content


def send_a_part_and_hang_up(server, url, headers, content):
    """Announces all that is missing, sends 10 MiB of it, and closes the connection."""
    offset, sent = 2**20, 10 * 2**20
    lines = [
        f"PATCH {url.removeprefix(server.url)} HTTP/1.1",
        f"Host: {server.thread.host}:{server.thread.port}",
        f"Content-Length: {len(content) - offset}",
        f"Content-Type: {BYTES}",
        f"Upload-Offset: {offset}",
        "Tus-Resumable: 1.0.0",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    with socket.create_connection((server.thread.host, server.thread.port)) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        connection.sendall(content[offset : offset + sent])
    return sent
