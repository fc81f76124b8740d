from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "kiepe.base.catalogue"
    label = "catalogue"
