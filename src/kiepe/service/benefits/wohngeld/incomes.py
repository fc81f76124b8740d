"""From the answers about one income to the law's Einkünfte (§§ 14, 15 WoGG)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kiepe.service.benefits.wohngeld.answers import Answers, euro

LOSSES = frozenset({"selbststaendig", "gewerbe", "land_forst", "vermietung"})
ENDS_SOON = frozenset(
    {"arbeitslosengeld", "krankengeld", "kurzarbeitergeld", "mutterschaftsgeld", "elterngeld", "elterngeld_plus"}
)
BUSINESS = frozenset({"selbststaendig", "gewerbe", "land_forst"})
# Letters that the law needs beside the number: Nr. 20 a is maintenance, b what a Versorgungsausgleich brings.
_LETTER = {"20": "20b"}


def incomes(person: Answers, name: str) -> list[dict[str, object]]:
    """Every Einkunft of one person; one income of the form can be several of the law (wage, bonus, surcharges)."""
    return [entry for item in person.items("incomes") for entry in _entries(item, name)]


def _entries(item: Answers, name: str) -> list[dict[str, object]]:
    kind = item.text("kind")
    if not kind:
        item.missing("kind", _("Es fehlt, was für ein Einkommen %(name)s hat.") % {"name": name})
        return []
    sentence = _("Es fehlt, wie hoch dieses Einkommen von %(name)s ist.") % {"name": name}
    amount = item.money("amount", sentence, negative=kind in LOSSES)
    if amount is None:
        return []
    _look_at(kind, item, name)
    entry: dict[str, object] = {"art": kind}
    frequency = item.text("frequency") or "monthly"
    if frequency == "monthly":
        entry["monat"] = euro(amount)
    else:
        entry["jahr"] = euro(amount)
    if frequency == "once":
        entry |= _once(item)
    if kind == "sonstige":
        number = item.text("other_kind")
        if number and number != "none":
            entry["nummer"] = _LETTER.get(number, number)
    if kind == "unterhalt_erhalten":
        entry |= _maintenance(item, name)
    expenses = item.money("expenses_year")
    if expenses:
        entry["werbungskosten_jahr"] = euro(expenses)
    return [entry, *_beside(item, kind)]


def _once(item: Answers) -> dict[str, object]:
    """§ 15 Abs. 2 WoGG: a payment that comes once, with its day and the time it is for."""
    found: dict[str, object] = {"einmalig": True}
    received = item.day("received_on")
    if received is not None:
        found["zufluss"] = received.isoformat()
    if item.yes("for_period"):
        start = item.day("period_from", _("Es fehlt, wann der Zeitraum dieser Zahlung beginnt."))
        end = item.day("period_to", _("Es fehlt, wann der Zeitraum dieser Zahlung endet."))
        if start is not None and end is not None:
            found |= {"von": start.isoformat(), "bis": end.isoformat()}
    elif received is None:
        item.missing("received_on", _("Es fehlt, wann die einmalige Zahlung kam oder kommt."))
    return found


def _maintenance(item: Answers, name: str) -> dict[str, object]:
    """§ 14 Abs. 2 Nr. 19 and 20 WoGG."""
    found: dict[str, object] = {}
    if item.text("maintenance_payer"):
        found["zahler"] = item.text("maintenance_payer")
    else:
        sentence = _("Es fehlt, wer den Unterhalt an %(name)s zahlt (§ 14 Abs. 2 Nr. 19 und 20 WoGG).")
        item.missing("maintenance_payer", sentence % {"name": name})
    if item.yes("maintenance_for_care"):
        found["fuer_pflege"] = True
    return found


def _beside(item: Answers, kind: str) -> list[dict[str, object]]:
    """What comes beside a wage: § 15 Abs. 3, § 14 Abs. 2 Nr. 11 and 14 WoGG."""
    found: list[dict[str, object]] = []
    bonus, surcharge = item.money("bonus_year"), item.money("surcharge_month")
    scheme = item.money("pension_scheme_month")
    if bonus:
        found.append({"art": kind, "jahr": euro(bonus)})
    if surcharge:
        found.append({"art": "steuerfreie_zuschlaege", "monat": euro(surcharge)})
    if scheme:
        found.append({"art": "sonstige", "nummer": "14", "monat": euro(scheme)})
    return found


def _look_at(kind: str, item: Answers, name: str) -> None:
    """Hints that follow from the kind alone."""
    if kind in ENDS_SOON and item.text("frequency") != "once":
        text = _(
            "Eine Leistung an %(name)s wird meist nur für begrenzte Zeit gezahlt. Bitte das Ende prüfen und den "
            "Zeitraum teilen oder verkürzen, wenn sie vorher endet."
        )
        item.notes.hint("§ 15 Abs. 4, § 25 Abs. 1 Satz 2 WoGG", text % {"name": name})
    if kind in BUSINESS:
        text = _(
            "%(name)s hat Gewinneinkünfte. Die Bewilligung kann mit der Auflage verbunden werden, den "
            "Einkommensteuerbescheid vorzulegen."
        )
        item.notes.hint("§ 24 Abs. 4 WoGG", text % {"name": name})
