from typing import Any

from celery import shared_task
from celery.signals import worker_ready, worker_shutting_down

from media_pipeline import services


@shared_task
def work() -> None:
    services.work()


@worker_ready.connect(dispatch_uid="media_pipeline.go_on_at_once")
def go_on_at_once(**kwargs: Any) -> None:
    """What a worker that died here was doing."""
    resume_stalled.delay()


@worker_shutting_down.connect(dispatch_uid="media_pipeline.stop_working")
def stop_working(**kwargs: Any) -> None:
    services.stop_working()


@shared_task
def resume_stalled() -> None:
    services.resume_stalled()


@shared_task
def remake_outdated() -> None:
    services.remake_outdated()


@shared_task
def expire_uploads() -> None:
    services.expire_uploads()


@shared_task
def remove_leftovers() -> None:
    services.remove_leftovers()


@shared_task
def make_shown_renditions(picture_id: int, is_chosen: bool = False) -> None:
    services.make_shown_renditions(picture_id=picture_id, is_chosen=is_chosen)
