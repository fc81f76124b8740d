from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "kiepe.base.inbox"
    label = "inbox"
