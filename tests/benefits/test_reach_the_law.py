"""Every field of the law's input is reachable through the form (issue 2, thread point 3).

The schema is walked: each property and each enum value is a place. The answers below lead to each of them. That these
answers can be given is the form's own word: pruning leaves them as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from kiepe.base.forms import flow, values
from kiepe.base.forms.form import UNKNOWN, Field, Type
from kiepe.law.wohngeld import haushalt_aus, wohngeld
from kiepe.service.benefits.wohngeld.household import law_input
from tests.benefits.people import child, household, income, pensioner, person

RECEIVED = date(2026, 1, 15)
# What no question leads to, and why.
NOT_ASKED = {
    "/id": "names a household in a list of many; a case has one",
    "/mietenstufe": "follows from the Gemeinde of the city pack, together with /gemeinde and /land",
    "/kreis": "only for a Gemeinde that the Anlage does not list; the city pack names one that it lists",
}

Schema = Mapping[str, Any]


def places(schema: Schema, root: Schema, path: str = "") -> Iterator[str]:
    """Every property as `/a/b`, list items as `/a/*/b`, every enum value as `/a=value`."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    for value in schema.get("enum", ()):
        yield f"{path}={value}"
    for part in schema.get("anyOf", ()):
        if "const" in part:
            yield f"{path}={part['const']}"
    for name, inner in schema.get("properties", {}).items():
        yield f"{path}/{name}"
        yield from places(inner, root, f"{path}/{name}")
    if "items" in schema:
        yield from places(schema["items"], root, f"{path}/*")


