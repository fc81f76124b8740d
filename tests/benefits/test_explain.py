"""The notice explained: every stored step once, the person's own numbers, and nothing computed anew."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from kiepe.cases import canonical
from kiepe.cases.assessment import Facts, Period
from kiepe.cases.explaining import Decided, Page, periods
from kiepe.service.benefits.wohngeld.assess import WohngeldAssessment
from kiepe.service.benefits.wohngeld.explain import EXPLAIN, amount, sort
from tests.benefits.decisions import STEPS
from tests.benefits.examples import TYPED
from tests.benefits.people import household, income, pensioner, person

DAY = date(2026, 11, 20)
KEYS = ["haushalt", "einkommen", "abzuege", "miete", "betrag", "zeitraum"]


def decided(answers: dict[str, object], kind: str = "grant") -> Decided:
    facts = Facts(answers, DAY)
    proposal = WohngeldAssessment().propose(facts)
    stored = json.loads(canonical.encode(proposal.periods))
    return Decided(kind, proposal.title, periods(stored), DAY, facts, DAY)


def texts(page: Page) -> str:
    said = [page.title, page.lead]
    for part in page.parts:
        said += [part.heading, *part.paragraphs]
        said += [f"{line.label} {line.value} {line.why}" for line in part.lines]
    return " ".join(said).replace("\u00a0", " ")


def pages(answers: dict[str, object]) -> dict[str, Page]:
    return {page.key: page for page in EXPLAIN.pages(decided(answers))}


def test_stored_periods_come_back_as_they_were() -> None:
    proposal = WohngeldAssessment().propose(Facts(TYPED["bmwsb-2025-5"], DAY))
    assert periods(json.loads(canonical.encode(proposal.periods))) == proposal.periods


@pytest.mark.parametrize("example", sorted(TYPED))
def test_every_step_stands_on_one_page(example: str) -> None:
    found = decided(TYPED[example])
    assert [page.key for page in EXPLAIN.pages(found)] == KEYS
    lines = [line.label for page in EXPLAIN.pages(found) for part in page.parts for line in part.lines]
    for step in found.periods[0].steps:
        assert lines.count(step.label) == 1, step.label


def test_the_published_example_in_plain_words() -> None:
    """Example 1 of 2025: pension 1.300 €, rent 335 €; published total income 1.162,35 € and Wohngeld 110 €."""
    found = pages(TYPED["bmwsb-2025-1"])
    assert "zählt eine Person" in texts(found["haushalt"])
    assert "12 × 1.300,00 €" in texts(found["einkommen"])
    assert "-" not in "".join(line.value for part in found["abzuege"].parts for line in part.lines)
    assert "−102,00 €" in texts(found["abzuege"])
    assert "1.162,35 €" in texts(found["abzuege"])
    assert "nicht darüber" in texts(found["miete"])
    assert "110 €" in texts(found["betrag"])
    assert "01.11.2026 bis 31.10.2027" in texts(found["zeitraum"])


def test_a_rent_above_the_cap_says_so() -> None:
    """Münster, Mietenstufe IV, one person: 511 € (Anlage 1 WoGG) and 19,20 € Klimakomponente (§ 12 Abs. 7 WoGG)."""
    said = texts(pages(pensioner(rent_total="700.00"))["miete"])
    assert "Ihre Miete ist 700,00 €" in said
    assert "zählen höchstens 530,20 €" in said


def test_an_owner_reads_of_a_burden() -> None:
    found = pages(TYPED["bmwsb-2025-4"])
    assert "Belastung" in found["miete"].title
    assert "750,00 €" in texts(found["miete"])


def test_who_is_excluded_is_told_why() -> None:
    said = texts(pages(TYPED["bmwsb-2025-10"])["haushalt"])
    assert "zählt eine Person" in said
    assert "leben 2 Personen" in said


def test_a_freelancer_has_an_income_and_no_maintenance() -> None:
    """§ 18 EStG names an income, § 18 WoGG a deduction."""
    found = pages(household(person(1, income("selbststaendig", "1500.00"), activity="self_employed")))
    assert "selbst" in texts(found["einkommen"]).lower()
    assert "Unterhalt" not in texts(found["abzuege"])


def test_two_periods_have_their_own_parts() -> None:
    one = decided(TYPED["bmwsb-2025-1"])
    first = replace(one.periods[0], end=date(2027, 3, 31))
    other = decided(pensioner(rent_total="400.00")).periods[0]
    both = replace(one, periods=(first, replace(other, start=date(2027, 4, 1))))
    rent = {page.key: page for page in EXPLAIN.pages(both)}["miete"]
    assert [part.heading for part in rent.parts] == ["01.11.2026 bis 31.03.2027", "01.04.2027 bis 31.10.2027"]


def test_a_decision_that_differs_says_so() -> None:
    one = decided(TYPED["bmwsb-2025-1"], kind="other")
    other = replace(one, periods=(replace(one.periods[0], amount=150, reason="Nach dem neuen Rentenbescheid."),))
    said = texts({page.key: page for page in EXPLAIN.pages(other)}["betrag"])
    assert "anders als gerechnet, nämlich 150 €" in said
    assert "Nach dem neuen Rentenbescheid." in said


def test_without_steps_only_the_time_is_told() -> None:
    bare = replace(decided(TYPED["bmwsb-2025-1"]), periods=(Period(DAY, DAY, 0, "Zurückgezogen."),))
    assert [page.key for page in EXPLAIN.pages(bare)] == ["zeitraum"]


def test_steps_that_are_no_euro_are_none() -> None:
    assert amount("0,3010822600") is None
    assert str(amount("−1.162,35 €")) == "-1162.35"
    assert sort(Period(DAY, DAY, 0, steps=STEPS)).people == ()


def test_the_page_says_what_was_stored_and_not_what_would_be_computed() -> None:
    """Known-bad control: a changed stored figure must show, so nothing is computed anew."""
    one = decided(TYPED["bmwsb-2025-1"])
    figures = {**one.periods[0].figures, "income_considered": "1234.56"}
    changed = replace(one, periods=(replace(one.periods[0], figures=figures),))
    assert "1.234,56 €" in texts({page.key: page for page in EXPLAIN.pages(changed)}["betrag"])


def test_reading_level() -> None:
    """LIX of each page's own sentences is at most 40: words a sentence, and percent of words longer than six signs."""
    for example in TYPED.values():
        for page in EXPLAIN.pages(decided(example)):
            own = [page.lead, *(text for part in page.parts for text in part.paragraphs)]
            own += [line.why for part in page.parts for line in part.lines if line.why]
            text = re.sub(r"[\d.,]+\u00a0?€|\(.*?\)|\d\d\.\d\d\.\d{4}", "1", " ".join(own))
            words = re.findall(r"[\wäöüß]+", text)
            sentences = len(re.findall(r"[.!?:](?:\s|$)", text))
            lix_value = len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)
            assert lix_value <= 40, (page.key, round(lix_value), text)
