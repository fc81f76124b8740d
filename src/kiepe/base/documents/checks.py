"""Start-up check: the scanner that the settings name is there and fits its port."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string


@register()
def virus_scanner(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """One error where the dotted path leads nowhere or to something that cannot scan."""
    path = settings.VIRUS_SCANNER
    try:
        made = import_string(path)()
    except (ImportError, TypeError):
        return [Error(f"KIEPE_VIRUS_SCANNER nennt {path!r}; dort ist nichts, das prüfen könnte.", id="documents.E001")]
    if not hasattr(made, "present") or not callable(getattr(made, "scan", None)):
        return [Error(f"KIEPE_VIRUS_SCANNER nennt {path!r}; dem fehlt `present` oder `scan`.", id="documents.E002")]
    return []
