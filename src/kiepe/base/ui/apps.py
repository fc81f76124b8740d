from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kiepe.base.ui"
    label = "ui"
