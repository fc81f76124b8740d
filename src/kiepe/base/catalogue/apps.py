from importlib import import_module

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "kiepe.base.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Registers the check of the city pack."""
        import_module("kiepe.base.catalogue.checks")
