"""Whether a change must be told or may be applied for: § 27 Abs. 1 and 3 WoGG, against the figures of the notice."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from kiepe.cases.assessment import Period
from kiepe.cases.explaining import Verdict

MORE = Decimal("0.10")  # 'um mehr als 10 Prozent', § 27 Abs. 1 Satz 1 Nr. 2 and 3
NOTABLE = Decimal("0.15")  # 'um mehr als 15 Prozent', § 27 Abs. 3 Satz 1 Nr. 2 and 3


def verdicts(now: Period, then: Period) -> tuple[Verdict, ...]:
    """The duties first, then the right to apply; one calm sentence where there is neither."""
    found = [*_must(now, then), *_may(now, then)]
    if found:
        return tuple(found)
    if then.amount > now.amount:
        text = _("Für mehr Wohngeld in dieser Zeit ist die Änderung zu klein. Im nächsten Antrag zählt sie mit.")
        return (Verdict("free", text, "§ 27 Abs. 1 WoGG"),)
    text = _("Diese Änderung müssen Sie nicht melden. Sie dürfen es trotzdem gern tun.")
    return (Verdict("free", text, "§ 27 Abs. 3 WoGG"),)


def _must(now: Period, then: Period) -> list[Verdict]:
    """§ 27 Abs. 3 Satz 1: fewer members, 15 percent less rent, 15 percent more income."""
    found = []
    if _number(then, "members_considered") < _number(now, "members_considered"):
        text = _("Das müssen Sie uns gleich sagen: Weniger Personen zählen mit.")
        found.append(Verdict("must", text, "§ 27 Abs. 3 Satz 1 Nr. 1 WoGG"))
    if _number(then, "rent") < _number(now, "rent") * (1 - NOTABLE):
        text = _("Das müssen Sie uns gleich sagen: Die Miete oder Belastung sinkt um mehr als 15 Prozent.")
        found.append(Verdict("must", text, "§ 27 Abs. 3 Satz 1 Nr. 2 WoGG"))
    if _number(then, "income") > _number(now, "income") * (1 + NOTABLE):
        text = _("Das müssen Sie uns gleich sagen: Das Einkommen steigt um mehr als 15 Prozent.")
        found.append(Verdict("must", text, "§ 27 Abs. 3 Satz 1 Nr. 3 WoGG"))
    return found


def _may(now: Period, then: Period) -> list[Verdict]:
    """§ 27 Abs. 1: more members, 10 percent more of what counts of the rent, 10 percent less income; and more money."""
    if then.amount <= now.amount:
        return []
    found = []
    if _number(then, "members_considered") > _number(now, "members_considered"):
        text = _("Sie können mehr Wohngeld beantragen, weil mehr Personen zählen.")
        found.append(Verdict("may", text, "§ 27 Abs. 1 Satz 1 Nr. 1 WoGG"))
    if _bare_rent(then) > _bare_rent(now) * (1 + MORE):
        text = _("Sie können mehr Wohngeld beantragen, weil die Miete oder Belastung um mehr als 10 Prozent steigt.")
        found.append(Verdict("may", text, "§ 27 Abs. 1 Satz 1 Nr. 2 WoGG"))
    if _number(then, "income_considered") < _number(now, "income_considered") * (1 - MORE):
        text = _("Sie können mehr Wohngeld beantragen, weil das Einkommen um mehr als 10 Prozent sinkt.")
        found.append(Verdict("may", text, "§ 27 Abs. 1 Satz 1 Nr. 3 WoGG"))
    return found


def _bare_rent(period: Period) -> Decimal:
    """What counts of the rent, without the relief for heating (§ 27 Abs. 1 Satz 1 Nr. 2)."""
    return _number(period, "rent_considered") - _number(period, "heating")


def _number(period: Period, name: str) -> Decimal:
    return Decimal(period.figures[name])
