"""The seal of this installation (settings.SEAL), checked at start."""

from __future__ import annotations

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

from kiepe.base.documents.seal.port import Seal


def seal() -> Seal | None:
    """The seal, or None where the installation has none: then every notice goes by post."""
    if not settings.SEAL:
        return None
    found: Seal = import_string(settings.SEAL)
    return found


def check(**_: object) -> list[CheckMessage]:
    """The dotted path leads to a Seal; outside of a demo to a qualified one."""
    if not settings.SEAL:
        return []
    try:
        found = import_string(settings.SEAL)
    except ImportError as trouble:
        return [Error(f"KIEPE_SEAL: {settings.SEAL} lässt sich nicht laden: {trouble}", id="documents.E001")]
    if not isinstance(found, Seal):
        sentence = "kann nicht, was documents/seal/port.py verlangt (name, qualified, words, seal, read)."
        return [Error(f"KIEPE_SEAL: {settings.SEAL} {sentence}", id="documents.E002")]
    if not found.qualified and not settings.DEMO:
        sentence = "ist kein qualifiziertes Siegel und gehört nur in eine Vorführung (§ 36a Abs. 2a SGB I)."
        return [Error(f"KIEPE_SEAL: {settings.SEAL} {sentence}", id="documents.E003")]
    return []
