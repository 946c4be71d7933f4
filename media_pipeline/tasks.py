from celery import shared_task

from media_pipeline import services


@shared_task
def process_source(source_id: int) -> None:
    services.run_next_steps(source_id=source_id)


@shared_task
def resume_stalled() -> None:
    services.resume_stalled()


@shared_task
def expire_uploads() -> None:
    services.expire_uploads()
