from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SelectionConfig(AppConfig):
    name = "selection"

    def ready(self) -> None:
        from products.documents import register_enricher  # noqa: PLC0415 - models come first
        from selection import receivers  # noqa: PLC0415 - likewise
        from selection.documents import product_fields  # noqa: PLC0415 - likewise

        register_enricher(product_fields)
        post_migrate.connect(receivers.guard_ledger, sender=self)
