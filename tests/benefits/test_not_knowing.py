"""'Weiß ich nicht' and what is left open: the page goes on, and nobody's amount is computed past it in silence.

§ 16 Abs. 3 and § 20 SGB I and X: the office helps to complete an application and looks for itself; it may not refuse
to take one because something is missing.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from kiepe.base.forms import flow
from kiepe.base.forms.form import Type
from kiepe.cases.assessment import Facts, Outcome
from kiepe.service.benefits.wohngeld.assess import WohngeldAssessment
from tests.benefits.people import household, income, pensioner, person

RECEIVED = date(2026, 1, 15)
OWNER = {"tenure": "owner", "burden_basis": "parts", "burden_rare": [], "living_area": "100"}
CONTAINED = ["heating", "hot_water", "energy", "garage", "parking", "services"]


def one(**more: Any) -> dict[str, Any]:
    return household(person(1, income("rente", "1300.00"), pays_health=True, activity="retired", **more))


def rents(key: str) -> dict[str, Any]:
    return pensioner(rent_contains=[key])


HELP = {"applies": ["benefits"], "benefit": "sgb2", "benefit_status": "receives"}
# Each question with 'Weiß ich nicht', answers that ask it, and what the caseworker then reads
UNKNOWN: dict[str, tuple[dict[str, Any], str]] = {
    "wohngeld_number": (pensioner(application_kind="renewal", current_until="2026-01"), "Wohngeldnummer ist nicht"),
    "current_until": (pensioner(application_kind="renewal", wohngeld_number="1"), "bis wann das bisherige Wohngeld"),
    "benefit_housing": (one(**HELP), "Kosten"),
    "training_aid": (one(applies=["training"]), "Ausbildungsförderung"),
    "disability_degree": (one(applies=["disability"], care="nein"), "Grad der Behinderung"),
    "pays_tax": (one(), "Steuern"),
    "pays_health": (one(), "Kranken"),
    "pays_pension": (one(), "Rentenversicherung"),
    "savings": (pensioner(much_saved=True), "Vermögen"),
    "living_area": (pensioner(), "Größe der Wohnung ist nicht bekannt"),
    **{key: (rents(key), "Pauschbeträgen") for key in CONTAINED if key != "services"},
    "services": (rents("services"), "wie viel der Miete auf diesen Teil"),
    "rental_value": (pensioner(tenure="own_house"), "Mietwert ist nicht bekannt"),
    **{
        key: (pensioner(**OWNER), "Dieser Betrag ist nicht bekannt")
        for key in ("interest_year", "repayment_year", "property_tax_year")
    },
}  # fmt: skip


def not_known(answers: dict[str, Any], key: str, form: flow.Flow) -> dict[str, Any]:
    """The answers with 'Weiß ich nicht' to one question."""
    found = deepcopy(answers)
    level = next(level for level, field in form.fields if field == key)
    holder = found["persons"][0] if level == "persons" else found
    holder.pop(key, None)
    holder[f"{key}_unknown"] = True
    return found


def test_every_question_that_may_be_unknown_is_here(form: flow.Flow) -> None:
    assert {field.key for _page, field in form.fields.values() if field.unknown} == set(UNKNOWN)


@pytest.mark.parametrize("key", UNKNOWN)
def test_not_knowing_is_an_answer_and_the_caseworker_reads_it(key: str, form: flow.Flow) -> None:
    answers = dict(form.prune(not_known(UNKNOWN[key][0], key, form)))
    assert f"{key}_unknown" in {**answers, **answers["persons"][0]}, "not asked"
    assert key not in [one.path.rpartition(".")[2] for one in form.missing(answers)]
    rows = [row for section in form.summary(answers) for row in section.rows if row.path.rpartition(".")[2] == key]
    assert [row.value for row in rows] == ["Weiß ich nicht"]
    proposal = WohngeldAssessment().propose(Facts(answers, RECEIVED))
    said = [problem.text for problem in proposal.problems] + [hint.text for hint in proposal.hints]
    assert any(UNKNOWN[key][1] in text for text in said), said


def test_knowing_says_nothing_of_the_kind() -> None:
    proposal = WohngeldAssessment().propose(Facts(pensioner(), RECEIVED))
    assert proposal.problems == ()
    assert not any("nicht bekannt" in hint.text for hint in proposal.hints)


@pytest.mark.parametrize("key", ["pays_tax", "living_area"])
def test_it_can_be_ticked_on_the_page(key: str, form: flow.Flow) -> None:
    page, field = next(found for found in form.fields.values() if found[1].key == key)
    at = form.at(page.key, ["applicant"] if page.each else [])
    name, value = (key, "unknown") if field.type is Type.YESNO else (f"{key}_unknown", "1")
    post = QueryDict(mutable=True)
    post.update({"tenure": "tenant", name: value})
    parsed = form.parse(at, pensioner(), post)
    assert parsed.errors == {}
    assert parsed.values[f"{key}_unknown"] is True


# -------------------------------------------------------------------------------------- an incomplete application

NEEDED_AT_LEAST = {"first_name", "last_name", "street", "postcode", "town", "application_kind", "tenure"}


def required(form: flow.Flow, answers: dict[str, Any]) -> set[str]:
    return {missing.path.rpartition(".")[2] for missing in form.missing(answers, soft=False)}


def test_only_who_where_and_what_kind_is_required(form: flow.Flow) -> None:
    """Without these nobody could say whose application it is; everything else may come later (§ 60 SGB I)."""
    assert required(form, {"persons": [{"id": "applicant"}]}) == NEEDED_AT_LEAST


def test_the_shortest_application_is_taken_and_what_is_missing_is_named(form: flow.Flow) -> None:
    answers = {
        "application_kind": "first", "street": "Beispielweg 5", "postcode": "48143", "town": "Münster",
        "tenure": "tenant",
        "persons": [{"id": "applicant", "first_name": "Erika", "last_name": "Beispiel"}],
    }  # fmt: skip
    assert required(form, answers) == set()
    recommended = {missing.path.rpartition(".")[2] for missing in form.missing(answers) if missing.soft}
    assert {"birth_date", "rent_total", "living_area", "iban"} <= recommended
    proposal = WohngeldAssessment().propose(Facts(answers, RECEIVED))
    assert proposal.outcome is Outcome.UNCLEAR
    assert {"rent_total"} <= {problem.answer for problem in proposal.problems}
