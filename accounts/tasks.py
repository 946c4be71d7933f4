from celery import shared_task

from accounts import services


@shared_task
def send_waiting_mail() -> None:
    services.send_waiting_mail()
