from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "kiepe.base.forms"
    label = "forms"
