from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "kiepe.cases"
    label = "cases"
