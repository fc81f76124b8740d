"""The ministry's published examples, typed as answers, come out with the official figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiepe.base.forms import flow
from kiepe.cases.assessment import Assessment, Correction, Facts, Outcome
from kiepe.service.benefits.wohngeld.assess import WohngeldAssessment
from tests.benefits.examples import INSURED, TYPED
from tests.benefits.people import child, household, income, pensioner, person

RECEIVED = date(2026, 1, 15)


@pytest.fixture
def assessment() -> Assessment:
    return WohngeldAssessment()


def examples(shared: Path) -> list[dict[str, Any]]:
    found = json.loads((shared / "interfaces" / "wohngeld" / "examples.json").read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("key", sorted(TYPED))
def test_published_example_comes_out(
    key: str, shared: Path, assessment: Assessment, in_mietenstufe: Callable[[int], None], form: flow.Flow
) -> None:
    example = next(one for one in examples(shared) if one["household"]["id"] == key)
    in_mietenstufe(example["household"]["mietenstufe"])
    answers = TYPED[key]
    assert form.missing(answers) == []
    proposal = assessment.propose(Facts(answers, RECEIVED))
    assert proposal.problems == ()
    assert proposal.outcome is Outcome.GRANT
    assert proposal.amount == example["expected"]["wohngeld"]
    (period,) = proposal.periods
    assert period.figures["income_considered"] == example["expected"]["gesamteinkommen_monat"]
    assert period.figures["rent_considered"] == example["expected"]["zu_beruecksichtigende_miete"]
    assert (period.start, period.end) == (date(2026, 1, 1), date(2026, 12, 31))


def test_every_published_example_is_typed(shared: Path) -> None:
    assert {one["household"]["id"] for one in examples(shared)} == set(TYPED)


def test_the_notice_gets_what_section_24_demands(assessment: Assessment) -> None:
    # § 24 Abs. 3 with § 27 Abs. 3 Satz 1 Nr. 2 and 3 WoGG: rent after § 9 and Einkünfte before § 16.
    # 1300 × 12 = 15,600 less 102 (§ 9a EStG) = 15,498 a year = 1,291.50 a month.
    (period,) = assessment.propose(Facts(pensioner(), RECEIVED)).periods
    assert period.figures["rent"] == "335.00"
    assert period.figures["income"] == "1291.50"
    assert period.figures["benefit"] == "Mietzuschuss"


def test_steps_name_the_person(assessment: Assessment) -> None:
    (period,) = assessment.propose(Facts(pensioner(), RECEIVED)).periods
    assert any(step.label.startswith("Erika Beispiel: ") for step in period.steps)
    assert all(step.norm and step.value for step in period.steps)
    assert not any("p1" in step.label or "applicant" in step.label for step in period.steps)


def test_same_facts_same_proposal(assessment: Assessment) -> None:
    facts = Facts(TYPED["bmwsb-2025-8"], RECEIVED)
    assert assessment.propose(facts) == assessment.propose(facts)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"rent_total": None}, "rent_total"),
        ({"rent_contains": ["heating"]}, "heating"),
        ({"tenure": "owner"}, ""),
        ({"tenure": "own_house"}, "rental_value"),
        ({"much_saved": True}, "savings"),
        ({"situation": ["death"]}, "deceased_on"),
        ({"situation": ["refused"]}, "refused_from"),
        ({"application_kind": "renewal"}, "current_until"),
        ({"dwelling_applies": ["co_residents"]}, "co_residents"),
        ({"dwelling_applies": ["subsidy"]}, "subsidy_month"),
        ({"rent_total": "viel"}, "rent_total"),
    ],
)
def test_what_is_missing_is_a_problem(change: dict[str, Any], path: str, assessment: Assessment) -> None:
    proposal = assessment.propose(Facts(pensioner(**change), RECEIVED))
    if path == "":  # an owner without any cost has a Belastung from § 13 Abs. 2 WoGV alone
        assert proposal.outcome is not Outcome.UNCLEAR
        return
    assert proposal.outcome is Outcome.UNCLEAR
    assert path in [one.answer for one in proposal.problems]
    assert all(one.text.endswith(".") for one in proposal.problems)
    assert proposal.periods == ()


@pytest.mark.parametrize(
    ("where", "change", "path"),
    [
        (1, {"relation": None}, "persons.1.relation"),
        (1, {"birth_date": None}, "persons.1.birth_date"),
        (1, {"kindergeld": None}, "persons.1.kindergeld"),
        (0, {"pays_tax": None}, "persons.0.pays_tax"),
        (0, {"nationality": "other"}, "persons.0.residence_right"),
        (0, {"applies": ["benefits"]}, "persons.0.benefit"),
        (0, {"applies": ["disability"]}, "persons.0.disability_degree"),
        (0, {"applies": ["maintenance"], "maintenance": [{"id": "p1"}]}, "persons.0.maintenance.0.recipient_kind"),
        (0, {"incomes": [{"id": "p1", "kind": "lohn"}]}, "persons.0.incomes.0.amount"),
        (0, {"incomes": [income("lohn", "-5.00")]}, "persons.0.incomes.0.amount"),
        (0, {"incomes": [income("unterhalt_erhalten", "100.00")]}, "persons.0.incomes.0.maintenance_payer"),
        (0, {"incomes": [income("lohn", "9.00", frequency="once")]}, "persons.0.incomes.0.received_on"),
    ],
)
def test_what_is_missing_of_a_person_is_a_problem(
    where: int, change: dict[str, Any], path: str, assessment: Assessment
) -> None:
    answers = household(person(1, income("lohn", "1500.00"), **INSURED), child(2))
    for key, value in change.items():
        if value is None:
            del answers["persons"][where][key]
        else:
            answers["persons"][where][key] = value
    proposal = assessment.propose(Facts(answers, RECEIVED))
    assert proposal.outcome is Outcome.UNCLEAR
    assert path in [one.answer for one in proposal.problems]


@pytest.mark.parametrize("answers", [{}, {"persons": "x"}, {"persons": [1]}, {"tenure": 7, "persons": [{}]}])
def test_nonsense_is_unclear_and_never_an_exception(answers: dict[str, Any], assessment: Assessment) -> None:
    assert assessment.propose(Facts(answers, RECEIVED)).outcome is Outcome.UNCLEAR


def test_a_day_without_law_is_a_problem(assessment: Assessment) -> None:
    proposal = assessment.propose(Facts(pensioner(), date(2024, 5, 1)))
    assert proposal.outcome is Outcome.UNCLEAR
    assert proposal.problems


def test_too_much_income_is_rejected_with_the_norm(assessment: Assessment) -> None:
    answers = pensioner()
    answers["persons"][0]["incomes"][0]["amount"] = "4000.00"
    proposal = assessment.propose(Facts(answers, RECEIVED))
    assert proposal.outcome is Outcome.REJECT
    assert "§ 21" in proposal.periods[0].reason


def test_a_corrected_value_recomputes(assessment: Assessment) -> None:
    correction = Correction("persons.0.incomes.0.amount", "1250.00", "Rentenbescheid, Seite 1")
    before = assessment.propose(Facts(pensioner(), RECEIVED))
    after = assessment.propose(Facts(pensioner(), RECEIVED, corrections=[correction]))
    assert after.amount > before.amount
    assert after.periods[0].figures["income"] == "1241.50"  # 1250 less 102 a year


def test_a_correction_from_a_day_on_splits_the_period(assessment: Assessment) -> None:
    correction = Correction("rent_total", "300.00", "Mietsenkung", valid_from=date(2026, 4, 10))
    proposal = assessment.propose(Facts(pensioner(), RECEIVED, corrections=[correction]))
    spans = [(one.start, one.end) for one in proposal.periods]
    # § 27 Abs. 2 Satz 3 WoGG: a change within a month counts from the first of the next.
    assert spans == [(date(2026, 1, 1), date(2026, 4, 30)), (date(2026, 5, 1), date(2026, 12, 31))]
    assert [one.figures["rent"] for one in proposal.periods] == ["335.00", "300.00"]
    assert proposal.periods[0].amount > proposal.periods[1].amount


def test_corrections_are_laid_over_in_order_and_leave_the_answers_alone(assessment: Assessment) -> None:
    answers = pensioner(rent_contains=["heating"], heating_unknown=True)
    found = assessment.corrected(
        answers,
        [
            Correction("rent_total", "400.00", "a"),
            Correction("rent_total", "410.00", "b"),
            Correction("heating", "40.00", "c"),
            Correction("living_area", "50", "d", valid_from=date(2026, 5, 1)),
        ],
    )
    assert (found["rent_total"], found["heating"], found["living_area"]) == ("410.00", "40.00", "58.5")
    assert "heating_unknown" not in found
    assert answers["rent_total"] == "335.00"


def test_a_correction_that_leads_nowhere_is_a_problem(assessment: Assessment) -> None:
    correction = Correction("persons.7.incomes.0.amount", "1.00", "x")
    proposal = assessment.propose(Facts(pensioner(), RECEIVED, corrections=[correction]))
    assert [one.answer for one in proposal.problems] == ["persons.7.incomes.0.amount"]


def test_a_caseworker_sets_the_period(assessment: Assessment) -> None:
    facts = Facts(pensioner(), RECEIVED, start=date(2026, 2, 1), end=date(2026, 7, 31))
    (period,) = assessment.propose(facts).periods
    assert (period.start, period.end) == (date(2026, 2, 1), date(2026, 7, 31))


def test_who_died_counts_twelve_months_and_then_the_period_is_split(assessment: Assessment) -> None:
    died = {
        "situation": ["death"],
        "deceased_on": "2025-06-10",
        "deceased_lived_here": True,
        "deceased_replaced": False,
    }
    proposal = assessment.propose(Facts(pensioner(deceased_name="Otto Beispiel", **died), RECEIVED))
    # § 6 Abs. 2 Satz 1 WoGG: twelve months after the month of death, June 2025, end with June 2026.
    assert [(one.end, one.figures["members"]) for one in proposal.periods] == [
        (date(2026, 6, 30), "2"),
        (date(2026, 12, 31), "1"),
    ]


def start_of(answers: dict[str, Any], received: date, assessment: Assessment) -> date:
    return assessment.propose(Facts(answers, received)).periods[0].start


def test_moving_in_later_begins_later(assessment: Assessment) -> None:
    # § 25 Abs. 2 Satz 2 WoGG
    assert start_of(pensioner(living_since="2026-03"), RECEIVED, assessment) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("received", "start"), [(date(2026, 2, 28), date(2025, 11, 1)), (date(2026, 3, 1), date(2026, 3, 1))]
)
def test_a_refused_benefit_reaches_back(received: date, start: date, assessment: Assessment) -> None:
    # § 25 Abs. 3 WoGG: until the end of the calendar month after the month in which the refusal was known.
    answers = pensioner(situation=["refused"], refused_from="2025-11-12", refused_known="2026-01-03")
    assert start_of(answers, received, assessment) == start


def test_a_renewal_follows_the_running_period(assessment: Assessment) -> None:
    answers = pensioner(application_kind="renewal", wohngeld_number="1", current_until="2026-03")
    assert start_of(answers, RECEIVED, assessment) == date(2026, 4, 1)
    assert start_of(answers, date(2026, 6, 20), assessment) == date(2026, 6, 1)


def test_a_change_announced_for_2027_is_a_hint(assessment: Assessment) -> None:
    proposal = assessment.propose(Facts(pensioner(), date(2026, 11, 20)))
    assert any("2027" in one.text for one in proposal.hints)


def test_own_words_reach_the_desk_as_a_hint(assessment: Assessment) -> None:
    answers = pensioner(change_expected=True, change_expected_from="2026-05", change_expected_words="Neue Miete 350")
    hints = assessment.propose(Facts(answers, RECEIVED)).hints
    assert any("Neue Miete 350" in one.text and one.norm.startswith("§ 24") for one in hints)


def test_the_allowance_of_a_single_parent_needs_a_child_under_18_with_kindergeld(assessment: Assessment) -> None:
    def proposal(**more: Any) -> Any:
        answers = household(person(1, income("lohn", "1500.00"), **INSURED), child(2, **more))
        return assessment.propose(Facts(answers, RECEIVED))

    def has_it(**more: Any) -> bool:
        return any(step.norm.startswith("§ 17 Nr. 3") for step in proposal(**more).periods[0].steps)

    assert has_it()
    assert not has_it(kindergeld=False)
    assert not has_it(birth_date="2007-12-31")
    assert any(hint.norm.startswith("§ 17 Nr. 3") for hint in proposal(birth_date="2008-06-01").hints)
    assert not any(hint.norm.startswith("§ 17 Nr. 3") for hint in proposal().hints)


def test_children_who_are_rarely_here_count_elsewhere(assessment: Assessment) -> None:
    # § 5 Abs. 4 Satz 3 WoGG: of two or more children with less than a third here the youngest counts.
    one = household(person(1, income("lohn", "1500.00"), **INSURED), child(2, custody="less"))
    two = household(
        person(1, income("lohn", "1500.00"), **INSURED),
        child(2, custody="less", birth_date="2012-01-01"),
        child(3, custody="less", birth_date="2016-01-01"),
    )
    assert assessment.propose(Facts(one, RECEIVED)).periods[0].figures["members"] == "1"
    proposal = assessment.propose(Facts(two, RECEIVED))
    assert proposal.periods[0].figures["members"] == "2"
    assert any("Mia Beispiel ist das jüngste" in hint.text for hint in proposal.hints)


def test_youth_welfare_excludes_only_where_everybody_receives_it(assessment: Assessment) -> None:
    # § 7 Abs. 1 Satz 1 Nr. 9 WoGG
    helped = {"applies": ["benefits"], "benefit": "sgb8", "benefit_status": "receives", "benefit_housing": True}
    alone = household(person(1, benefit_month="900.00", **helped))
    both = household(person(1, income("lohn", "1500.00"), **INSURED), child(2, benefit_month="300.00", **helped))
    assert assessment.propose(Facts(alone, RECEIVED)).outcome is Outcome.REJECT
    proposal = assessment.propose(Facts(both, RECEIVED))
    assert proposal.periods[0].figures["members_considered"] == "2"
    assert any(step.norm == "§ 14 Abs. 2 Nr. 30 WoGG" for step in proposal.periods[0].steps)


def test_a_part_known_only_by_its_size_is_taken_by_square_metres(assessment: Assessment) -> None:
    # 11.7 of 58.5 m² are a fifth of 335.00: 67.00 leave the rent (§ 11 Abs. 2 Nr. 1 WoGG).
    answers = pensioner(dwelling_applies=["business"], business_basis="area", business_area="11.7")
    (period,) = assessment.propose(Facts(answers, RECEIVED)).periods
    assert any(step.norm == "§ 11 Abs. 2 Nr. 1 WoGG" and "67,00" in step.value for step in period.steps)
