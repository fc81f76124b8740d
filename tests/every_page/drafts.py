"""Drafts whose answers open every page of questions of the Wohngeld form, rare branches included."""

from __future__ import annotations

from typing import Any

from tests.benefits.people import child, household, income, person

ALL_OF_A_PERSON = {
    "applies": ["benefits", "training", "disability", "long_insured", "maintenance", "persecuted"],
    "benefit": "sgb2",
    "benefit_status": "counted",
    "benefit_housing": False,
    "insured_basis": "months",
    "maintenance": [{"id": "p1", "titled": True}],
}
RARE_DWELLING = ["third_party", "business", "sublet", "co_residents", "subsidy", "sponsor"]


def _people() -> list[dict[str, Any]]:
    pay = income("lohn", "2100.00")
    bonus = income("lohn", "900.00", frequency="once")
    return [
        person(1, pay, bonus, **{**ALL_OF_A_PERSON, "benefit_status": "receives"}),
        person(2, income("sonstige", "50.00"), relation="spouse", nationality="other", **ALL_OF_A_PERSON),
        child(3, applies=["benefits"], benefit="sgb2", benefit_status="receives"),
        child(4, relation="grandchild", nationality="other"),
    ]


def everything() -> list[dict[str, Any]]:
    """One draft a kind of housing; together they open every page of the form."""
    first = {"situation": ["death", "refused", "by_other"], "post_elsewhere": True, "much_saved": True}
    tenant = {
        "dwelling_applies": RARE_DWELLING,
        "rent_contains": ["heating", "hot_water", "energy", "garage", "parking", "services"],
        "business_basis": "area",
        "sublet_basis": "amount",
        "co_residents_basis": "persons",
        "co_residents": [{"id": "p1"}],
    }
    return [
        household(*_people(), **first, **tenant),
        household(person(1), tenure="owner", burden_basis="parts", application_kind="renewal"),
        household(person(1), tenure="own_house", application_kind="change"),
        household(person(1), tenure="home"),
    ]
