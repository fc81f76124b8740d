from django.apps import AppConfig
from django.core.checks import register


class CasesConfig(AppConfig):
    name = "kiepe.cases"
    label = "cases"

    def ready(self) -> None:
        from kiepe.cases import receivers, types

        assert receivers
        register(types.check, "cases")
