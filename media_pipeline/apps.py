from django.apps import AppConfig


class MediaPipelineConfig(AppConfig):
    name = "media_pipeline"

    def ready(self) -> None:
        # Models can be imported only now.
        from media_pipeline import documents, receivers  # noqa: F401, PLC0415

        documents.register_documents()
