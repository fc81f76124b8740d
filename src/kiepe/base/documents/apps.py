from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register


class DocumentsConfig(AppConfig):
    name = "kiepe.base.documents"
    label = "documents"

    def ready(self) -> None:
        """Registers the checks of the virus scanner and of the seal."""
        import_module("kiepe.base.documents.checks")
        register(import_module("kiepe.base.documents.seal.chosen").check, "documents")
