from celery import shared_task

from selection import services


@shared_task
def close_due_rounds() -> None:
    services.close_due_rounds()
