from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from media_pipeline.models import Source
from media_pipeline.signals import source_waiting
from media_pipeline.tasks import process_source


@receiver(source_waiting, dispatch_uid="media_pipeline.call_a_worker")
def call_a_worker(source: Source, **kwargs: Any) -> None:
    Source.objects.filter(pk=source.pk).update(queued_at=timezone.now())
    transaction.on_commit(partial(process_source.delay, source.pk))
