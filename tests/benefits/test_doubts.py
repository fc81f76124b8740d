"""Kind questions: each rule asks where it should and is silent beside it. On the pages: asked once, never a block."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from kiepe.base.accounts.middleware import DRAFTS
from kiepe.base.forms import flow
from kiepe.base.forms.models import Draft
from kiepe.cases.models import Answers
from kiepe.service.benefits.wohngeld.doubts import doubts
from tests.benefits.people import child, household, income, pensioner, person
from tests.benefits.test_ask import LIX_MOST, lix


@pytest.fixture(autouse=True)
def _day(settings: Settings) -> None:
    settings.KIEPE_TODAY = date(2026, 11, 20)


def mother(*persons: dict[str, Any], born: str = "1990-05-01", **more: Any) -> dict[str, Any]:
    return household(person(1, income("lohn", "1500.00"), birth_date=born, activity="employee"), *persons, **more)


def worker(*incomes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return household(person(1, *incomes, **{"activity": "employee", **more}))


def once(start: str, end: str) -> dict[str, Any]:
    return income("rente", "500.00", frequency="once", for_period=True, period_from=start, period_to=end)


def parts(**amounts: str) -> dict[str, Any]:
    return pensioner(rent_total="500.00", rent_contains=list(amounts), **amounts)


NO_PAY = income("lohn", "0.00")
# rule, answers that make it ask, answers right beside them that do not
RULES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("parts_over_rent", parts(heating="600.00"), parts(heating="499.99")),
    ("parts_over_rent", parts(heating="300.00", garage="200.00"), parts(heating="300.00", garage="199.99")),
    ("rent_or_year", pensioner(rent_total="7200.00"), pensioner(rent_total="4000.00")),
    ("parent_age", mother(child(2, birth_date="1985-01-01")), mother(child(2, birth_date="2002-05-01"))),
    ("parent_age", mother(child(2, birth_date="2002-04-30")), mother(child(2, birth_date="2020-01-01"))),
    ("parent_age", mother(person(2, relation="parent", birth_date="1985-01-01")), mother(person(2, relation="parent"))),
    ("grandparent_age", mother(child(2, relation="grandchild", birth_date="2010-01-01")),
     mother(child(2, relation="grandchild", birth_date="2018-01-01"), born="1961-01-01")),
    ("grandparent_age", mother(person(2, relation="grandparent", birth_date="1980-01-01")),
     mother(person(2, relation="grandparent", birth_date="1935-01-01"))),
    ("same_person", mother(child(2), child(3, first_name="Max")), mother(child(2), child(3))),
    ("very_old", pensioner(persons=[person(1, birth_date="1915-01-01")]),
     pensioner(persons=[person(1, birth_date="1917-01-01")])),
    ("working_child", mother(child(2, activity="employee")),
     mother(child(2, birth_date="2011-01-01", activity="employee"))),
    ("grown_child", mother(child(2, birth_date="1996-11-20"), born="1970-01-01"),
     mother(child(2, birth_date="1996-11-21"), born="1970-01-01")),
    ("young_spouse", mother(person(2, relation="spouse", birth_date="2009-01-01")),
     mother(person(2, relation="spouse", birth_date="2008-01-01"))),
    ("month_or_year", worker(income("lohn", "24000.00")), worker(income("lohn", "10000.00"))),
    ("month_or_year", worker(income("lohn", "24000.00")), worker(income("lohn", "24000.00", frequency="yearly"))),
    ("year_or_month", worker(income("lohn", "900.00", frequency="yearly")),
     worker(income("lohn", "1000.00", frequency="yearly"))),
    ("full_wage_student", worker(income("lohn", "2500.00"), activity="training"),
     worker(income("lohn", "2499.00"), activity="training")),
    ("full_wage_student", worker(income("lohn", "2500.00"), applies=["training"]), worker(income("lohn", "2500.00"))),
    ("period_backwards", worker(once("2026-05-01", "2026-04-30")), worker(once("2026-05-01", "2026-05-01"))),
    ("jobs_without_pay", worker(NO_PAY, NO_PAY, NO_PAY), worker(NO_PAY, NO_PAY, income("lohn", "1.00"))),
    ("work_without_pay", worker(), worker(income("minijob_pauschal", "100.00"))),
    ("work_without_pay", worker(income("rente", "900.00")), worker(activity="retired")),
    ("odd_degree", pensioner(persons=[person(1, disability_degree=55)]),
     pensioner(persons=[person(1, disability_degree=50)])),
    ("change_in_the_past", pensioner(change_expected=True, change_expected_from="2026-10"),
     pensioner(change_expected=True, change_expected_from="2026-11")),
    ("little_saved", pensioner(much_saved=True, savings="6100.00"), pensioner(much_saved=True, savings="61000.00")),
    ("huge_flat", pensioner(living_area="585"), pensioner(living_area="300")),
    ("tiny_flat", pensioner(living_area="5.85"), pensioner(living_area="10")),
    ("crowded", mother(child(2), child(3), living_area="17"), mother(child(2), child(3), living_area="18")),
    ("business_area_over_all", pensioner(business_area="59"), pensioner(business_area="58")),
    ("sublet_area_over_all", pensioner(sublet_area="59"), pensioner(sublet_area="58")),
    ("moved_in_before_birth", pensioner(living_since="1961-02"), pensioner(living_since="1961-03")),
    ("own_landlord", pensioner(landlord="Erika Beispiel"), pensioner(landlord="Erik Beispiel")),
    ("no_house_number", pensioner(street="Beispielweg"), pensioner(street="Beispielweg 5")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "odd", "fine"), RULES, ids=[f"{at}-{one[0]}" for at, one in enumerate(RULES)])
def test_each_rule_asks_and_is_silent_beside_it(rule: str, odd: dict[str, Any], fine: dict[str, Any]) -> None:
    assert rule in [one.rule for one in doubts(odd)]
    assert rule not in [one.rule for one in doubts(fine)]


def test_every_rule_is_in_the_table() -> None:
    found = {one.rule for _rule, odd, _fine in RULES for one in doubts(odd)}
    assert found == {rule for rule, _odd, _fine in RULES}


def test_usual_people_are_asked_nothing() -> None:
    assert list(doubts(pensioner())) == []
    assert list(doubts(mother(child(2), child(3)))) == []
    assert list(doubts({})) == []


def test_every_question_is_easy_to_read() -> None:
    asked = {one.rule: one.question for _rule, odd, _fine in RULES for one in doubts(odd)}
    assert {rule: round(lix(text)) for rule, text in asked.items() if lix(text) > LIX_MOST} == {}


def test_every_spot_is_a_question_of_the_form(form: flow.Flow) -> None:
    lists = {(page.each, page.of) for page in form.form.pages if page.is_list}
    for _rule, odd, _fine in RULES:
        for one in doubts(odd):
            assert all((spot.level, spot.key) in {*form.fields, *lists} for spot in one.spots), one


# ------------------------------------------------------------------------------------------------------- the pages

RENT = {"rent_total": "500", "rent_contains": ["heating"], "heating": "600"}


@pytest.fixture
def draft(form: flow.Flow, db: None) -> Draft:
    """Everything answered and every page done, but the rent."""
    answers = pensioner()
    pages = [at.address for at in form.pages(answers) if at.page.key != "rent"]
    return Draft.objects.create(form="wohngeld", form_version=1, answers=answers, done=pages)


@pytest.fixture
def client(draft: Draft) -> Client:
    client = Client()
    session = client.session
    session[DRAFTS] = [str(draft.pk)]
    session.save()
    client.cookies["kiepe"] = session.session_key or ""
    return client


def post(client: Client, draft: Draft, page: str, data: dict[str, Any]) -> str:
    response = client.post(f"/antrag/wohngeld/{draft.pk}/{page}/", data)
    assert response.status_code == 302
    draft.refresh_from_db()
    return response.headers["Location"].partition(str(draft.pk))[2].strip("/")


def get(client: Client, draft: Draft, page: str) -> str:
    response = client.get(f"/antrag/wohngeld/{draft.pk}/{page}/")
    assert response.status_code == 200
    return response.content.decode()


def test_asked_once_beside_the_answer_and_never_held_up(client: Client, draft: Draft) -> None:
    assert post(client, draft, "rent", RENT) == "rent"
    assert draft.answers["heating"] == "600.00"  # stored all the same
    page = get(client, draft, "rent")
    assert "Kann das sein?" in page
    assert 'name="stimmt-parts_over_rent"' in page
    assert 'href="#zweifel-parts_over_rent"' in page
    assert post(client, draft, "rent", {**RENT, "gefragt": "parts_over_rent"}) == "payment"
    check = get(client, draft, "pruefen")
    assert "Sie können trotzdem absenden" in check
    assert "Antrag absenden</span>" in check


def test_yes_it_is_so_is_kept_until_a_value_changes(client: Client, draft: Draft) -> None:
    post(client, draft, "rent", RENT)
    said = {"gefragt": "parts_over_rent", "stimmt-parts_over_rent": "1", "grund-parts_over_rent": "Sonder\x00abschlag"}
    assert post(client, draft, "rent", {**RENT, **said}) == "payment"
    page = get(client, draft, "rent")
    assert 'value="1" checked' in page
    assert 'value="Sonder abschlag"' in page
    assert "Sie haben gesagt: Ja, das stimmt so." in get(client, draft, "pruefen")
    assert post(client, draft, "rent", {**RENT, "heating": "700"}) == "rent"
    assert "Bitte schauen Sie noch einmal hin" in get(client, draft, "rent")
    assert post(client, draft, "rent", {**RENT, "heating": "90"}) == "payment"
    assert "Kann das sein?" not in get(client, draft, "rent")
    assert "Kann das sein?" not in get(client, draft, "pruefen")


def test_changing_it_is_enough_and_pausing_is_not_held_up(client: Client, draft: Draft) -> None:
    assert post(client, draft, "rent", {**RENT, "action": "pause"}) == "pause"
    assert post(client, draft, "rent", {**RENT, "heating": "60", "gefragt": "parts_over_rent"}) == "payment"


def test_asked_where_the_later_answer_is_typed(client: Client, draft: Draft) -> None:
    """Nobody who says that she works is asked for her wage before the page of incomes."""
    draft.answers["persons"][0].pop("incomes")
    draft.done = ["application"]
    draft.save()
    you = {"first_name": "Erika", "last_name": "Beispiel", "birth_date": "24.3.61", "activity": "employee"}
    assert post(client, draft, "you/applicant", you) == "about_you/applicant"
    assert "Kann das sein?" not in get(client, draft, "you/applicant")
    assert post(client, draft, "incomes/applicant", {}) == "incomes/applicant"
    assert "es steht noch kein Lohn oder Gewinn da" in get(client, draft, "incomes/applicant")
    stands = {"gefragt": "work_without_pay-applicant", "stimmt-work_without_pay-applicant": "1"}
    assert post(client, draft, "incomes/applicant", stands) != "incomes/applicant"


def test_it_goes_into_the_case_beside_the_value(client: Client, draft: Draft, form: flow.Flow) -> None:
    before = deepcopy(draft.answers)
    post(client, draft, "rent", RENT)
    said = {"gefragt": "parts_over_rent", "stimmt-parts_over_rent": "1", "grund-parts_over_rent": "Sozialmiete"}
    post(client, draft, "rent", {**RENT, **said})
    assert client.post(f"/antrag/wohngeld/{draft.pk}/absenden/", {"declared": "1"}).status_code == 302
    kept = Answers.objects.get(case__draft=draft.pk).json
    assert kept["doubts"] == [
        {
            "rule": "parts_over_rent",
            "question": "Die Miete ist nicht höher als das, was davon für Heizung und anderes ist. "
            "Stimmen die Beträge?",
            "answers": ["rent_total", "heating"],
            "stands": True,
            "reason": "Sozialmiete",
        }
    ]
    assert "confirmed" not in kept
    assert kept["street"] == before["street"]


# ---------------------------------------------------------------------------------------------- while a page is typed


def ask(client: Client, draft: Draft, page: str, data: dict[str, Any]) -> list[dict[str, Any]]:
    """What the page's script is told to ask; nothing is stored by it."""
    before = Draft.objects.filter(pk=draft.pk).values()[0]
    response = client.post(f"/antrag/wohngeld/{draft.pk}/{page}/", {**data, "action": "told"})
    assert response.status_code == 200
    assert Draft.objects.filter(pk=draft.pk).values()[0] == before
    found: list[dict[str, Any]] = response.json()["ask"]
    return found


