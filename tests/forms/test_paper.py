"""Forms on paper: numbers, conditions in words, every question in its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiepe.base.forms import flow, paper, paper_numbers
from kiepe.base.forms.condition_words import Scene, numbers, told
from kiepe.base.forms.conditions import BadCondition

FORM = Path(__file__).parent / "antrag" / "form.yaml"


@pytest.mark.parametrize("number", ["86095742719", "47036892816", "65929970489"])
def test_the_check_digit_is_that_of_iso_7064(number: str) -> None:
    # published test numbers of the German tax number (BZSt), which uses the same system MOD 11,10
    assert paper_numbers.check_digit(number[:-1]) == number[-1]


def test_a_number_is_read_as_people_type_it_and_a_slip_is_found() -> None:
    number = paper_numbers.fresh()
    assert paper_numbers.read(f" {paper_numbers.shown(number)} ") == number
    for at in range(len(number)):
        for digit in "0123456789":
            wrong = number[:at] + digit + number[at + 1 :]
            assert wrong == number or paper_numbers.read(wrong) is None
    assert paper_numbers.read(number[:-1]) is None


@pytest.fixture
def form() -> flow.Flow:
    return flow.load(FORM)


def test_conditions_are_told_with_the_questions_number(form: flow.Flow) -> None:
    number = numbers(form)[("", "housing")]
    words = told(form.condition("housing == 'rent' and not heating"), Scene(form))
    assert isinstance(words, str)
    assert f"bei Frage {number}: „" in words
    assert " und " in words
    assert "rent'" not in words  # labels, not values


def test_what_paper_knows_of_a_person_is_worked_out(form: flow.Flow) -> None:
    condition = form.condition("index == 0", "persons")
    assert told(condition, Scene(form, "persons", 0)) is True
    assert told(condition, Scene(form, "persons", 2)) is False
    assert told(form.condition("not (index == 0)", "persons"), Scene(form, "persons", 0)) is False


def test_what_cannot_be_told_is_named_not_printed(form: flow.Flow) -> None:
    with pytest.raises(BadCondition):
        told(form.condition("today < '2030-01-01'"), Scene(form))


def labels(sections: list[dict[str, Any]]) -> list[str]:
    return [field["label"] for section in sections for page in section["pages"] for field in page["fields"]]


def test_every_question_is_printed_in_the_order_of_the_form(form: flow.Flow) -> None:
    sections = paper.sections(form)
    assert [section["title"] for section in sections] == [section.title for section in form.form.sections]
    printed = [(field["number"]) for section in sections for page in section["pages"] for field in page["fields"]]
    assert set(printed) == set(numbers(form).values())
    top = [number for (level, _key), number in numbers(form).items() if not level]
    assert [printed.index(number) for number in top] == sorted(printed.index(number) for number in top)


def test_answers_stand_in_their_boxes(form: flow.Flow) -> None:
    answers = {"persons": [{"id": "applicant", "first_name": "Erika", "last_name": "Beispiel"}], "housing": "rent"}
    sections = paper.sections(form, answers)
    fields = [field for section in sections for page in section["pages"] for field in page["fields"]]
    assert "Erika" in [field["value"] for field in fields]
    assert sum(option["chosen"] for field in fields for option in field["options"]) == 1
