from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cms import services, tasks
from media_pipeline.captions import Cue
from media_pipeline.chapters import Chapter
from media_pipeline.choices import CaptionOrigin
from media_pipeline.ladder import PROFILE
from media_pipeline.models import Source, Video
from media_pipeline.services import (
    choose_poster,
    delete_video,
    update_video,
)
from media_pipeline.services.captions import save_captions, save_chapters
from media_pipeline.signals import source_failed, source_ready, source_refused
from products.services import update_product
from tests.factories.media_pipeline import PictureFactory, SourceFactory, VideoFactory
from tests.factories.products import CategoryFactory, ProductFactory
from tests.publicity.approving import approve


@pytest.fixture
def draft(merchant):
    return VideoFactory(merchant=merchant, title="Descaling a kettle")


@pytest.fixture
def video(draft, member, editor):
    """Public."""
    approve(draft, member, editor)
    return draft


def finish(video):
    """As the pipeline's last step does."""
    Source.objects.filter(pk=video.source_id).update(profile=PROFILE)
    source_ready.send(Source, source=video.source, video_ids=[video.pk])


def test_not_before_an_editor_approves_it(draft, member, editor, is_found):
    assert not is_found(draft)
    services.submit(subject=draft, user=member)
    assert not is_found(draft)
    services.approve(subject=draft, editor=editor)
    assert is_found(draft)


def test_not_before_it_can_be_played(merchant, member, editor, is_found):
    video = VideoFactory(merchant=merchant, source=SourceFactory())
    approve(video, member, editor)
    assert not is_found(video)
    finish(video)
    video.refresh_from_db()
    assert is_found(video)


@pytest.mark.parametrize("signal", [source_refused, source_failed])
def test_not_where_its_file_cannot_be_used(merchant, member, editor, is_found, signal):
    video = VideoFactory(merchant=merchant, source=SourceFactory())
    approve(video, member, editor)
    signal.send(Source, source=video.source, video_ids=[video.pk])
    tasks.publish_scheduled()
    assert not is_found(video)


def test_on_its_day_until_its_last(draft, member, editor, is_found):
    now = timezone.now()
    draft.go_live_at, draft.expire_at = now + timedelta(days=2), now + timedelta(days=4)
    draft.save_revision(user=member)
    approve(draft, member, editor)
    assert not is_found(draft)
    with time_machine.travel(now + timedelta(days=3)):
        tasks.publish_scheduled()
        assert is_found(draft)
    with time_machine.travel(now + timedelta(days=5)):
        tasks.publish_scheduled()
        assert not is_found(draft)


def test_unpublished(video, is_found):
    assert is_found(video)
    video.unpublish()
    assert not is_found(video)


def test_deleted_by_its_merchant(video, is_found):
    assert is_found(video)
    gone = Video.objects.get(pk=video.pk)
    delete_video(video=video)
    assert not is_found(gone)


def test_taken_down_and_allowed_again(video, editor, is_found):
    decision = services.take_down(subject=video, editor=editor, reason="Dangerous.")
    assert not is_found(video)
    services.lift_take_down(take_down=decision, editor=editor)
    assert is_found(video)


def test_other_words_once_an_editor_approves_them(video, member, editor, hits):
    update_video(video=video, user=member, title="Descaling a samovar", description="")
    assert [hit.title for hit in hits("video", "kettle")] == ["Descaling a kettle"]
    video.refresh_from_db()
    approve(video, member, editor)
    assert [hit.title for hit in hits("video", "samovar")] == ["Descaling a samovar"]


def test_what_is_said_in_it_once_an_editor_approves_it(video, member, editor, hits):
    def exact(text):
        return [hit.object_id for hit in hits("video", text) if "<mark>" in hit.snippet_html]

    save_captions(
        video=video,
        user=member,
        language="en",
        cues=[Cue(start=0.1, end=0.9, text="Pour the vinegar.")],
        origin=CaptionOrigin.UPLOADED,
    )
    save_chapters(video=video, user=member, chapters=[Chapter(start=0.0, title="Limescale")])
    assert exact("vinegar") == []
    video.refresh_from_db()
    approve(video, member, editor)
    assert exact("vinegar") == exact("limescale") == [video.pk]


def test_another_poster_once_an_editor_approves_it(video, member, editor, hits):
    [before] = hits("video", video.title)
    choose_poster(video=video, user=member, picture=PictureFactory(merchant=video.merchant))
    [waiting] = hits("video", video.title)
    assert waiting.picture_url == before.picture_url
    video.refresh_from_db()
    approve(video, member, editor)
    [after] = hits("video", video.title)
    assert after.picture_url not in ("", before.picture_url)


def test_in_the_category_of_what_it_shows(video, merchant, opened, hits):
    kitchen = CategoryFactory(slug="kitchen")
    kettles = CategoryFactory(slug="kettles", parent=kitchen)
    product = ProductFactory(listed=True, merchant=merchant, category=kettles)
    opened()

    def categories():
        [hit] = hits("video", video.title)
        return [slug for slug in hit.category_path if slug]

    assert categories() == []
    update_product(product=product, videos=[video])
    assert categories() == ["kitchen", "kettles"]
    update_product(product=product, category=CategoryFactory(slug="pots"))
    assert categories() == ["pots"]
    product.delete()
    assert categories() == []


def test_a_product_has_a_video_while_that_can_be_seen(video, merchant, editor, opened, hits):
    product = ProductFactory(listed=True, merchant=merchant)
    opened()

    def with_video():
        return [hit.object_id for hit in hits("product", has_video=True)]

    update_product(product=product, videos=[video])
    assert with_video() == [product.pk]
    decision = services.take_down(subject=video, editor=editor, reason="No.")
    assert with_video() == []
    services.lift_take_down(take_down=decision, editor=editor)
    assert with_video() == [product.pk]
    update_product(product=product, videos=[])
    assert with_video() == []
    video.products.add(product)
    assert with_video() == [product.pk]
    video.products.clear()
    assert with_video() == []
    video.products.set([product])
    delete_video(video=Video.objects.get(pk=video.pk))
    assert with_video() == []
