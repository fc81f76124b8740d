"""Whose words the answers about a member are: the member's own, and what only the one who applies says of them."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import kiepe.service.benefits.wohngeld as wohngeld
from kiepe.base.forms.flow import load
from kiepe.base.forms.part_answers import own_answers, told_by_applicant

FLOW = load(Path(wohngeld.__path__[0]) / "form.yaml")  # `relation` is `own: false` there, names are in `item_title`
ANSWERS: dict[str, Any] = {
    "rent_total": "690.00",
    "persons": [
        {"id": "applicant", "first_name": "Erika", "last_name": "Albers"},
        {
            "id": "p2",
            "first_name": "Max",
            "last_name": "Beispiel",
            "relation": "sibling",
            "relation_unknown": True,
            "birth_place": "Telgte",
            "incomes": [{"id": "p1", "income_type": "lohn", "gross_month": "900.00"}],
        },
    ],
    "doubts": [{"rule": "r", "answers": ["persons.1.birth_place"], "stands": True, "reason": "so ist es"}],
}


def test_the_members_own_words() -> None:
    assert own_answers(FLOW, ANSWERS, "p2") == {
        "id": "p2",
        "first_name": "Max",
        "last_name": "Beispiel",
        "birth_place": "Telgte",
        "incomes": [{"id": "p1", "income_type": "lohn", "gross_month": "900.00"}],
    }


def test_what_stays_when_the_member_takes_them_back() -> None:
    assert told_by_applicant(FLOW, ANSWERS, "p2") == {
        "id": "p2",
        "first_name": "Max",
        "last_name": "Beispiel",
        "relation": "sibling",
        "relation_unknown": True,
    }


def test_nobody_and_somebody_unknown_have_none() -> None:
    assert own_answers(FLOW, ANSWERS, "p9") == own_answers(FLOW, ANSWERS, "") == {}
    assert told_by_applicant(FLOW, ANSWERS, "p9") == {"id": "p9"}


def test_nothing_is_changed_by_looking() -> None:
    before = deepcopy(ANSWERS)
    own_answers(FLOW, ANSWERS, "p2").clear()
    told_by_applicant(FLOW, ANSWERS, "p2").clear()
    assert before == ANSWERS
