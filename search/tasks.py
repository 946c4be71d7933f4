from celery import shared_task

from search import query_log, services


@shared_task
def drain_outbox() -> None:
    services.drain_outbox()


@shared_task
def reconcile_search() -> None:
    """Beat, every night: what is found is put right and said in the log."""
    services.reconcile()


@shared_task
def count_search(*, text: str, exact: bool, token: str) -> None:
    query_log.count(text=text, exact=exact, token=token)


@shared_task
def forget_old_searches() -> None:
    query_log.forget_old()
