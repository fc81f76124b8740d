"""A proposal, decided as proposed, becomes a notice that states what § 24 Abs. 3 WoGG demands."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from kiepe.base.catalogue import pack
from kiepe.cases.assessment import Facts
from kiepe.cases.case_type import CaseType
from kiepe.cases.notice import DecisionFacts
from kiepe.service.benefits.wohngeld.case_type import WOHNGELD as CASE_TYPE
from tests.benefits.people import pensioner


@pytest.fixture
def _real_city(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    pack.forget()


def notice(case_type: CaseType) -> str:
    facts = Facts(pensioner(), date(2026, 1, 15))
    proposal = case_type.assessment.propose(facts)
    decision = DecisionFacts(
        number="WG-2026-000001",
        kind="grant",
        periods=proposal.periods,
        reasons="",
        received=facts.received,
        decided_on=date(2026, 1, 20),
        decided_by="Ayşe Beispiel",
        office={"name": "Wohngeldstelle", "address": "Beispielplatz 1, 48143 Münster", "phone": "115", "mail": ""},
        recipient=("Erika Beispiel", "Beispielweg 5", "48143 Münster"),
        salutation="Guten Tag Erika Beispiel,",
        facts=facts,
        proposal=proposal,
    )
    return json.dumps(case_type.notice.write(decision).as_data(), ensure_ascii=False)


@pytest.mark.usefixtures("_real_city")
def test_amount_rent_and_income_stand_on_the_notice() -> None:
    text = notice(CASE_TYPE)
    rent, income = Decimal("335.00"), Decimal("1291.50")  # 15,600 less 102 (§ 9a EStG), a twelfth
    assert f"{rent:.2f}".replace(".", ",") in text
    assert "1.291,50" in text
    assert income == (Decimal(15600) - 102) / 12
    assert "Mietzuschuss" in text
    assert "1. Januar 2026 bis 31. Dezember 2026" in text
