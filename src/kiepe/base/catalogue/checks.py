"""Start-up check: `manage.py check` and everything that runs it names what is wrong with the city pack."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from kiepe.base.catalogue import pack


@register()
def city_pack(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """One error a finding; the sentence names file and line."""
    return [Error(sentence, id="catalogue.E001") for sentence in pack.check(settings.CITY_PACK)]
