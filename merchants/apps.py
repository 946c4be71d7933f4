from django.apps import AppConfig


class MerchantsConfig(AppConfig):
    name = "merchants"

    def ready(self) -> None:
        from merchants import receivers  # noqa: F401, PLC0415 - models must be loaded first
