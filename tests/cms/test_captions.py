"""Editors read the captions and chapters that go public with their approval."""

import pytest
from django.urls import reverse

from cms import services
from media_pipeline.captions import Cue
from media_pipeline.choices import CaptionOrigin
from media_pipeline.models import Video
from media_pipeline.services.captions import save_captions
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import VideoFactory, caption_track
from tests.factories.merchants import MembershipFactory

pytestmark = pytest.mark.django_db


def test_they_read_those_of_the_version_that_waits(client):
    member, editor = MembershipFactory(), UserFactory(editor=True)
    video = VideoFactory(
        merchant=member.merchant,
        captions=[caption_track("Approved words.")],
        chapters=[{"start": 0.5, "title": "Closing it"}],
    )
    services.submit(subject=video, user=member.user)
    services.approve(subject=video, editor=editor)
    video = Video.objects.get(pk=video.pk)
    save_captions(
        video=video,
        user=member.user,
        language="en",
        cues=[Cue(0.0, 0.5, "Buy it at example.com!")],
        origin=CaptionOrigin.TYPED,
    )
    services.submit(subject=Video.objects.get(pk=video.pk), user=member.user)

    client.force_login(editor)
    page = client.get(reverse("moderation:review", args=["video", video.pk])).content.decode()
    assert "Buy it at example.com!" in page
    assert "Closing it" in page
    assert "Approved words." not in page
    assert f"/media/videos/{video.uuid}/draft-captions/0.vtt" in page
    assert "Approved words." in client.get(video.get_absolute_url()).content.decode()
