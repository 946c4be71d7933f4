from typing import Any

from celery import shared_task
from celery.signals import worker_shutting_down

from media_pipeline import services


@shared_task
def process_source(source_id: int) -> None:
    services.work_from(source_id=source_id)


@worker_shutting_down.connect(dispatch_uid="media_pipeline.stop_working")
def stop_working(**kwargs: Any) -> None:
    services.stop_working()


@shared_task
def resume_stalled() -> None:
    services.resume_stalled()


@shared_task
def expire_uploads() -> None:
    services.expire_uploads()


@shared_task
def make_shown_renditions(picture_id: int) -> None:
    services.make_shown_renditions(picture_id=picture_id)
