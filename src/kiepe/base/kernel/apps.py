from django.apps import AppConfig
from django.core.checks import register


class KernelConfig(AppConfig):
    name = "kiepe.base.kernel"
    label = "kernel"

    def ready(self) -> None:
        from kiepe.base.kernel import privacy

        register(privacy.check)
