from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services import notify
from media_pipeline.choices import StepState
from media_pipeline.documents import KIND
from media_pipeline.models import Picture, PictureRendition, Source, Video
from media_pipeline.signals import (
    picture_changed,
    poster_chosen,
    source_failed,
    source_ready,
    source_refused,
    source_waiting,
    video_changed,
)
from media_pipeline.tasks import make_shown_renditions, work
from merchants.models import Merchant
from merchants.signals import merchant_changed, merchant_reinstated, merchant_suspended
from search.services import note_changes

CALL_SECONDS = 120


@receiver(source_waiting, dispatch_uid="media_pipeline.call_a_worker")
def call_a_worker(**kwargs: Any) -> None:
    # A call that nobody has answered by then is repeated anyway.
    transaction.on_commit(lambda: work.apply_async(expires=CALL_SECONDS), robust=True)


@receiver(post_save, sender=Picture, dispatch_uid="media_pipeline.make_renditions")
def have_it_ready_to_be_shown(instance: Picture, **kwargs: Any) -> None:
    transaction.on_commit(lambda: make_shown_renditions.delay(instance.pk), robust=True)


@receiver(poster_chosen, dispatch_uid="media_pipeline.make_poster_renditions")
def have_the_poster_ready(picture: Picture, **kwargs: Any) -> None:
    transaction.on_commit(
        lambda: make_shown_renditions.delay(picture.pk, is_chosen=True), robust=True
    )


@receiver(source_ready, dispatch_uid="media_pipeline.tell_ready")
def tell_that_it_is_ready(video_ids: list[int], **kwargs: Any) -> None:
    _tell_uploaders(
        video_ids,
        subject=_("“%(title)s” can be played now"),
        body=_("Your video is ready. Watch it through, then send it to the editors."),
    )


@receiver([source_refused, source_failed], dispatch_uid="media_pipeline.tell_not_ready")
def tell_that_it_is_not(source: Source, video_ids: list[int], **kwargs: Any) -> None:
    step = source.steps.exclude(state=StepState.DONE).exclude(message="").first()
    _tell_uploaders(
        video_ids,
        subject=_("“%(title)s” can't be used as it is"),
        body=step.message if step else "",
    )


@receiver(video_changed, dispatch_uid="media_pipeline.note_videos")
def note_videos(video_ids: list[int], **kwargs: Any) -> None:
    note_changes(kind=KIND, object_ids=video_ids)


@receiver(
    [merchant_suspended, merchant_reinstated, merchant_changed],
    dispatch_uid="media_pipeline.note_videos_of_merchant",
)
def note_videos_of_merchant(merchant: Merchant, **kwargs: Any) -> None:
    """What shows them hears of it too: products, guides, auditions."""
    videos = Video.objects.filter(merchant=merchant)
    video_changed.send(Video, video_ids=list(videos.values_list("pk", flat=True)))


@receiver(pre_delete, sender=Video, dispatch_uid="media_pipeline.note_deleted_video")
def note_deleted_video(instance: Video, **kwargs: Any) -> None:
    # Before: what it was part of can still be found out.
    video_changed.send(Video, video_ids=[instance.pk])


@receiver(picture_changed, dispatch_uid="media_pipeline.note_videos_with_picture")
def note_videos_with_picture(picture_ids: list[int], **kwargs: Any) -> None:
    shown = Q(poster__in=picture_ids) | Q(source__poster__in=picture_ids)
    note_changes(
        kind=KIND, object_ids=list(Video.objects.filter(shown).values_list("pk", flat=True))
    )


@receiver(post_save, sender=Picture, dispatch_uid="media_pipeline.tell_of_changed_picture")
def tell_of_changed_picture(instance: Picture, created: bool, **kwargs: Any) -> None:
    if not created:
        picture_changed.send(Picture, picture_ids=[instance.pk])


@receiver(pre_delete, sender=Picture, dispatch_uid="media_pipeline.tell_of_deleted_picture")
def tell_of_deleted_picture(instance: Picture, **kwargs: Any) -> None:
    picture_changed.send(Picture, picture_ids=[instance.pk])


@receiver(
    post_delete, sender=PictureRendition, dispatch_uid="media_pipeline.tell_of_deleted_rendition"
)
def tell_of_deleted_rendition(instance: PictureRendition, **kwargs: Any) -> None:
    # Another one takes its place under another name, as soon as somebody asks for it.
    picture_changed.send(Picture, picture_ids=[instance.image_id])


def _tell_uploaders(video_ids: list[int], *, subject: str, body: str) -> None:
    """Whoever uploaded it has long gone on to other things."""
    videos = Video.objects.filter(pk__in=video_ids).exclude(uploaded_by=None)
    for video in videos.select_related("merchant", "uploaded_by"):
        if video.uploaded_by:
            notify(
                user=video.uploaded_by,
                subject=subject % {"title": video.title},
                body=body,
                url=reverse("workbench:video", args=[video.merchant.slug, video.uuid]),
            )
