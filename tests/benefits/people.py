"""Invented households as answers of the form, for every test of this room."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

NO_DEDUCTIONS = {"pays_tax": False, "pays_health": False, "pays_pension": False}


def income(kind: str, amount: str, **more: Any) -> dict[str, Any]:
    """One income; a month unless `frequency` says otherwise."""
    return {"id": "p1", "kind": kind, "payer": "Muster", "frequency": "monthly", "amount": amount, **more}


def person(number: int, *incomes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A person of the household; number 1 is the one who applies."""
    found: dict[str, Any] = {
        "id": "applicant" if number == 1 else f"p{number}",
        "first_name": ["Erika", "Max", "Mia", "Ole", "Ida", "Jan", "Eva", "Kim"][(number - 1) % 8],
        "last_name": f"Beispiel{'' if number < 9 else number}",
        "birth_date": "1961-03-24",
        "birth_place": "Münster",
        "sex": "female",
        "nationality": "german",
        "activity": "other",
        "applies": [],
    }
    if incomes:
        found["incomes"] = [{**one, "id": f"p{place}"} for place, one in enumerate(incomes, 1)]
        found |= NO_DEDUCTIONS
    return found | more


def child(number: int, *incomes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A child of the one who applies, at school."""
    found = person(number, *incomes, birth_date="2015-05-01", relation="child", activity="child")
    return found | {"kindergeld": True, "custody": "here"} | more


def household(*persons: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A household in a rented flat, rent without heating, nothing special."""
    found: dict[str, Any] = {
        "application_kind": "first",
        "situation": [],
        "street": "Beispielweg 5",
        "postcode": "48143",
        "town": "Münster",
        "centre_of_life": True,
        "persons": list(persons),
        "change_expected": False,
        "much_saved": False,
        "tenure": "tenant",
        "living_area": "58.5",
        "living_since": "2019-04",
        "dwelling_applies": [],
        "rent_total": "335.00",
        "rent_contains": [],
        "landlord": "Wohnbau Beispiel eG",
        "payee": "applicant",
        "account_holder": "Erika Beispiel",
        "iban": "DE89370400440532013000",
    }
    return deepcopy(found | more)


def pensioner(**more: Any) -> dict[str, Any]:
    """One person who rents, with one pension and health insurance."""
    return household(person(1, income("rente", "1300.00"), pays_health=True, activity="retired"), **more)