def names(found: list[dict[str, Any]]) -> list[tuple[str, str, bool]]:
    """Question, field, and whether it comes with the tick of one that was confirmed."""
    return [(one["name"], one["field"], 'value="1" checked' in one["html"]) for one in found]


def box(html: str, name: str = "parts_over_rent") -> str:
    """A question's part of a page, without what only sets it apart on the page."""
    found = re.search(rf'<div class="kw-doubt" id="zweifel-{name}".*?</div>\s*<label.*?</div>', html, re.DOTALL)
    assert found
    return found.group()


def test_asked_while_it_is_typed_and_gone_when_it_is_mended(client: Client, draft: Draft) -> None:
    (one,) = ask(client, draft, "rent", RENT)
    assert names([one]) == [("parts_over_rent", "heating", False)]
    assert ask(client, draft, "rent", {**RENT, "heating": "499,99"}) == []
    more = {**RENT, "rent_contains": ["heating", "garage"], "garage": "50"}
    assert names(ask(client, draft, "rent", more)) == [("parts_over_rent", "garage", False)]  # beside the last of them
    assert post(client, draft, "rent", RENT) == "rent"
    assert box(get(client, draft, "rent")) == box(one["html"])  # as the page itself asks
    assert names(ask(client, draft, "rent", {**RENT, "rent_total": "9000"})) == [("rent_or_year", "rent_total", False)]


