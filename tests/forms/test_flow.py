"""Which pages come, where Weiter and Zurück lead, what counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.http import QueryDict

from kiepe.base.forms.flow import Flow, load
from kiepe.base.forms.questions import PLACES, problems, questions

ERIKA = {"id": "applicant", "first_name": "Erika", "last_name": "Beispiel", "birth_date": "1961-03-27", "works": True}
TIM = {"id": "p2", "first_name": "Tim", "last_name": "Beispiel", "birth_date": "2017-04-03", "works": False}


@pytest.fixture
def flow() -> Flow:
    return load(Path(__file__).parent / "antrag" / "form.yaml")


@pytest.fixture
def answers() -> dict[str, Any]:
    job = {"id": "p1", "employer": "Bäckerei", "gross_month": "1250.00"}
    return {
        "persons": [{**ERIKA, "jobs": [job]}, dict(TIM)],
        "housing": "rent",
        "rent_total": "690.00",
        "heating": False,
    }


def addresses(flow: Flow, answers: dict[str, Any]) -> list[str]:
    return [at.address for at in flow.pages(answers)]


def test_pages_of_an_empty_form(flow: Flow) -> None:
    assert addresses(flow, {}) == ["name/applicant", "contact", "household", "work/applicant", "rent", "account"]


def test_pages_go_through_items_and_items_of_items(flow: Flow, answers: dict[str, Any]) -> None:
    assert addresses(flow, answers) == [
        "name/applicant", "contact", "household", "work/applicant", "jobs/applicant", "job/applicant/p1",
        "member/p2", "work/p2", "rent", "more", "account",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("here", "to", "back"),
    [
        ("name/applicant", "contact", None),
        ("contact", "household", "name/applicant"),
        ("work/applicant", "jobs/applicant", "household"),
        ("jobs/applicant", "household", "work/applicant"),
        ("job/applicant/p1", "jobs/applicant", "jobs/applicant"),
        ("member/p2", "work/p2", "household"),
        ("work/p2", "household", "member/p2"),
        ("household", "rent", "contact"),
        ("rent", "more", "household"),
        ("account", None, "more"),
    ],
)
def test_next_and_previous(flow: Flow, answers: dict[str, Any], here: str, to: str | None, back: str | None) -> None:
    done = set(addresses(flow, answers))
    key, *items = here.split("/")
    at = flow.at(key, items)
    found, before = flow.next(at, answers, done), flow.previous(at, answers)
    assert (found and found.address) == to
    assert (before and before.address) == back


def test_a_list_leads_to_what_is_open_in_it(flow: Flow, answers: dict[str, Any]) -> None:
    done = set(addresses(flow, answers)) - {"work/p2"}
    found = flow.next(flow.at("household"), answers, done)
    assert found is not None
    assert found.address == "work/p2"


def test_prune_drops_what_is_not_asked_and_what_follows_from_it(flow: Flow, answers: dict[str, Any]) -> None:
    answers |= {"heating": True, "heating_amount": "80.00", "benefits": ["other"], "benefits_other": "BAföG", "spam": 1}
    answers["housing"] = "other"
    answers["persons"] = [{**answers["persons"][0], "works": False}]
    pruned = flow.prune(answers)
    assert pruned == {"persons": [{**ERIKA, "works": False}], "housing": "other"}
    assert "heating_amount" in answers  # what was typed stays with the draft


def test_unknown_answers_a_required_question(flow: Flow, answers: dict[str, Any]) -> None:
    answers["heating"] = True
    at = flow.at("rent")
    assert [one.path for one in flow.missing(answers, soft=False)] == ["heating_amount", "country", "payee"]
    parsed = flow.parse(at, answers, QueryDict("housing=rent&rent_total=1.250&heating=yes&heating_amount_unknown=1"))
    assert parsed.errors == {}
    stored = flow.store(at, answers, parsed.values)
    assert stored["rent_total"] == "1250.00"
    assert stored["heating_amount_unknown"] is True
    assert [one.path for one in flow.missing(stored, soft=False)] == ["country", "payee"]


def test_soft_never_blocks_and_is_named(flow: Flow, answers: dict[str, Any]) -> None:
    parsed = flow.parse(flow.at("contact"), answers, QueryDict("email=&phone="))
    assert parsed.errors == {}
    assert "email" in [one.path for one in flow.missing(answers) if one.soft]


def test_errors_keep_what_was_typed(flow: Flow, answers: dict[str, Any]) -> None:
    at = flow.at("rent")
    parsed = flow.parse(
        at, answers, QueryDict("housing=rent&rent_total=weniger+als+700&heating=yes&heating_amount=viel+0")
    )
    assert set(parsed.errors) == {"rent_total", "heating_amount"}
    walk = flow.walk(answers)
    housing, *_rest = questions(walk, at, parsed.raw, parsed.errors)
    rent, heating = housing.choices[0].reveals
    assert (rent.typed, rent.error) == ("weniger als 700", parsed.errors["rent_total"])
    assert heating.choices[0].reveals[0].typed == "viel 0"
    sentences = [one.sentence for one in problems(walk, at, parsed.errors)]
    assert sentences[0].startswith("Wie viel zahlen Sie im Monat insgesamt: ")  # the same sentence twice needs a name


def test_a_question_below_another_answer_makes_no_error(flow: Flow, answers: dict[str, Any]) -> None:
    parsed = flow.parse(flow.at("rent"), answers, QueryDict("housing=other&rent_total=ca.+700"))
    assert parsed.errors == {}
    parsed = flow.parse(flow.at("rent"), answers, QueryDict(""))
    assert list(parsed.errors) == ["housing"]


def test_typed_and_unknown_at_once_is_asked_back(flow: Flow, answers: dict[str, Any]) -> None:
    post = QueryDict("employer=X&gross_month=100&gross_month_unknown=1")
    parsed = flow.parse(flow.at("job", ["applicant", "p1"]), answers, post)
    assert "nur eines" in parsed.errors["gross_month"]


def test_questions_below_one_answer_and_below_several(flow: Flow) -> None:
    (housing,) = questions(flow.walk({}), flow.at("rent"))
    assert [[one.name for one in choice.reveals] for choice in housing.choices] == [["rent_total", "heating"], [], []]
    assert [choice.opens for choice in housing.choices] == [True, True, False]
    assert [(one.name, one.opened_by) for one in housing.after] == [("area", (0, 1))]


def test_the_style_sheet_knows_every_place() -> None:
    sheet = finders.find("ui/kiepe.css")
    assert isinstance(sheet, str)
    for place in range(PLACES):
        rule = f'[data-nth="{place}"]:checked) > .kf-after > .kf-of-{place}'
        assert rule in Path(sheet).read_text(encoding="utf-8")


def test_items_have_stable_ids(flow: Flow) -> None:
    at = flow.at("household")
    first, one = flow.new_item(at, {})
    again, same = flow.new_item(at, first)
    assert (one, same, len(again["persons"])) == ("p2", "p2", 2)  # the empty one is taken
    filled = flow.store(flow.at("member", [one]), again, {"first_name": "Tim"})
    second, two = flow.new_item(at, filled)
    gone = flow.remove_item(at, second, one)
    _third, three = flow.new_item(at, flow.store(flow.at("member", [two]), gone, {"first_name": "Mia"}))
    assert (two, three) == ("p3", "p4")
    assert flow.remove_item(at, gone, "applicant") == gone


def test_summary_says_everything_as_people_read_it(flow: Flow, answers: dict[str, Any]) -> None:
    answers["persons"][0]["jobs"][0] = {"id": "p1", "employer": "Bäckerei", "gross_month_unknown": True}
    rows = {row.path: row for section in flow.summary(answers) for row in section.rows}
    assert rows["rent_total"].value == "690,00\u00a0€"
    assert rows["persons.0.birth_date"].value == "27.03.1961"
    assert rows["persons.0.jobs.0.gross_month"].value == "Weiß ich nicht"
    assert rows["persons.1.works"].label == "Hat Tim eine Arbeit?"
    assert rows["heating"].value == "Nein"
    assert rows["email"].missing
    assert rows["persons.0.jobs.0.employer"].at == flow.at("job", ["applicant", "p1"])
    titles = [group.title for section in flow.summary(answers) for group in section.groups]
    assert "Arbeit von Erika" in titles


def test_field_behind_a_path(flow: Flow) -> None:
    assert flow.field("persons.0.jobs.1.gross_month").label == "Lohn im Monat"
    assert flow.field("rent_total").page.key == "rent"
    with pytest.raises(KeyError):
        flow.field("persons.0.nothing")


def test_addresses_that_do_not_exist(flow: Flow) -> None:
    with pytest.raises(KeyError):
        flow.at("nowhere")
    with pytest.raises(KeyError):
        flow.at("job", ["applicant"])
