from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "products"

    def ready(self) -> None:
        # Models must be loaded first.
        from media_pipeline.documents import register_enricher  # noqa: PLC0415
        from products import documents, receivers  # noqa: F401, PLC0415
        from search.documents import register  # noqa: PLC0415

        register(documents.product_documents)
        register(documents.category_documents)
        register_enricher(documents.category_path_of_videos)
