"""A member's own part of an application for Wohngeld: the kind questions about it are the member's, not the others'."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from kiepe.base.accounts.middleware import DRAFTS, PARTS
from kiepe.base.forms import flow, parts
from kiepe.base.forms.models import Draft, OwnPart
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.cases import facts
from kiepe.cases.models import Case
from tests.benefits.people import household, income, person

pytestmark = pytest.mark.django_db
QUESTION = "Das ist sehr viel für einen Monat. Ist es der Betrag für ein Jahr?"


@pytest.fixture(autouse=True)
def _day(settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)


@pytest.fixture
def part(form: flow.Flow) -> OwnPart:
    """Erika and her brother live together; in his own part a year's wage stands in a field for a month."""
    answers = household(
        person(1, income("rente", "900.00"), pays_health=True, activity="retired"),
        person(2, income("lohn", "18000.00"), pays_health=True, relation="sibling", activity="employee"),
    )
    draft = Draft.objects.create(form="wohngeld", form_version=form.form.version, answers=answers)
    done = [at.address for at in form.walk(answers).pages]
    Draft.objects.filter(pk=draft.pk).update(done=done)
    applicant = Actor(ActorKind.CITIZEN, drafts=frozenset({str(draft.pk)}))
    made = parts.invite(applicant, draft.pk, "persons", "p2")
    opened = parts.open_by_code(made.pk, parts.invitation_code(made))
    opened.done = done
    opened.save()
    return opened


def browser(key: str, value: object) -> Client:
    client = Client()
    session = client.session
    session[key] = [str(value)]
    session.save()
    return client


def test_the_member_is_asked_and_the_applicant_is_not(part: OwnPart) -> None:
    member, applicant = browser(PARTS, part.pk), browser(DRAFTS, part.draft_id)
    own = f"/antrag/wohngeld/mein-teil/{part.pk}/"
    asked = {at: member.get(f"{own}seite/{at}/").content.decode() for at in part.done if "/p2/p1" in at}
    page = next(at for at, html in asked.items() if QUESTION in html)
    html = member.get(f"{own}seite/{page}/").content.decode()
    assert "Erika" not in html
    assert QUESTION not in applicant.get(f"/antrag/wohngeld/{part.draft_id}/pruefen/").content.decode()
    said = {
        "kind": "lohn",
        "payer": "Beispiel GmbH",
        "amount": "18000",
        "frequency": "monthly",
        "stimmt-month_or_year-p2-p1": "1",
        "gefragt": "month_or_year-p2-p1",
    }
    answer = member.post(f"{own}seite/{page}/", {**said, "grund-month_or_year-p2-p1": "Abfindung"})
    assert answer.status_code == 302, re.findall(r"data-errors.*?</section>", answer.content.decode(), re.DOTALL)
    part.refresh_from_db()
    assert [one["name"] for one in part.confirmed] == ["month_or_year-p2-p1"]
    assert member.post(f"{own}fertig/").status_code == 302
    assert applicant.post(f"/antrag/wohngeld/{part.draft_id}/absenden/", {"declared": "1"}).status_code == 302
    case = Case.objects.get(draft=part.draft_id)
    kept = facts.answers(case)["doubts"]
    assert [(one["rule"], one["stands"], one["reason"]) for one in kept] == [("month_or_year", True, "Abfindung")]  # type: ignore[attr-defined]  # a list of rows
    assert facts.answers_for_applicant(case)["doubts"] == []


def test_a_member_adds_an_income_that_the_applicant_never_saw(form: flow.Flow, part: OwnPart) -> None:
    member = browser(PARTS, part.pk)
    own = f"/antrag/wohngeld/mein-teil/{part.pk}/seite/"
    added = member.post(f"{own}incomes/p2/", {"action": "add"}).headers["Location"]
    assert member.get(added).status_code == 200
    assert (
        member.post(added, {"kind": "lohn", "payer": "Bäckerei", "frequency": "monthly", "amount": "viel"}).status_code
        == 422
    )
    told = member.post(added, {"kind": "lohn", "amount": "450,-", "action": "told"})
    assert "450,00" in told.content.decode()
    answer = member.post(added, {"kind": "lohn", "payer": "Bäckerei", "frequency": "monthly", "amount": "450,-"})
    assert answer.status_code == 302
    part.refresh_from_db()
    assert [one.get("payer") for one in part.answers["incomes"]][-1] == "Bäckerei"
    assert "Bäckerei" not in str(Draft.objects.get(pk=part.draft_id).answers)


def test_what_a_member_typed_on_a_page_that_is_no_longer_asked_waits_for_it(part: OwnPart) -> None:
    # the member's session ended on a page that an answer of theirs, given on another device, has since taken away
    address = f"/antrag/wohngeld/mein-teil/{part.pk}/"
    asked = Client().post(f"{address}seite/health/p2/", {"disability_degree": "sechzig"}).content.decode()
    carried = dict(re.findall(r'name="(t-[a-z_]+|sent|path)" value="([^"]*)"', asked))
    answer = Client().post(f"{address}oeffnen/", {**carried, "code": parts.own_code(part)})
    assert (answer.status_code, "health" in answer.headers["Location"]) == (302, False)
    part.refresh_from_db()
    assert part.raw["health/p2"]["disability_degree"] == ["sechzig"]


def test_a_member_is_asked_while_typing_and_only_about_themselves(form: flow.Flow, part: OwnPart) -> None:
    draft = part.draft
    draft.answers["persons"][0]["birth_date"] = "1990-01-01"
    draft.answers["persons"][1] |= {"relation": "child", "activity": "child"}
    draft.save()
    part.answers = draft.answers["persons"][1]
    part.save()
    stored = OwnPart.objects.filter(pk=part.pk).values()[0]
    typed = {"first_name": "Max", "last_name": "Beispiel", "birth_date": "1.1.1985", "activity": "child"}

    member = browser(PARTS, part.pk)
    own = f"/antrag/wohngeld/mein-teil/{part.pk}/seite/"
    asked = member.post(f"{own}person/p2/", {**typed, "action": "told"}).json()["ask"]
    assert [one["name"] for one in asked] == ["grown_child-p2"]  # older than the parent: the applicant's to say
    assert member.post(f"{own}person/p2/", {**typed, "birth_date": "1.1.2015", "action": "told"}).json()["ask"] == []
    assert member.post(f"{own}you/applicant/", {**typed, "action": "told"}).status_code == 404
    pay = {"kind": "lohn", "payer": "Beispiel GmbH", "amount": "18000", "frequency": "monthly", "action": "told"}
    asked = member.post(f"{own}income/p2/p1/", pay).json()["ask"]
    assert [(one["name"], one["field"]) for one in asked] == [("month_or_year-p2-p1", "amount")]
    assert member.post(f"{own}income/p2/p1/", {**pay, "amount": ""}).json()["ask"] == []
    assert OwnPart.objects.filter(pk=part.pk).values()[0] == stored
