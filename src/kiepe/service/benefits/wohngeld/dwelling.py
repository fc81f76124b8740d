"""From the answers about the home to the law's Wohnung (§§ 9 to 11 WoGG, WoGV)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from kiepe.service.benefits.wohngeld.answers import Answers, euro

RENTED = frozenset({"tenant", "subtenant", "similar"})
_CONTAINED = {
    "heating": "heizung",
    "hot_water": "warmwasser",
    "energy": "haushaltsenergie",
    "garage": "garage",
    "parking": "stellplatz",
    "services": "dienstleistungen",
}
# Key of the form -> part of the Wohngeld-Lastenberechnung, and the tick that opens it.
_PARTS = {
    "interest_year": ("zinsen", ""),
    "repayment_year": ("tilgung", ""),
    "property_tax_year": ("grundsteuer", ""),
    "administration_year": ("verwaltung", ""),
    "loan_costs_year": ("nebenleistungen", "loan_costs"),
    "guarantee_year": ("buergschaft", "guarantee"),
    "ground_rent_year": ("erbbauzins", "ground_rent"),
    "annuity_year": ("renten", "annuity"),
    "user_fee_year": ("nutzungsentgelt", "user_fee"),
    "heat_year": ("waermelieferung", "heat"),
    "burden_garage_year": ("garage", "garage"),
}
_CENT = Decimal("0.01")
WholeRent = Callable[[dict[str, object]], Decimal | None]


def kind_of_benefit(answers: Answers) -> str:
    """`mietzuschuss` or `lastenzuschuss` (§ 3 WoGG)."""
    return "lastenzuschuss" if answers.text("tenure") == "owner" else "mietzuschuss"


def dwelling(answers: Answers, whole_rent: WholeRent) -> dict[str, object]:
    """The law's `wohnung`. `whole_rent` says what the law takes as rent before any part leaves it (§ 11 Abs. 2)."""
    tenure = answers.text("tenure")
    if tenure == "home":
        return _care_home(answers)
    found: dict[str, object] = {}
    area = answers.number("living_area")
    if area is not None:
        found["wohnflaeche"] = f"{area:f}"
    if tenure in RENTED:
        found |= _rent(answers)
    elif tenure == "own_house":
        found |= _rental_value(answers)
    elif tenure == "owner":
        found |= _burden(answers)
    else:
        answers.missing("tenure", _("Es fehlt, ob Sie zur Miete oder im Eigentum wohnen."))
        return found
    return found | _parts_given_away(answers, found, area, whole_rent)


def _care_home(answers: Answers) -> dict[str, object]:
    if answers.yes("care_home_temporary"):
        text = _("Der Aufenthalt im Heim ist nach eigener Angabe nur vorübergehend. Dann besteht keine Berechtigung.")
        answers.notes.hint("§ 3 Abs. 1 Satz 2 Nr. 3 WoGG", text)
    return {"heim": True}


def _rent(answers: Answers) -> dict[str, object]:
    rent = answers.money("rent_total", _("Es fehlt, wie viel Miete im Monat gezahlt wird."))
    contained = _contained(answers)
    found: dict[str, object] = {}
    if rent is not None:
        found["gesamtmiete" if contained else "bruttokaltmiete"] = euro(rent)
        if contained:
            found["enthalten"] = contained
    if "third_party" in answers.chosen("dwelling_applies"):
        beside = answers.money("third_party_month", _("Es fehlt, wie viel an andere für die Wohnung gezahlt wird."))
        if beside is not None:
            found["an_dritte"] = euro(beside)
    return found


def _contained(answers: Answers) -> dict[str, object]:
    """§ 9 Abs. 2 WoGG, § 6 WoGV: the amount, or true for the flat rate where nobody knows it."""
    found: dict[str, object] = {}
    ticked = answers.chosen("rent_contains")
    for key, field in _CONTAINED.items():
        if key not in ticked:
            continue
        amount = answers.money(key)
        if amount is not None:
            found[field] = euro(amount)
        elif answers.unknown(key) and key != "services":
            found[field] = True
            if key == "heating" and answers.number("living_area") is None:
                sentence = _("Für den festen Betrag der Heizung fehlt die Größe der Wohnung (§ 6 Abs. 2 Nr. 1 WoGV).")
                answers.missing("living_area", sentence)
        elif answers.data.get(key) in (None, ""):
            answers.missing(key, _("Es fehlt, wie viel der Miete auf diesen Teil entfällt."))
    return found


def _rental_value(answers: Answers) -> dict[str, object]:
    if answers.unknown("rental_value"):
        answers.missing("rental_value", _("Der Mietwert ist nicht bekannt. Bitte schätzen und eintragen (§ 7 WoGV)."))
        return {}
    value = answers.money("rental_value", _("Es fehlt, was die Wohnung als Miete kosten würde (§ 9 Abs. 3 WoGG)."))
    return {} if value is None else {"mietwert": euro(value)}


