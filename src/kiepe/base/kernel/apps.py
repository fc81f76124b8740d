from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "kiepe.base.kernel"
    label = "kernel"
