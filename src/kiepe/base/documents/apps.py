from django.apps import AppConfig
from django.core.checks import register


class DocumentsConfig(AppConfig):
    name = "kiepe.base.documents"
    label = "documents"

    def ready(self) -> None:
        from kiepe.base.documents.seal import chosen

        register(chosen.check, "documents")
