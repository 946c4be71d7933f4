from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "products"

    def ready(self) -> None:
        from products import receivers  # noqa: F401, PLC0415 - models must be loaded first
        from products.documents import product_documents  # noqa: PLC0415 - likewise
        from search.documents import register  # noqa: PLC0415 - likewise

        register(product_documents)
