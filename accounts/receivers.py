from typing import Any

from django.db import transaction
from django.dispatch import receiver

from accounts import tasks
from accounts.signals import notified


@receiver(notified)
def send_mail_soon(**kwargs: Any) -> None:
    # Robust: a broker that is away must not undo what the person did; beat sends it later.
    transaction.on_commit(tasks.send_waiting_mail.delay, robust=True)
