from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "kiepe.base.forms"
    label = "forms"

    def ready(self) -> None:
        from kiepe.base.forms import news

        news.listen()
