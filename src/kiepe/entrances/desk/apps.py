from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "kiepe.entrances.desk"
    label = "desk"
