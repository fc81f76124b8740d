from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "kiepe.base.documents"
    label = "documents"

    def ready(self) -> None:
        """Registers the check of the virus scanner."""
        import_module("kiepe.base.documents.checks")
