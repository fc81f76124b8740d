"""What the law says in German is said in the reader's language: every step of the published cases, every reason."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.utils.translation import override

from kiepe.base.ui.languages import German
from kiepe.cases import canonical
from kiepe.cases.assessment import Facts
from kiepe.cases.explaining import Decided, periods
from kiepe.law.wohngeld.einnahmen import REGELN
from kiepe.service.benefits.wohngeld import law_words
from kiepe.service.benefits.wohngeld.assess import WohngeldAssessment
from kiepe.service.benefits.wohngeld.explain import EXPLAIN
from kiepe.service.benefits.wohngeld.what_if import WhatIfWohngeld
from tests.benefits.examples import TYPED
from tests.benefits.people import pensioner

DAY = date(2026, 11, 20)


def decided(answers: dict[str, object]) -> Decided:
    facts = Facts(answers, DAY)
    proposal = WohngeldAssessment().propose(facts)
    return Decided("grant", proposal.title, periods(json.loads(canonical.encode(proposal.periods))), DAY, facts, DAY)


@pytest.mark.parametrize("example", sorted(TYPED))
def test_every_step_of_the_published_cases_is_said_in_english(example: str) -> None:
    found = decided(TYPED[example])
    with override("en"):
        labels = [step.label for one in found.periods for step in one.steps]
        german = [label for label in labels if isinstance(law_words.said(label), German)]
    assert german == []


@pytest.mark.parametrize("income", sorted({rule.bezeichnung for rule in REGELN.values()}))
@pytest.mark.parametrize("form", ["{}", "{} im Jahr", "{}: 12 × 1.800,00 €", "Erika Öztürk: {} im Jahr",
                                  "{}: Verlust, wird nicht ausgeglichen"])  # fmt: skip
def test_every_income_of_the_law_is_said_in_english(income: str, form: str) -> None:
    with override("en"):
        said = law_words.said(form.format(income))
    assert not isinstance(said, German)
    assert said != form.format(income)


@pytest.mark.parametrize(
    ("kept", "english"),
    [
        ("Jahreseinkommen von Anna Maria de la Cruz", "Yearly income of Anna Maria de la Cruz"),
        ("Erika Öztürk: Arbeitslohn: 12 × 2.150,00 €", "Erika Öztürk: Wage: 12 × 2.150,00 €"),
        ("Klimakomponente, davon 2/3", "Climate component, of which 2/3"),
        ("Höchstbetrag für 3 Personen in Mietenstufe IV, davon 2/3",
         "Maximum for 3 people at rent level IV, of which 2/3"),
        ("Enthalten, Pauschbetrag: Warmwasser", "Included, flat sum: Hot water"),
        ("10 Prozent: Steuern vom Einkommen", "10 per cent: income tax"),
        ("z3 = M − z2", "z3 = M − z2"),
        ("2 von 3", "2 of 3"),
        ("Das Wohngeld würde weniger als 10 Euro im Monat betragen (§ 21 Nr. 1 WoGG).",
         "Wohngeld would be less than 10 euros a month (§ 21 Nr. 1 WoGG)."),
    ],
)  # fmt: skip
def test_names_and_numbers_stay(kept: str, english: str) -> None:
    with override("en"):
        assert law_words.said(kept) == english
    with override("de"):
        assert law_words.said(kept) == kept


def test_a_caseworkers_words_stay_german_and_are_marked() -> None:
    """Known-bad control of the tests above: what is not in the list is seen."""
    with override("en"):
        assert isinstance(law_words.said("Der Keller zählt nicht mit."), German)


@pytest.mark.parametrize("language", ["en", "de-simple"])
@pytest.mark.parametrize("example", ["bmwsb-2025-1", "bmwsb-2025-4"])
def test_the_explanation_has_the_same_numbers_in_every_language(example: str, language: str) -> None:
    found = decided(TYPED[example])

    def numbers() -> list[str]:
        lines = [line for page in EXPLAIN.pages(found)[:-1] for part in page.parts for line in part.lines]
        return [line.value for line in lines if line.value.endswith("€")]

    german = numbers()
    with override(language):
        assert numbers() == german
        owner = "2025-4" in example  # the ministry's example of an owner
        title = EXPLAIN.pages(found)[3].title
    assert ("housing costs" in title or "Kosten" in title) == owner


def test_what_if_computes_the_same_in_every_language() -> None:
    found, calculator = decided(pensioner()), WhatIfWohngeld(WohngeldAssessment())
    typed = {one.key: one.now for one in calculator.questions(found)}
    first = next(iter(typed))
    german = calculator.estimate(found, typed | {first: "700,00"})
    with override("en"):
        english = calculator.estimate(found, typed | {first: "700,00"})
    assert (english.after, english.before) == (german.after, german.before)
    assert english.lines[0][0] == "People who count"
