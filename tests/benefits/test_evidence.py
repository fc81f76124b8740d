"""Which proof is called for when. Expected lists follow the notes on documents by circumstance."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from kiepe.base.forms import conditions, flow
from kiepe.cases import evidence
from kiepe.cases.case_type import CaseType
from tests.benefits.conftest import WOHNGELD
from tests.benefits.people import child, household, income, pensioner, person


def rules() -> list[dict[str, Any]]:
    found = yaml.safe_load((WOHNGELD / "evidence.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return found


class Folder:
    """As much of a case type as evidence needs."""

    folder = WOHNGELD


def keys(answers: dict[str, Any]) -> list[str]:
    case_type: CaseType = Folder()  # type: ignore[assignment]  # only `folder` is read
    return [need.key for need in evidence.needs(case_type, answers)]


def test_a_single_pensioner_brings_two_papers() -> None:
    assert keys(pensioner()) == ["pension_notice", "rental_contract"]


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        (household(person(1, income("lohn", "900.00"))), "payslips"),
        (household(person(1, income("minijob_pauschal", "500.00"))), "payslips"),
        (household(person(1, income("lohn", "900.00", expenses_year="1500.00"))), "work_expenses"),
        (household(person(1, income("arbeitslosengeld", "900.00"))), "replacement_notice"),
        (household(person(1, income("gewerbe", "900.00"))), "business_accounts"),
        (household(person(1, income("vermietung", "900.00"))), "letting_accounts"),
        (household(person(1, income("kapital", "900.00"))), "capital_statement"),
        (household(person(1, income("unterhalt_erhalten", "900.00"))), "maintenance_received"),
        (household(person(1), child(2, income("unterhaltsvorschuss", "300.00"))), "maintenance_advance"),
        (household(person(1, income("bafoeg", "300.00"))), "bafoeg_notice"),
        (household(person(1, income("miete_von_dritten", "300.00"))), "rent_help"),
        (household(person(1, income("sonstige", "300.00"))), "other_income"),
        (household(person(1, income("lohn", "300.00", frequency="once"))), "one_off"),
        (household(person(1), child(2)), "kindergeld"),
        (household(person(1), child(2, custody="shared")), "custody"),
        (household(person(1, nationality="other", residence_right="title")), "residence_title"),
        (household(person(1, applies=["benefits"], benefit_status="receives")), "benefit_notice"),
        (household(person(1, applies=["benefits"], benefit_status="waived")), "waiver"),
        (household(person(1, applies=["training"])), "training_proof"),
        (household(person(1, applies=["disability"], disability_degree=100)), "disability_card"),
        (household(person(1, applies=["disability"], disability_degree=60, care="haeuslich")), "care_notice"),
        (household(person(1, applies=["persecuted"])), "persecution"),
        (household(person(1, applies=["long_insured"], insured_basis="months")), "insured_years"),
        (household(person(1, maintenance=[{"id": "p1", "recipient": "Kim"}])), "maintenance_payments"),
        (household(person(1, maintenance=[{"id": "p1", "recipient": "Kim", "titled": True}])), "maintenance_title"),
        (pensioner(situation=["by_other"], helper_role="proxy"), "authority"),
        (pensioner(situation=["refused"]), "refusal"),
        (pensioner(situation=["death"], deceased_lived_here=True), "death"),
        (pensioner(much_saved=True), "savings"),
        (pensioner(change_expected=True), "change_expected"),
        (pensioner(tenure="home"), "care_home_contract"),
        (pensioner(tenure="owner", interest_year="5.00"), "loans"),
        (pensioner(tenure="owner", property_tax_year="5.00"), "property_tax"),
        (pensioner(tenure="owner", administration_year="5.00"), "administration"),
        (pensioner(tenure="owner", burden_basis="parts"), "living_area"),
        (pensioner(tenure="owner", burden_rare=["annuity"]), "burden_rare"),
        (pensioner(tenure="own_house"), "ownership"),
        (pensioner(dwelling_applies=["sublet"]), "sublease"),
        (pensioner(dwelling_applies=["third_party"]), "third_party_bills"),
        (pensioner(dwelling_applies=["subsidy"]), "public_relief"),
        (pensioner(dwelling_applies=["sponsor"]), "sponsor"),
        (household(person(1, income("gewerbe", "900.00"), pays_health=True)), "private_insurance"),
    ],
)
def test_a_circumstance_calls_for_its_proof(answers: dict[str, Any], wanted: str) -> None:
    assert wanted in keys(answers)
    assert wanted not in keys(household(person(1), tenure="none"))


def test_every_rule_is_tested_above() -> None:
    marks = test_a_circumstance_calls_for_its_proof.pytestmark
    tested = {wanted for mark in marks for _answers, wanted in mark.args[1]}
    assert {one["key"] for one in rules()} - tested == {"pension_notice", "rental_contract"}


def test_two_jobs_are_two_proofs() -> None:
    answers = household(person(1, income("lohn", "900.00"), income("minijob_pauschal", "200.00")))
    assert keys(answers).count("payslips") == 2


def test_kindergeld_is_proven_only_where_a_single_parent_gets_the_allowance() -> None:
    # § 17 Nr. 3 WoGG is the only place where Kindergeld matters; § 65 Abs. 1 SGB I forbids to ask for more.
    assert "kindergeld" not in keys(household(person(1), person(2, relation="spouse"), child(3)))


def test_titles_are_filled_and_norms_named() -> None:
    case_type: CaseType = Folder()  # type: ignore[assignment]  # only `folder` is read
    for need in evidence.needs(case_type, pensioner()):
        assert "{" not in need.title
        assert "§" in need.norm
        assert need.hint
        assert need.accepts


def test_bank_statements_may_be_blacked_out() -> None:
    for one in rules():
        if "kontoausz" in (one["hint"] + one["accepts"]).lower() and "Darlehens" not in one["accepts"]:
            assert "Kontoausz" in one.get("blackout", ""), one["key"]


def test_every_condition_reads_answers_of_the_form(form: flow.Flow) -> None:
    for one in rules():
        if "when" in one:
            form.condition(one["when"], one.get("each", ""))


def test_a_condition_about_nothing_is_found(form: flow.Flow) -> None:
    with pytest.raises(conditions.BadCondition):
        form.condition("balcony == 'big'")
