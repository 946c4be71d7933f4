from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from search import receivers  # noqa: PLC0415 - connected once the apps are there

        post_migrate.connect(receivers.write_synonyms_after_migrations, sender=self)
