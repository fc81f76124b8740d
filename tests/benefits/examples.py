"""The ministry's published examples as answers of the form."""

from __future__ import annotations

from typing import Any

from tests.benefits.people import child, household, income, pensioner, person

SPOUSE: dict[str, Any] = {"relation": "spouse"}
INSURED = {"pays_health": True, "pays_pension": True}

TYPED: dict[str, dict[str, Any]] = {
    "bmwsb-2025-1": pensioner(),
    "bmwsb-2025-4": household(
        person(1, income("lohn", "2150.00"), **INSURED),
        person(2, **SPOUSE),
        child(3),
        tenure="owner",
        living_area="100",
        burden_basis="parts",
        burden_rare=[],
        interest_year="2400.00",  # 2400 + 2880 + 120 + 36 € × 100 m² = 9000 a year, 750 a month
        repayment_year="2880.00",
        property_tax_year="120.00",
    ),
    "bmwsb-2025-5": household(
        person(1, income("lohn", "1530.00"), **INSURED),
        child(2, income("unterhaltsvorschuss", "348.00")),
        child(3, income("unterhaltsvorschuss", "348.00")),
        rent_total="700.00",
    ),
    "bmwsb-2025-8": household(
        person(1, income("lohn", "2750.00"), pays_tax=True, **INSURED),
        person(2, **SPOUSE),
        child(3, income("lohn", "60.00")),
        child(4),
        child(5),
        rent_total="870.00",
    ),
    "bmwsb-2025-10": household(
        person(1, income("rente", "880.00"), pays_health=True),
        person(2, applies=["benefits"], benefit="sgb2", benefit_status="receives", benefit_housing=True, **SPOUSE),
        rent_total="570.00",
    ),
}
