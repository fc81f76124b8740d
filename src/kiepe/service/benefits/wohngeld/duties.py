"""Which duty of the WoGG a reported change fulfils after the decision, and what the caseworker looks at then."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kiepe.cases.case_type import Duty
from kiepe.cases.models import ChangeKind

DUTIES = {
    ChangeKind.MOVED.value: Duty(
        "§ 28 Abs. 1 Satz 2 WoGG",
        _(
            "Nutzt kein berücksichtigtes Mitglied die Wohnung mehr, wird der Bescheid vom Ersten des nächsten Monats "
            "an unwirksam, bei Auszug zum Ersten sofort."
        ),
    ),
    ChangeKind.HOUSEHOLD.value: Duty(
        "§ 27 Abs. 3 Satz 1 Nr. 1 WoGG",
        _(
            "Weniger Mitglieder: von Amts wegen neu entscheiden (§ 27 Abs. 2 Satz 1 Nr. 1). Mehr Mitglieder: auf "
            "Antrag neu bewilligen (§ 27 Abs. 1 Satz 1 Nr. 1)."
        ),
    ),
    ChangeKind.INCOME.value: Duty(
        "§ 27 Abs. 3 Satz 1 Nr. 3 WoGG",
        _(
            "Gesamteinkommen um mehr als 15 Prozent höher: von Amts wegen neu entscheiden (§ 27 Abs. 2 Satz 1 Nr. 3). "
            "Um mehr als 10 Prozent niedriger: auf Antrag neu bewilligen (§ 27 Abs. 1 Satz 1 Nr. 3)."
        ),
    ),
    ChangeKind.RENT.value: Duty(
        "§ 27 Abs. 3 Satz 1 Nr. 2 WoGG",
        _(
            "Miete oder Belastung um mehr als 15 Prozent niedriger: von Amts wegen neu entscheiden (§ 27 Abs. 2 Satz 1 "
            "Nr. 2). Um mehr als 10 Prozent höher: auf Antrag neu bewilligen, auch rückwirkend (§ 27 Abs. 1 Satz 2)."
        ),
    ),
    ChangeKind.BENEFIT.value: Duty(
        "§ 28 Abs. 4 Satz 1 WoGG",
        _("Ist ein berücksichtigtes Mitglied ausgeschlossen (§§ 7, 8), wird der Bescheid unwirksam (§ 28 Abs. 3)."),
    ),
    ChangeKind.BANK.value: Duty(
        "§ 60 Abs. 1 Satz 1 Nr. 2 SGB I",
        _("Prüfen Sie, wem das Konto gehört, bevor die nächste Zahlung dorthin geht."),
    ),
    ChangeKind.DEATH.value: Duty(
        "§ 27 Abs. 3 Satz 1 Nr. 1 WoGG",
        _(
            "Die Zahl der Mitglieder bleibt zwölf Monate nach dem Sterbemonat dieselbe, solange die Wohnung behalten "
            "wird und niemand dazukommt (§ 6 Abs. 2). Lebte die Person allein, wird der Bescheid unwirksam "
            "(§ 28 Abs. 1, § 30)."
        ),
    ),
}
