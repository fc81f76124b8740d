"""Decisions for the notice's tests. The calculation is the ministry's example 4 of 2025 where figures matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kiepe.cases.assessment import Correction, Facts, Hint, Outcome, Period, Proposal, Step
from kiepe.cases.notice import DecisionFacts

OFFICE = {
    "city": "Stadt Münster",
    "name": "Amt für Wohnungswesen, Wohngeldstelle",
    "address": "Beispielstraße 10\n48143 Münster",
    "phone": "115",
    "email": "wohngeld@stadt-muenster.example",
}
STEPS = (
    Step("§ 14 Abs. 1 WoGG, § 19 EStG", "Erika: Lohn, 12 × 2.150,00 €", "25.800,00 €"),
    Step("§ 9a Satz 1 Nr. 1 EStG", "Erika: Arbeitnehmer-Pauschbetrag", "− 1.230,00 €"),
    Step("§ 16 Nr. 1 WoGG", "Abzug für Steuern vom Einkommen, 10 Prozent", "− 2.457,00 €"),
    Step("§ 16 Nr. 2 WoGG", "Abzug für Kranken- und Pflegeversicherung, 10 Prozent", "− 2.457,00 €"),
    Step("§ 13 Abs. 2 WoGG", "Monatliches Gesamteinkommen (Y)", "1.638,00 €"),
    Step("§ 12 Abs. 1 WoGG", "Höchstbetrag für 3 Personen, Mietenstufe I", "521,00 €"),
    Step("§ 12 Abs. 6 WoGG", "Entlastung bei den Heizkosten", "170,20 €"),
    Step("§ 12 Abs. 7 WoGG", "Klimakomponente", "29,60 €"),
    Step("§ 19 Abs. 1 WoGG", "1,15 · (M − (a + b · M + c · Y) · Y)", "320,32 €"),
    Step("§ 19 WoGG", "Wohngeld im Monat", "320 €"),
)
FIGURES = {"benefit": "Lastenzuschuss", "rent": "750.00", "income": "2047.50"}
ANSWERS: Mapping[str, Any] = {
    "payee": "applicant",
    "account_holder": "Erika Beispiel",
    "iban": "DE02120300000000202051",
}


def period(start: date, end: date, amount: int, **more: Any) -> Period:
    return Period(start, end, amount, **({"steps": STEPS, "figures": FIGURES} | more))


def decision(**changes: Any) -> DecisionFacts:
    """A grant of twelve months, changed as the test needs it. `title`, `hints` go to the proposal."""
    periods = changes.get("periods", (period(date(2026, 11, 1), date(2027, 10, 31), 320),))
    corrections: tuple[Correction, ...] = changes.pop("corrections", ())
    proposal = Proposal(
        Outcome.GRANT,
        periods,
        hints=changes.pop("hints", ()),
        law_as_of=date(2025, 1, 1),
        title=changes.pop("title", "Lastenzuschuss"),
    )
    return DecisionFacts(
        **{
            "number": "WG-2026-000017",
            "kind": "grant",
            "periods": periods,
            "reasons": "",
            "received": date(2026, 11, 3),
            "decided_on": date(2026, 11, 20),
            "decided_by": "Ayşe Yılmaz",
            "office": OFFICE,
            "recipient": ("Erika Beispiel", "Hinterhaus, 3. Stock", "Musterweg 4", "48149 Münster"),
            "salutation": "Guten Tag Erika Beispiel,",
            "facts": Facts(changes.pop("answers", ANSWERS), date(2026, 11, 3), corrections),
            "proposal": proposal,
            **changes,
        }
    )


LAW_HINT = Hint(
    "§ 41 WoGG",
    "Zum 01.01.2027 ist eine Änderung des Wohngeldrechts angekündigt, aber noch nicht in Kraft. "
    "Gerechnet ist nach heutigem Recht; der Teil des Zeitraums ab 2027 ist vor der Entscheidung zu prüfen.",
)


def split() -> DecisionFacts:
    """Two amounts and a part without any, a correction, own words, a self-employed member, a change of law ahead."""
    business = (Step("§ 14 Abs. 1 WoGG, § 18 EStG", "Jonas: Einkünfte aus selbständiger Arbeit", "6.000,00 €"), *STEPS)
    return decision(
        periods=(
            period(date(2026, 9, 1), date(2026, 12, 31), 320),
            period(date(2027, 1, 1), date(2027, 6, 30), 287, steps=business, figures=FIGURES | {"income": "2547.50"}),
            period(
                date(2027, 7, 1), date(2027, 8, 31), 0,
                reason="Das Wohngeld läge unter 10 € im Monat (§ 21 Nr. 1 WoGG).", steps=STEPS[:3], figures={},
            ),
        ),
        reasons="Jonas verdient ab Januar aus freier Tätigkeit.\n\nGrundlage ist die Schätzung vom 5. November.",
        corrections=(
            Correction("persons.1.jobs.0.gross_month", "500.00", "Laut Vertrag sind es 500 €.", date(2027, 1, 1)),
            Correction("rent_total", "750.00", "Die Stellplatzmiete zählt nicht mit (§ 9 Abs. 2 WoGG)."),
        ),
        hints=(LAW_HINT,),
    )  # fmt: skip


def rejection() -> DecisionFacts:
    return decision(
        kind="reject",
        periods=(
            period(
                date(2026, 11, 1), date(2027, 10, 31), 0,
                reason="Das Gesamteinkommen ist zu hoch: Es ergibt sich kein Wohngeld (§ 19 WoGG).",
            ),
        ),
        reasons="Ihr Lohn ist seit Oktober gestiegen. Die neue Abrechnung liegt vor.",
    )  # fmt: skip
