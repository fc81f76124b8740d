"""What would be if: expected amounts from `kiepe law`'s published examples, duties from § 27 WoGG by hand."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kiepe.cases.assessment import Correction, Facts, Period
from kiepe.cases.explaining import Decided, Estimate
from kiepe.service.benefits.wohngeld import what_if_duties
from kiepe.service.benefits.wohngeld.assess import WohngeldAssessment
from kiepe.service.benefits.wohngeld.what_if import WhatIfWohngeld
from tests.benefits.examples import TYPED

DAY = date(2026, 11, 20)
WHAT_IF = WhatIfWohngeld(WohngeldAssessment())


def decided(answers: dict[str, Any], corrections: tuple[Correction, ...] = ()) -> Decided:
    facts = Facts(answers, DAY, corrections)
    proposal = WohngeldAssessment().propose(facts)
    return Decided("grant", proposal.title, proposal.periods, DAY, facts, DAY)


def ask(found: Decided, **typed: str) -> Estimate:
    now = {one.key: one.now for one in WHAT_IF.questions(found)}
    assert typed.keys() <= now.keys()
    return WHAT_IF.estimate(found, {**now, **typed})


def test_nothing_changed_gives_the_same() -> None:
    for answers in TYPED.values():
        found = decided(answers)
        told = ask(found)
        assert (told.errors, told.problems) == ({}, ())
        assert told.before == told.after == found.periods[0].amount
        assert [one.kind for one in told.verdicts] == ["free"]


def test_from_one_published_example_to_another(in_mietenstufe: Callable[[int], None]) -> None:
    """Example 5 of 2025 (step VI): 372 € for a wage of 1.530 € and a rent of 700 €; type it over a poorer start."""
    in_mietenstufe(6)
    poorer = deepcopy(TYPED["bmwsb-2025-5"])
    poorer["rent_total"] = "600.00"
    poorer["persons"][0]["incomes"][0]["amount"] = "1400.00"
    told = ask(decided(poorer), rent_total="700", p0i0="1.530,00 €")
    assert told.after == 372


def test_what_was_corrected_counts() -> None:
    correction = Correction("rent_total", "400.00", "Vertrag")
    found = decided(TYPED["bmwsb-2025-1"], (correction,))
    assert {one.key: one.now for one in WHAT_IF.questions(found)}["rent_total"] == "400,00"
    assert ask(found).after == found.periods[0].amount


def test_answers_stay_untouched() -> None:
    answers = deepcopy(TYPED["bmwsb-2025-5"])
    found = decided(answers)
    ask(found, rent_total="900,00", people="child")
    ask(found, people="minus1")
    assert answers == TYPED["bmwsb-2025-5"]


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        # Example 1: rent 335 €, pension 1.300 €; income in the notice (15.600 − 102) / 12 = 1.291,50 €.
        ({"rent_total": "368,50"}, {"free"}),  # exactly 10 percent more is not more than 10 percent
        ({"rent_total": "368,51"}, {"may"}),  # § 27 Abs. 1 Satz 1 Nr. 2
        ({"rent_total": "284,75"}, {"free"}),  # exactly 15 percent less
        ({"rent_total": "284,74"}, {"must"}),  # § 27 Abs. 3 Satz 1 Nr. 2
        ({"p0i0": "1493,72"}, {"free"}),  # (12 × 1.493,72 − 102) / 12 = 1.485,22; the limit is 1.485,225
        ({"p0i0": "1493,73"}, {"must"}),  # 1.485,23: § 27 Abs. 3 Satz 1 Nr. 3
        ({"p0i0": "1170,85"}, {"free"}),  # (1.170,85 − 8,50) × 0,9 = 1.046,115; the limit is exactly 1.046,115
        ({"p0i0": "1170,84"}, {"may"}),  # § 27 Abs. 1 Satz 1 Nr. 3
        ({"people": "adult"}, {"may"}),  # § 27 Abs. 1 Satz 1 Nr. 1
    ],
)
def test_duties_by_hand(typed: dict[str, str], kinds: set[str]) -> None:
    told = ask(decided(TYPED["bmwsb-2025-1"]), **typed)
    assert {one.kind for one in told.verdicts} == kinds, told


def test_one_person_less_must_be_told() -> None:
    told = ask(decided(TYPED["bmwsb-2025-5"]), people="minus2")
    assert "§ 27 Abs. 3 Satz 1 Nr. 1 WoGG" in [one.norm for one in told.verdicts]


def test_one_child_more_may_be_applied_for() -> None:
    told = ask(decided(TYPED["bmwsb-2025-5"]), people="child")
    assert told.after is not None
    assert told.before is not None
    assert told.after > told.before
    assert "§ 27 Abs. 1 Satz 1 Nr. 1 WoGG" in [one.norm for one in told.verdicts]


def test_a_rent_above_the_cap_brings_no_more() -> None:
    """What counts of a rent is capped (§ 11 Abs. 1 WoGG), so nothing can be applied for."""
    rich = {**TYPED["bmwsb-2025-1"], "rent_total": "700.00"}
    told = ask(decided(rich), rent_total="900,00")
    assert told.after == told.before
    assert {one.kind for one in told.verdicts} == {"free"}


def test_a_wage_for_who_had_none() -> None:
    told = ask(decided(TYPED["bmwsb-2025-4"]), p1new="1.500,00")
    assert told.after is not None
    assert told.before is not None
    assert told.after < told.before
    assert "must" in {one.kind for one in told.verdicts}


def test_much_more_income_brings_nothing_and_says_why() -> None:
    told = ask(decided(TYPED["bmwsb-2025-1"]), p0i0="9.000")
    assert told.after == 0
    assert "§ 21" in told.reason


@pytest.mark.parametrize("bad", ["", "viel", "-5", "1,2,3", "999999999", "<b>"])
def test_bad_amounts_are_named_and_nothing_is_computed(bad: str) -> None:
    told = ask(decided(TYPED["bmwsb-2025-1"]), rent_total=bad)
    assert set(told.errors) == {"rent_total"}
    assert told.after is None


def test_a_choice_that_is_none_is_refused() -> None:
    assert set(ask(decided(TYPED["bmwsb-2025-1"]), people="minus7").errors) == {"people"}


def test_a_decision_of_ones_own_is_compared_with_a_warning() -> None:
    found = decided(TYPED["bmwsb-2025-1"])
    own = replace(found, periods=(replace(found.periods[0], amount=150),))
    assert any("weicht von der Rechnung ab" in note for note in ask(own).notes)


def test_without_figures_nothing_is_asked() -> None:
    found = decided(TYPED["bmwsb-2025-1"])
    assert WHAT_IF.questions(replace(found, periods=(replace(found.periods[0], figures={}),))) == ()


def test_limits_are_more_than_and_not_at_least() -> None:
    """Known-bad control for the comparison itself: at the limit there is neither duty nor right."""
    figures = {"members_considered": "1", "rent": "100.00", "income": "1000.00", "rent_considered": "200.00",
               "heating": "100.00", "income_considered": "900.00"}  # fmt: skip
    now = Period(DAY, DAY, 100, figures=figures)
    at_limit = {**figures, "rent": "85.00", "income": "1150.00", "rent_considered": "210.00",
                "income_considered": str(Decimal(810))}  # fmt: skip
    then = replace(now, amount=120, figures=at_limit)
    assert [one.kind for one in what_if_duties.verdicts(now, then)] == ["free"]
