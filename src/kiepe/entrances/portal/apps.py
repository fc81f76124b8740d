from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "kiepe.entrances.portal"
    label = "portal"
