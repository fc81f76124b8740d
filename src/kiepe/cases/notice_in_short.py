"""What a notice says, in short and in the reader's language. The notice itself is German (§ 19 Abs. 1 SGB X)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from kiepe.base.ui.templatetags.ui import day, full_euro
from kiepe.cases.models import Decision


def in_short(decision: Decision) -> list[str]:
    """Whether, how much and for which time, then what one can do; no more than the decision says."""
    periods = [(int(one["amount"]), _span(one["start"], one["end"])) for one in decision.periods]
    granted = [_granted(amount, span) for amount, span in periods if amount]
    if not granted:
        told = [_("Wir haben Ihren Antrag abgelehnt. Sie bekommen kein Geld. Der Grund steht im Bescheid.")]
    else:
        refused = [
            _("In der Zeit vom %(span)s bekommen Sie kein Geld.") % {"span": span} for sum_, span in periods if not sum_
        ]
        told = [*granted, *refused, _("Ändert sich etwas bei Ihnen? Dann sagen Sie es uns gleich.")]
    return [
        *told,
        _("Sind Sie nicht einverstanden? Am Ende des Bescheids steht, was Sie tun können und bis wann."),
        _("Verstehen Sie etwas nicht? Rufen Sie uns an."),
    ]


def _granted(amount: int, span: str) -> str:
    return _("Sie bekommen %(amount)s im Monat. Das gilt vom %(span)s.") % {"amount": full_euro(amount), "span": span}


def _span(start: str, end: str) -> str:
    return _("%(start)s bis %(end)s") % {"start": day(date.fromisoformat(start)), "end": day(date.fromisoformat(end))}
