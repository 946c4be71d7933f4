from typing import Any

from django.db import transaction
from django.dispatch import receiver

from search import tasks
from search.signals import changes_noted


@receiver(changes_noted)
def _drain_after_commit(**_kwargs: Any) -> None:
    # Lost if the broker is away: beat drains every few seconds anyway.
    transaction.on_commit(tasks.drain_outbox.delay, robust=True)
