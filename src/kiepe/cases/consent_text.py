"""The words of the consent to delivery in the portal. A change of the words is a new VERSION: both are recorded."""

from __future__ import annotations

from django.utils.translation import gettext as _

VERSION = "2026-1"


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