def test_nothing_is_asked_of_what_is_blank_hidden_or_cannot_be_read(client: Client, draft: Draft) -> None:
    for typed in (
        {"rent_total": "500", "rent_contains": ["heating"], "heating": ""},
        {"rent_total": "", "rent_contains": ["heating"], "heating": "600"},
        {"rent_total": "500", "heating": "600"},  # the field of the heating is not shown
        {"rent_total": "1,250", "rent_contains": ["heating"], "heating": "600"},
        {**RENT, "heating_unknown": "1"},
    ):
        assert ask(client, draft, "rent", typed) == []
    draft.answers |= {"rent_total": "500.00", "rent_contains": ["heating"], "heating": "600.00"}
    draft.save()
    assert ask(client, draft, "rent", {**RENT, "rent_total": ""}) == []  # what is stored is not what stands there
    assert ask(client, draft, "rent", {**RENT, "rent_total": "fünfhundert"}) == []


def test_what_was_confirmed_is_not_asked_while_it_is_typed(client: Client, draft: Draft) -> None:
    said = {"gefragt": "parts_over_rent", "stimmt-parts_over_rent": "1", "grund-parts_over_rent": "Sozialmiete"}
    post(client, draft, "rent", {**RENT, **said})
    (one,) = ask(client, draft, "rent", RENT)
    assert names([one]) == [("parts_over_rent", "heating", True)]
    assert 'value="Sozialmiete"' in one["html"]
    (other,) = ask(client, draft, "rent", {**RENT, "heating": "700"})
    assert names([other]) == [("parts_over_rent", "heating", False)]
    marks = [re.findall(r'data-values="([0-9a-f]{16})"', found["html"]) for found in (one, other)]
    assert marks[0] != marks[1]  # by which the page knows that it is asked anew


