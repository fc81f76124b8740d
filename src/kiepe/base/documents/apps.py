from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "kiepe.base.documents"
    label = "documents"
