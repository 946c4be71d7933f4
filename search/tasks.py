from celery import shared_task

from search import services


@shared_task
def drain_outbox() -> None:
    services.drain_outbox()