def test_answered_while_it_is_typed_it_is_not_asked_again(client: Client, draft: Draft) -> None:
    said = {"gefragt": "parts_over_rent", "stimmt-parts_over_rent": "1", "grund-parts_over_rent": "Sozialmiete"}
    assert post(client, draft, "rent", {**RENT, **said}) == "payment"
    (kept,) = draft.answers["confirmed"]
    assert (kept["name"], kept["reason"]) == ("parts_over_rent", "Sozialmiete")
    assert "Sie haben gesagt: Ja, das stimmt so." in get(client, draft, "pruefen")


def test_a_question_about_another_page_is_asked_where_the_last_answer_is_typed(client: Client, draft: Draft) -> None:
    draft.answers["persons"].append({"id": "p2"})
    draft.done = ["application", "you/applicant"]
    draft.save()
    typed = {"first_name": "Max", "last_name": "Beispiel", "birth_date": "1.1.1950"}
    assert ask(client, draft, "person/p2", typed) == []  # whose child he is, is still blank
    (one,) = ask(client, draft, "person/p2", {**typed, "relation": "child"})
    assert names([one]) == [("parent_age-p2", "relation", False)]
    assert "Max und Sie: Das Kind ist hier älter als Mutter oder Vater." in one["html"]
    draft.done = ["application"]
    draft.save()
    assert ask(client, draft, "person/p2", {**typed, "relation": "child"}) == []  # one's own page was never sent


def test_what_was_said_stays_where_the_page_comes_again_for_another_reason(client: Client, draft: Draft) -> None:
    said = {"gefragt": "parts_over_rent", "stimmt-parts_over_rent": "1", "grund-parts_over_rent": "Sozial & <b>"}
    unread = {**RENT, "rent_contains": ["heating", "garage"], "garage": "1,250"}
    answer = client.post(f"/antrag/wohngeld/{draft.pk}/rent/", {**unread, **said})
    assert answer.status_code == 422
    for html in (answer.content.decode(), get(client, draft, "rent")):
        shown = box(html)
        assert 'value="1" checked' in shown
        assert 'value="Sozial &amp; &lt;b&gt;"' in shown
    del said["stimmt-parts_over_rent"]
    shown = box(client.post(f"/antrag/wohngeld/{draft.pk}/rent/", {**unread, **said}).content.decode())
    assert "checked" not in shown
    assert 'value="Sozial &amp; &lt;b&gt;"' in shown
    assert "confirmed" not in Draft.objects.get(pk=draft.pk).answers
    plain = client.post(f"/antrag/wohngeld/{draft.pk}/rent/", unread)  # without script nobody was asked yet
    assert "Kann das sein?" not in plain.content.decode()


def test_somebody_else_is_told_nothing(draft: Draft) -> None:
    response = Client().post(f"/antrag/wohngeld/{draft.pk}/rent/", {**RENT, "action": "told"})
    assert response.status_code == 404
    assert "kw-doubt" not in response.content.decode()
