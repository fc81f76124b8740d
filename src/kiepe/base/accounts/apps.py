from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kiepe.base.accounts"
    label = "accounts"
