from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SelectionConfig(AppConfig):
    name = "selection"

    def ready(self) -> None:
        # Models come first.
        from products.documents import register_enricher, register_occupants  # noqa: PLC0415
        from search.documents import register  # noqa: PLC0415
        from selection import documents, receivers  # noqa: PLC0415

        register(documents.audition_documents)
        register_enricher(documents.product_fields)
        register_occupants(documents.categories_of_rounds)
        post_migrate.connect(receivers.guard_ledger, sender=self)