def _burden(answers: Answers) -> dict[str, object]:
    if answers.text("burden_basis") == "total":
        burden = answers.money("burden_month", _("Es fehlt, wie hoch die Belastung im Monat ist."))
        text = _("Die Belastung ist als ganzer Betrag angegeben. Bitte mit der Lastenberechnung vergleichen.")
        answers.notes.hint("§ 10 Abs. 2 WoGG", text)
        return {} if burden is None else {"belastung": euro(burden)}
    parts: dict[str, object] = {}
    ticked = answers.chosen("burden_rare")
    for key, (field, tick) in _PARTS.items():
        if tick and tick not in ticked:
            continue
        needed = _("Es fehlt, wie hoch diese Kosten im Jahr sind.") if tick else ""
        if answers.unknown(key):
            answers.missing(key, _("Dieser Betrag ist nicht bekannt. Bitte aus den Nachweisen eintragen."))
            continue
        amount = answers.money(key, needed)
        if amount is not None:
            parts[field] = euro(amount)
    if answers.number("living_area") is None and "nutzungsentgelt" not in parts:
        sentence = _("Für Instandhaltung und Betrieb fehlt die Größe der Wohnung (§ 13 Abs. 2 WoGV).")
        answers.missing("living_area", sentence)
    return {"belastung_teile": parts}


def _parts_given_away(
    answers: Answers, base: dict[str, object], area: Decimal | None, whole_rent: WholeRent
) -> dict[str, object]:
    """§ 11 Abs. 2 WoGG: what does not count, in the statute's order."""
    ticked = answers.chosen("dwelling_applies")
    found: dict[str, object] = {}
    if "business" in ticked:
        part = _share(answers, "business", base, area, whole_rent)
        if part is not None:
            found["geschaeftlich_genutzt"] = euro(part)
    if "sublet" in ticked:
        found |= _sublet(answers, base, area, whole_rent)
    if "co_residents" in ticked:
        found |= _co_residents(answers)
    for tick, key, field in (
        ("subsidy", "subsidy_month", "oeffentliche_leistungen"),
        ("sponsor", "sponsor_month", "leistungen_68_aufenthg"),
    ):
        if tick in ticked:
            amount = answers.money(key, _("Es fehlt, wie viel andere für die Wohnung dazu zahlen."))
            if amount is not None:
                found[field] = euro(amount)
    return found


def _share(
    answers: Answers,
    part: str,
    base: dict[str, object],
    area: Decimal | None,
    whole_rent: WholeRent,
) -> Decimal | None:
    """The part of the rent: as stated, or by square metres where the size is given. `part`: 'business', 'sublet'."""
    if answers.text(f"{part}_basis") == "amount":
        money_key = "business_month" if part == "business" else "sublet_share"
        return answers.money(money_key, _("Es fehlt, wie viel der Miete auf diesen Teil entfällt."))
    size = answers.number(f"{part}_area")
    if size is None:
        answers.missing(f"{part}_area", _("Es fehlt, wie groß dieser Teil der Wohnung ist."))
        return None
    if not area:
        answers.missing("living_area", _("Es fehlt, wie groß die Wohnung ist."))
        return None
    if size > area or size < 0:
        answers.missing(f"{part}_area", _("Dieser Teil kann nicht größer sein als die ganze Wohnung."))
        return None
    rent = whole_rent(base)
    return None if rent is None else (rent * size / area).quantize(_CENT)


def _sublet(
    answers: Answers, base: dict[str, object], area: Decimal | None, whole_rent: WholeRent
) -> dict[str, object]:
    if answers.text("sublet_basis") == "final":
        final = answers.money("sublet_final", _("Es fehlt, welcher Betrag für den überlassenen Teil abgezogen wurde."))
        return {} if final is None else {"untervermietet": euro(final)}
    share = _share(answers, "sublet", base, area, whole_rent)
    fee = answers.money("sublet_fee", _("Es fehlt, wie viel Sie für den überlassenen Teil bekommen."))
    if share is None:
        return {}
    return {"untervermietung": {"anteil": euro(share)} | ({} if fee is None else {"entgelt": euro(fee)})}


def _co_residents(answers: Answers) -> dict[str, object]:
    if answers.text("co_residents_basis") == "final":
        final = answers.money("co_residents_final", _("Es fehlt, welcher Betrag für Mitbewohner abgezogen wurde."))
        return {} if final is None else {"mitbewohner_anteil": euro(final)}
    people = answers.items("co_residents")
    if not people:
        answers.missing("co_residents", _("Es fehlt, wer noch in der Wohnung wohnt."))
        return {}
    fees = [one.money("fee_month", _("Es fehlt, wie viel die Person im Monat zahlt.")) for one in people]
    return {"mitbewohner": [{} if fee is None else {"entgelt": euro(fee)} for fee in fees]}
