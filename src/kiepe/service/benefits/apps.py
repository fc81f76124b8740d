from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "kiepe.service.benefits"
    label = "benefits"
