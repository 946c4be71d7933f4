"""A rung can be watched while the encoder is at it, and stays the same when it is done."""

import pytest
from django.core.files.base import File
from django.urls import reverse

from media_pipeline import blobs, services
from media_pipeline.models import FirstLook
from media_pipeline.services.steps.first_look import FirstLookPublisher
from tests.factories.media_pipeline import tiny_video
from tests.factories.merchants import MembershipFactory

pytestmark = pytest.mark.django_db


def test_what_was_published_early_is_what_is_served_in_the_end(
    tmp_path, client, monkeypatch, django_capture_on_commit_callbacks
):
    member = MembershipFactory()
    client.force_login(member.user)
    clip = tiny_video(tmp_path / "clip.mp4", seconds=12, size=(1280, 720))
    with clip.open("rb") as stream:
        video = services.add_video(
            merchant=member.merchant, user=None, title="Clip", file=File(stream)
        )
    texts, early = [], {}

    def get(name):
        return client.get(reverse("media_pipeline:video_file", args=[video.uuid, name]))

    def body(name):
        return b"".join(get(name).streaming_content)

    publish_new = FirstLookPublisher.publish_new

    def publish_and_look(publisher):
        publish_new(publisher)
        if get("first.m3u8").status_code == 200:
            text = get("first.m3u8").content.decode()
            texts.append(text)
            names = ["first/init.mp4", *(line for line in text.splitlines() if line[0] != "#")]
            early.update({name: body(name) for name in names})

    monkeypatch.setattr(FirstLookPublisher, "publish_new", publish_and_look)
    with django_capture_on_commit_callbacks(execute=True):
        services.work()

    assert texts, "the encoder was done before anything could be seen"
    assert "first/0.m4s" in early
    final = get("first.m3u8").content.decode()
    assert final.endswith("#EXT-X-ENDLIST\n")
    assert final.count(".m4s") == 6
    for earlier, later in zip(texts, [*texts[1:], final], strict=True):
        assert "ENDLIST" not in earlier
        assert later.startswith(earlier)
    assert {name: body(name) for name in early} == early
    assert not FirstLook.objects.exists()
    folder = video.source.renditions.first().path.rsplit("/", 2)[0]
    assert blobs.size_of(f"{folder}/first-1/init.mp4") is None
