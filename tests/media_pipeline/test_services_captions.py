"""Whose captions change when, and what a file's own are given to."""

import pytest

from cms import services as cms
from media_pipeline import services
from media_pipeline.captions import Cue, Track
from media_pipeline.chapters import Chapter
from media_pipeline.choices import CaptionOrigin
from media_pipeline.errors import CaptionsRefusedError
from media_pipeline.models import Video
from media_pipeline.selectors import draft_of
from media_pipeline.services import captions
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import SourceFactory, VideoFactory, caption_track
from tests.factories.merchants import MembershipFactory

pytestmark = pytest.mark.django_db
CUES = (Cue(0.0, 0.5, "Fill the pot."),)


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def video(member):
    return VideoFactory(merchant=member.merchant)


@pytest.fixture
def public_video(member):
    video = VideoFactory(merchant=member.merchant)
    cms.submit(subject=video, user=member.user)
    cms.approve(subject=video, editor=UserFactory(editor=True))
    video = Video.objects.get(pk=video.pk)
    assert video.live
    return video


def saved(video, member, language="en", cues=CUES, origin=CaptionOrigin.TYPED, **options):
    return captions.save_captions(
        video=video, user=member.user, language=language, cues=cues, origin=origin, **options
    )


def texts_of(video):
    return {track["language"]: [cue["text"] for cue in track["cues"]] for track in video.captions}


def test_those_of_a_video_that_is_not_public_change_at_once(video, member):
    saved(video, member)
    saved(video, member, "de", (Cue(0.0, 5.0, "Füllen."),))

    row = Video.objects.get(pk=video.pk)
    assert texts_of(row) == {"en": ["Fill the pot."], "de": ["Füllen."]}
    assert row.captions[1]["label"] == "Deutsch"
    assert row.captions[1]["cues"][0]["end"] == 1.0  # the video is no longer
    assert draft_of(row).captions == row.captions


def test_those_of_a_public_video_wait_for_an_editor(public_video, member):
    saved(public_video, member)
    captions.save_chapters(video=public_video, user=member.user, chapters=[Chapter(0.0, "Filling")])
    row = Video.objects.get(pk=public_video.pk)
    assert (row.captions, row.chapters) == ([], [])
    assert texts_of(draft_of(row)) == {"en": ["Fill the pot."]}

    cms.submit(subject=row, user=member.user)
    cms.approve(subject=row, editor=UserFactory(editor=True))
    row.refresh_from_db()
    assert texts_of(row) == {"en": ["Fill the pot."]}
    assert row.chapters == [{"start": 0.0, "title": "Filling"}]


def test_other_words_leave_them_alone(public_video, member):
    saved(public_video, member)
    services.update_video(
        video=Video.objects.get(pk=public_video.pk),
        user=member.user,
        title="Another title",
        description="",
    )
    draft = draft_of(Video.objects.get(pk=public_video.pk))
    assert (draft.title, texts_of(draft)) == ("Another title", {"en": ["Fill the pot."]})


def test_saving_again_and_again_is_one_version_until_an_editor_sees_it(video, member):
    for number in range(3):
        saved(video, member, cues=(Cue(0, 1, f"Try {number}"),))
    assert video.revisions.count() == 1

    cms.submit(subject=Video.objects.get(pk=video.pk), user=member.user)
    cms.withdraw_submission(subject=Video.objects.get(pk=video.pk), user=member.user)
    saved(video, member, cues=(Cue(0, 1, "After that"),))
    assert video.revisions.count() == 2

    saved(video, MembershipFactory(merchant=member.merchant), cues=(Cue(0, 1, "A colleague's"),))
    assert video.revisions.count() == 3


def test_nobody_overwrites_what_they_have_not_seen(video, member):
    seen = captions.version_of(video, "en")
    draft = saved(video, member, version=seen)
    with pytest.raises(CaptionsRefusedError, match="Somebody else has changed these captions"):
        saved(video, member, cues=(Cue(0, 1, "Mine"),), version=seen)
    saved(video, member, "de", version=captions.version_of(draft, "de"))
    saved(video, member, cues=(Cue(0, 1, "Mine"),), version=captions.version_of(draft, "en"))
    assert texts_of(Video.objects.get(pk=video.pk))["en"] == ["Mine"]


