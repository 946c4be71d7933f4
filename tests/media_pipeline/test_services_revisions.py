import pytest
from django.core.cache import cache

from media_pipeline.errors import MediaRefusedError
from media_pipeline.models import PictureRendition, Video
from media_pipeline.selectors import draft_of
from media_pipeline.services import choose_poster, update_video
from media_pipeline.services.pictures import SHOWN, THUMB
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import (
    PictureFactory,
    SourceFactory,
    StillFactory,
    VideoFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory()


def public_video():
    video = VideoFactory(public=True, title="As it is")
    video.save_revision().publish()
    return Video.objects.get(pk=video.pk)


def test_a_poster_that_was_chosen_is_shown_and_none_brings_ours_back(user):
    video = VideoFactory()
    still = StillFactory(source=video.source)
    choose_poster(video=video, user=user, picture=still.picture)
    assert Video.objects.get(pk=video.pk).shown_poster == still.picture

    choose_poster(video=video, user=user, picture=None)
    assert Video.objects.get(pk=video.pk).shown_poster == video.source.poster


def test_the_poster_of_what_is_public_waits_for_an_editor(user):
    video = public_video()
    still = StillFactory(source=video.source)
    draft = choose_poster(video=video, user=user, picture=still.picture)

    assert Video.objects.get(pk=video.pk).shown_poster == video.source.poster
    assert draft.shown_poster == still.picture
    draft.get_latest_revision().publish()
    assert Video.objects.get(pk=video.pk).shown_poster == still.picture


def test_words_and_poster_change_on_top_of_each_other(user):
    """Each is saved by a form of its own; neither may take the other back."""
    video = public_video()
    still = StillFactory(source=video.source)
    choose_poster(video=video, user=user, picture=still.picture)
    update_video(video=video, user=user, title="As it will be", description="")
    choose_poster(video=video, user=user, picture=still.picture)
    draft = draft_of(Video.objects.get(pk=video.pk))

    assert (draft.title, draft.poster) == ("As it will be", still.picture)
    assert Video.objects.get(pk=video.pk).title == "As it is"


def test_only_own_pictures_and_own_stills_stand_for_a_video(user):
    video = VideoFactory()
    own = PictureFactory(merchant=video.merchant)
    assert choose_poster(video=video, user=user, picture=own).poster == own

    for foreign in (
        PictureFactory(),
        PictureFactory(merchant=None),
        StillFactory(source=SourceFactory(ready=True)).picture,
    ):
        with pytest.raises(MediaRefusedError):
            choose_poster(video=video, user=user, picture=foreign)
    assert Video.objects.get(pk=video.pk).poster == own


def test_a_still_has_every_size_only_once_it_is_chosen(user, django_capture_on_commit_callbacks):
    cache.clear()  # Wagtail remembers renditions beyond the end of a test
    video = VideoFactory()
    with django_capture_on_commit_callbacks(execute=True):
        still = StillFactory(source=video.source)
    assert sizes_of(still.picture) == [THUMB]

    with django_capture_on_commit_callbacks(execute=True):
        choose_poster(video=video, user=user, picture=still.picture)
    assert sizes_of(still.picture) == sorted(SHOWN)


def sizes_of(picture):
    rows = PictureRendition.objects.filter(image=picture)
    return sorted(rows.values_list("filter_spec", flat=True))
