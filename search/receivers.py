from typing import Any

from django.db import transaction
from django.dispatch import receiver

from search import tasks, thesaurus
from search.first_synonyms import write_first_synonyms
from search.signals import changes_noted, searched


@receiver(changes_noted)
def _drain_after_commit(**_kwargs: Any) -> None:
    # Lost if the broker is away: beat drains every few seconds anyway.
    transaction.on_commit(tasks.drain_outbox.delay, robust=True)


@receiver(searched)
def _count_after_commit(*, text: str, exact: bool, token: str, **_kwargs: Any) -> None:
    def count() -> None:
        said = {"text": text, "exact": exact, "token": token}
        tasks.count_search.apply_async(kwargs=said, retry=False)

    # Lost if the broker is away: nobody waits for a count, and nothing is tried twice for it.
    transaction.on_commit(count, robust=True)


def write_synonyms_after_migrations(**_kwargs: Any) -> None:
    """Connected in apps.ready, to the migrations of this app."""
    write_first_synonyms()
    thesaurus.current.forget()