def test_captions_without_any_are_gone(video, member):
    saved(video, member)
    saved(video, member, cues=())
    assert Video.objects.get(pk=video.pk).captions == []


def test_removing_takes_one_language(video, member):
    saved(video, member)
    saved(video, member, "de")
    captions.remove_captions(video=video, user=member.user, language="en")
    assert list(texts_of(Video.objects.get(pk=video.pk))) == ["de"]
    with pytest.raises(CaptionsRefusedError, match="gone"):
        captions.remove_captions(video=video, user=member.user, language="en")


@pytest.mark.parametrize("language", ["xx", "", "EN"])
def test_a_language_is_one_of_the_list(video, member, language):
    with pytest.raises(CaptionsRefusedError, match="Choose a language of the list"):
        saved(video, member, language)


def test_there_is_an_end_to_languages(video, member):
    languages = ["ar", "bg", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et", "fa"]
    languages += ["fi", "fr", "ga", "he", "hi", "hr", "hu"]
    for language in languages:
        saved(video, member, language)
    with pytest.raises(CaptionsRefusedError, match="in 20 languages at most"):
        saved(video, member, "it")


def test_what_a_machine_wrote_is_confirmed_by_a_person(video, member):
    guess = Track("en", "English", CaptionOrigin.AUTOMATIC, False, CUES)
    captions.keep_found_captions(source=video.source, tracks=[guess])
    video.refresh_from_db()
    assert video.captions[0]["confirmed"] is False

    saved(
        video,
        member,
        cues=(Cue(0, 1, "Put right"),),
        origin=CaptionOrigin.AUTOMATIC,
        is_confirmed=False,
    )
    assert Video.objects.get(pk=video.pk).captions[0]["confirmed"] is False
    captions.confirm_captions(video=video, user=member.user, language="en")
    track = Video.objects.get(pk=video.pk).captions[0]
    assert (track["origin"], track["confirmed"]) == ("automatic", True)


class TestFound:
    """What was in the file, or was made of it."""

    track = Track("en", "English", CaptionOrigin.EMBEDDED, True, CUES)

    def test_goes_to_videos_without_any(self, member):
        source = SourceFactory(ready=True)
        plain = VideoFactory(source=source, merchant=member.merchant)
        other = VideoFactory(source=source)
        written = VideoFactory(source=source, captions=[caption_track("Mine.")])
        captions.keep_found_captions(source=source, tracks=[self.track])

        for video in (plain, other):
            video.refresh_from_db()
            assert texts_of(video) == {"en": ["Fill the pot."]}
        written.refresh_from_db()
        assert texts_of(written) == {"en": ["Mine."]}

    def test_is_not_given_twice(self, video, member):
        captions.keep_found_captions(source=video.source, tracks=[self.track])
        captions.remove_captions(video=video, user=member.user, language="en")
        captions.keep_found_captions(source=video.source, tracks=[self.track])
        video.refresh_from_db()
        assert video.captions == []

    def test_changes_nothing_that_editors_have_to_do_with(self, public_video, member):
        waiting = VideoFactory(source=public_video.source, merchant=member.merchant)
        cms.submit(subject=waiting, user=member.user)
        captions.keep_found_captions(source=public_video.source, tracks=[self.track])
        captions.adopt_found(
            videos=Video.objects.all(), tracks=[], chapters=[Chapter(0, "a"), Chapter(0.5, "b")]
        )
        for video in (public_video, waiting):
            draft = draft_of(Video.objects.get(pk=video.pk))
            assert (draft.captions, draft.chapters) == ([], [])

    def test_is_offered_there_instead(self, public_video, member):
        captions.keep_found_captions(source=public_video.source, tracks=[self.track])
        captions.use_found_captions(video=public_video, user=member.user, language="en")
        row = Video.objects.get(pk=public_video.pk)
        assert row.captions == []
        assert texts_of(draft_of(row)) == {"en": ["Fill the pot."]}
        with pytest.raises(CaptionsRefusedError, match="captions in English already"):
            captions.use_found_captions(video=public_video, user=member.user, language="en")
