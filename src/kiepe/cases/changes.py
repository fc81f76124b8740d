"""Kinds of changes: what people read beside each, and which duty a report fulfils."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kiepe.cases.case_type import Duty
from kiepe.cases.models import Case, ChangeKind, ChangeReport
from kiepe.cases.types import case_type

GENERAL = "§ 60 Abs. 1 Satz 1 Nr. 2 SGB I"  # from the application on: changes that matter, at once


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind to choose from, with examples."""

    value: str
    label: str
    hint: str


def choices() -> list[Choice]:
    """All kinds, in the order in which they are offered."""
    hints = {
        ChangeKind.MOVED: _("Auch wenn Sie die Wohnung nur aufgeben."),
        ChangeKind.HOUSEHOLD: _("Zum Beispiel: Trennung, Geburt, ein Kind zieht aus."),
        ChangeKind.INCOME: _("Zum Beispiel: neue Arbeit, mehr oder weniger Stunden, höhere Rente."),
        ChangeKind.RENT: _("Auch wenn die Miete sinkt."),
        ChangeKind.BENEFIT: _("Zum Beispiel: Bürgergeld, Grundsicherung, BAföG, Krankengeld."),
        ChangeKind.BANK: _("Schreiben Sie unten die neue IBAN und wem das Konto gehört."),
        ChangeKind.DEATH: _("Ein kurzer Satz genügt. Wir melden uns bei Ihnen."),
        ChangeKind.OTHER: "",
    }
    return [Choice(kind.value, str(kind.label), hints[kind]) for kind in ChangeKind]


def duty(case: Case, report: ChangeReport) -> Duty:
    """Which duty the report fulfils: before the decision the general one, after it that of the Leistung."""
    own = case_type(case.case_type).duties.get(report.kind) if report.decided else None
    return own or Duty(GENERAL, _("Änderungen, die für die Leistung erheblich sind, müssen sofort mitgeteilt werden."))