def reached(value: object, path: str = "") -> Iterator[str]:
    """The places that a household fills."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield f"{path}/{name}"
            yield from reached(inner, f"{path}/{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from reached(inner, f"{path}/*")
    else:
        yield f"{path}={value}"


def one(*incomes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return household(person(1, *incomes, **more))


def of_kinds(options: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for option in options:
        extra = {"maintenance_payer": "verpflichtet"} if option["value"] == "unterhalt_erhalten" else {}
        extra |= {"other_kind": "none"} if option["value"] == "sonstige" else {}
        yield one(income(option["value"], "500.00", **extra))


def field(form: dict[str, Any], key: str) -> dict[str, Any]:
    return next(one for page in form["pages"] for one in page.get("fields", ()) if one["key"] == key)


ALL_CONTAINED = ["heating", "hot_water", "energy", "garage", "parking", "services"]
HELPED = {"applies": ["benefits"], "benefit": "sgb2"}
OWNER = {"tenure": "owner", "rent_total": None, "rent_contains": None, "landlord": None}


def variants(form: dict[str, Any]) -> list[dict[str, Any]]:
    """Households that together lead everywhere."""
    found = [
        pensioner(),
        household(person(1), child(2), much_saved=True, savings="70000.00"),
        *of_kinds(field(form, "kind")["options"]),
        *(
            one(income("sonstige", "100.00", other_kind=option["value"]))
            for option in field(form, "other_kind")["options"]
        ),
        *(
            one(income("unterhalt_erhalten", "90.00", maintenance_payer=option["value"], maintenance_for_care=True))
            for option in field(form, "maintenance_payer")["options"]
        ),
        one(income("lohn", "900.00", surcharge_month="40.00", bonus_year="700.00", pension_scheme_month="20.00")),
        one(income("lohn", "900.00", expenses_year="2000.00")),
        one(income("lohn", "9000.00", frequency="yearly")),
        one(income("sonstige", "9000.00", frequency="once", other_kind="none", received_on="2026-01-05")),
        one(
            income(
                "lohn", "9000.00", frequency="once", received_on="2025-12-05", for_period=True,
                period_from="2025-12-01", period_to="2026-11-30",
            )
        ),
        *(one(applies=["disability"], disability_degree=80, care=o["value"]) for o in field(form, "care")["options"]),
        *(one(applies=["training"], training_aid=o["value"]) for o in field(form, "training_aid")["options"]),
        one(applies=["persecuted"]),
        one(income("rente", "900.00"), applies=["long_insured"], insured_basis="months", insured_months=420),
        one(income("rente", "900.00"), applies=["long_insured"], insured_basis="years", insured_years="35.5"),
        *(
            one(
                applies=["maintenance"],
                maintenance=[
                    {
                        "id": "p1", "recipient": "Kim", "recipient_kind": option["value"], "paid_month": "200.00",
                        "titled": True, "titled_month": "250.00",
                    }
                ],
            )
            for option in field(form, "recipient_kind")["options"]
        ),
        household(
            person(1),
            person(2, relation="spouse", benefit_status="receives", benefit_housing=True, benefit_loan=False, **HELPED),
        ),
        pensioner(situation=["death"], deceased_name="Otto", deceased_on="2025-12-01", deceased_lived_here=True,
                  deceased_replaced=False),
        pensioner(rent_contains=ALL_CONTAINED, heating="50.00", hot_water="10.00", energy="30.00", garage="40.00",
                  parking="20.00", services="15.00"),
        pensioner(rent_contains=ALL_CONTAINED, heating_unknown=True, hot_water_unknown=True, energy_unknown=True,
                  garage_unknown=True, parking_unknown=True, services="15.00"),
        pensioner(dwelling_applies=["third_party"], third_party_month="20.00"),
        pensioner(dwelling_applies=["business"], business_basis="amount", business_month="20.00"),
        pensioner(dwelling_applies=["business"], business_basis="area", business_area="10"),
        pensioner(dwelling_applies=["sublet"], sublet_basis="amount", sublet_share="90.00", sublet_fee="120.00"),
        pensioner(dwelling_applies=["sublet"], sublet_basis="area", sublet_area="12.5", sublet_fee="120.00"),
        pensioner(dwelling_applies=["sublet"], sublet_basis="final", sublet_final="95.00"),
        pensioner(dwelling_applies=["co_residents"], co_residents_basis="persons",
                  co_residents=[{"id": "p1", "name": "Toni", "fee_month": "100.00"}]),
        pensioner(dwelling_applies=["co_residents"], co_residents_basis="final", co_residents_final="95.00"),
        pensioner(dwelling_applies=["subsidy", "sponsor"], subsidy_month="10.00", sponsor_month="15.00"),
        pensioner(**OWNER, burden_basis="total", burden_month="750.00"),
        pensioner(
            **OWNER, burden_basis="parts", interest_year="1000.00", repayment_year="2000.00",
            property_tax_year="300.00",
            administration_year="240.00",
            burden_rare=["loan_costs", "guarantee", "ground_rent", "annuity", "user_fee", "heat", "garage"],
            loan_costs_year="10.00", guarantee_year="11.00", ground_rent_year="12.00", annuity_year="13.00",
            user_fee_year="14.00", heat_year="15.00", burden_garage_year="16.00",
        ),
        pensioner(tenure="own_house", rental_value="500.00", rent_total=None, rent_contains=None, landlord=None),
        pensioner(tenure="home", care_home_name="Haus am See", care_home_temporary=False, rent_total=None,
                  rent_contains=None, landlord=None, living_area=None, dwelling_applies=None),
    ]  # fmt: skip
    return [{key: value for key, value in answers.items() if value is not None} for answers in found]


@pytest.fixture
def households(form_text: dict[str, Any]) -> list[dict[str, object]]:
    return [law_input(answers, RECEIVED) for answers in variants(form_text)]


def test_every_place_of_the_schema_is_reached(shared: Path, households: list[dict[str, object]]) -> None:
    schema = json.loads((shared / "interfaces" / "wohngeld" / "household.schema.json").read_text(encoding="utf-8"))
    wanted = set(places(schema, schema)) - set(NOT_ASKED)
    assert len(wanted) > 100
    found = {place for data in households for place in reached(data)}
    # `ausgeschlossen` is text or null; a person who is not excluded has no such field, which says the same.
    assert sorted(wanted - found) == []


def test_the_walk_sees_a_place_that_nothing_leads_to(shared: Path, households: list[dict[str, object]]) -> None:
    found = {place for data in households for place in reached(data)}
    assert "/wohnung/balkon" in set(places({"properties": {"wohnung": {"properties": {"balkon": {}}}}}, {})) - found


def test_the_form_lets_each_of_these_answers_be_given(form: flow.Flow, form_text: dict[str, Any]) -> None:
    for answers in variants(form_text):
        assert form.prune(answers) == answers


def typed(fields: list[Field], holder: Mapping[str, Any]) -> QueryDict:
    """What somebody types and ticks to give these answers."""
    post = QueryDict(mutable=True)
    for one in fields:
        value = holder.get(one.key)
        if holder.get(one.unknown_key):
            post[one.key if one.options or one.type is Type.YESNO else one.unknown_key] = UNKNOWN
        elif isinstance(value, list):
            post.setlist(one.key, value)
        elif isinstance(value, bool):
            post[one.key] = "yes" if value else "no"
        elif value is not None:
            post[one.key] = values.edit(one, value)
    return post


def test_each_of_these_answers_can_be_typed(form: flow.Flow, form_text: dict[str, Any]) -> None:
    for answers in variants(form_text):
        walk = form.walk(answers)
        for at in walk.pages:
            if at.page.is_list:
                continue
            context = walk.context(at)
            holder = walk.answers if context.item is None else context.item
            parsed = form.parse(at, answers, typed(walk.fields(at), holder))
            assert parsed.errors == {}, at.address
            assert form.prune(form.store(at, answers, parsed.values)) == answers, at.address


def test_the_form_would_not_let_any_answer_be_given(form: flow.Flow) -> None:
    wrong = pensioner(tenure="owner", burden_basis="parts")  # a rent of somebody who owns
    assert form.prune(wrong) != wrong


def test_the_law_takes_each_of_them(households: list[dict[str, object]]) -> None:
    for data in households:
        assert wohngeld(haushalt_aus(data)).wohngeld >= 0
