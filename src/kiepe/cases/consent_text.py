"""The words of the consent to delivery in the portal. A change of the words is a new VERSION: both are recorded."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

VERSION = "2026-1"


def version() -> str:
    """Which words the reader has before them: the version, and the language where it is not German."""
    language = get_language() or settings.LANGUAGE_CODE
    return VERSION if language == settings.LANGUAGE_CODE else f"{VERSION} {language}"


def paragraphs() -> tuple[str, ...]:
    """What somebody agrees to (§ 37 Abs. 2a SGB X)."""
    return (
        _("Ich bin einverstanden, dass ich den Bescheid zu diesem Vorgang hier im Serviceportal abrufe."),
        _("Die Stadt schreibt mir eine Mail, sobald er bereitliegt. Ich melde mich dann mit meinem Konto an."),
        _(
            "Ich weiß: Der Bescheid gilt am vierten Tag nach dem Absenden dieser Mail als bekannt gegeben, auch wenn "
            "ich ihn nicht abrufe. Von da an läuft die Frist, in der ich mich wehren kann."
        ),
        _("Ich kann diese Einwilligung jederzeit für die Zukunft widerrufen. Dann kommt der Bescheid als Brief."),
    )
