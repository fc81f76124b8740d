"""What would be if: the decision's own answers with another rent, other incomes or other people. Nothing is kept.

What must or may be told is compared with the figures in the notice, as § 27 Abs. 1 and 3 WoGG does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiepe.base.forms import values
from kiepe.base.ui.templatetags.ui import euro, full_euro
from kiepe.cases.assessment import Assessment, Facts, Outcome, Period, Proposal
from kiepe.cases.explaining import Decided, Estimate, Question
from kiepe.service.benefits.wohngeld import corrections, law_words, what_if_duties
from kiepe.service.benefits.wohngeld.answers import euro as stored
from kiepe.service.benefits.wohngeld.dwelling import RENTED

Answers = dict[str, Any]
MOST = Decimal(100_000)  # euro a month or year; a typing error beyond
SAME, CHILD, ADULT = "same", "child", "adult"


@dataclass(frozen=True, slots=True)
class WhatIfWohngeld:
    """Implements cases.explaining.WhatIf with the assessment that also made the decision."""

    assessment: Assessment

    def questions(self, decided: Decided) -> Sequence[Question]:
        """Rent or burden, every income that comes regularly, a wage for who has none, more or fewer people."""
        if not decided.current.figures:
            return ()
        answers = _answers(decided)
        return [*_home(answers), *_incomes(answers), _people(answers)]

    def estimate(self, decided: Decided, typed: Mapping[str, str]) -> Estimate:
        """Compute the current period again with what was typed."""
        questions = self.questions(decided)
        amounts, errors = _read(questions, typed)
        if errors:
            return Estimate(errors=errors)
        changed = _changed(_answers(decided), amounts, typed, decided.today)
        facts = _facts(decided, changed)
        proposal = self._propose(facts)
        if proposal.outcome is Outcome.UNCLEAR or not proposal.periods:
            return Estimate(problems=(_too_special(),))
        as_it_was = self._propose(_facts(decided, _answers(decided))).periods
        return _told(decided.current, proposal.periods[0], computed=as_it_was[0].amount if as_it_was else None)

    def _propose(self, facts: Facts) -> Proposal:
        """In German, whatever the reader's language is: what the law says is told by law_words."""
        with override(settings.LANGUAGE_CODE):
            return self.assessment.propose(facts)


def _facts(decided: Decided, answers: Answers) -> Facts:
    """The current period alone, with what is established for it already laid into the answers."""
    now = decided.current
    return replace(decided.facts, answers=answers, corrections=(), start=now.start, end=now.end)


def _answers(decided: Decided) -> Answers:
    """The answers as they hold in the current period."""
    valid = corrections.in_force(decided.facts.corrections, decided.current.start)
    return corrections.laid_over(decided.facts.answers, valid)


def _home(answers: Answers) -> list[Question]:
    if answers.get("tenure") in RENTED:
        hint = _("Die ganze Miete, wie Sie sie überweisen. Was darin für Heizung steckt, bleibt gleich.")
        return [Question("rent_total", _("Miete im Monat"), _shown(answers.get("rent_total")), hint)]
    if answers.get("tenure") == "owner" and answers.get("burden_basis") == "total":
        return [Question("burden_month", _("Belastung im Monat"), _shown(answers.get("burden_month")))]
    if answers.get("tenure") == "owner":
        interest = _("Zinsen für den Kredit im Jahr")
        return [Question("interest_year", interest, _shown(answers.get("interest_year") or "0"))]
    return []


def _incomes(answers: Answers) -> list[Question]:
    found = []
    for index, person in enumerate(answers.get("persons", [])):
        name = f"{person.get('first_name', '')} {person.get('last_name', '')}".strip()
        regular = [one for one in person.get("incomes") or [] if one.get("frequency") != "once"]
        for number, one in enumerate(person.get("incomes") or []):
            if one in regular:
                found.append(_income(f"p{index}i{number}", name, one))
        if not regular and not _young(person):
            label = _("%(name)s: neuer Lohn im Monat, brutto") % {"name": name}
            found.append(Question(f"p{index}new", label, "0,00", _("0, wenn es keinen gibt.")))
    return found


def _income(key: str, name: str, income: Answers) -> Question:
    said = {"name": name, "what": str(income.get("payer") or _("Einkommen"))}
    yearly = income.get("frequency") == "yearly"
    label = _("%(name)s: %(what)s im Jahr, brutto") if yearly else _("%(name)s: %(what)s im Monat, brutto")
    return Question(key, label % said, _shown(income.get("amount")))


def _young(person: Answers) -> bool:
    return person.get("activity") == "child"


def _people(answers: Answers) -> Question:
    options = [
        (SAME, _("Es bleibt, wie es ist")),
        (CHILD, _("Ein Kind kommt dazu")),
        (ADULT, _("Eine erwachsene Person ohne Einkommen kommt dazu")),
    ]
    for index, person in enumerate(answers.get("persons", [])):
        if index:
            options.append((f"minus{index}", _("%(name)s zieht aus") % {"name": person.get("first_name", "")}))
    return Question("people", _("Wer gehört zum Haushalt?"), SAME, options=tuple(options))


def _shown(value: object) -> str:
    return euro(value).removesuffix("\u00a0€") if value not in (None, "") else ""


def _read(questions: Sequence[Question], typed: Mapping[str, str]) -> tuple[dict[str, Decimal], dict[str, str]]:
    amounts: dict[str, Decimal] = {}
    errors: dict[str, str] = {}
    for one in questions:
        raw = typed.get(one.key, "").strip()
        if one.options:
            if raw not in dict(one.options):
                errors[one.key] = _("Wählen Sie aus der Liste.")
            continue
        found = values.amount(raw) if raw else None
        if found is None:
            errors[one.key] = _("%(label)s: Geben Sie einen Betrag ein, zum Beispiel 690,00.") % {"label": one.label}
        elif not 0 <= found <= MOST:
            errors[one.key] = _("%(label)s: Dieser Betrag ist zu klein oder zu groß.") % {"label": one.label}
        else:
            amounts[one.key] = found
    return amounts, errors


def _changed(answers: Answers, amounts: Mapping[str, Decimal], typed: Mapping[str, str], today: date) -> Answers:
    """A copy of the answers with everything that was typed."""
    changed = deepcopy(answers)
    persons: list[Answers] = changed["persons"]
    for key, amount in amounts.items():
        if not key.startswith("p"):
            changed[key] = stored(amount)
            continue
        index, _sign, number = key[1:].partition("i")
        if number:
            persons[int(index)]["incomes"][int(number)]["amount"] = stored(amount)
        elif amount:
            _give_wage(persons[int(index.removesuffix("new"))], amount)
    _move(persons, typed.get("people", SAME), today)
    return changed


def _give_wage(person: Answers, amount: Decimal) -> None:
    """A new wage is one on which tax and contributions are paid, as it is for most."""
    wage = {"id": "what-if", "kind": "lohn", "payer": "–", "frequency": "monthly", "amount": stored(amount)}
    person["incomes"] = [*(person.get("incomes") or []), wage]
    person |= {key: person.get(key, True) for key in ("pays_tax", "pays_health", "pays_pension")}


def _move(persons: list[Answers], wish: str, today: date) -> None:
    if wish.startswith("minus"):
        del persons[int(wish.removeprefix("minus"))]
    elif wish in {CHILD, ADULT}:
        child = {"relation": "child", "activity": "child", "kindergeld": True, "custody": "here"}
        grown = {"relation": "relative", "activity": "other", "parent_here": False}
        born = today.isoformat() if wish == CHILD else "1990-01-01"
        common = {"id": "what-if", "first_name": _("Neue"), "last_name": _("Person"), "birth_date": born}
        persons.append(
            {**common, "nationality": "german", "applies": [], "incomes": [], **(child if wish == CHILD else grown)}
        )


def _told(now: Period, then: Period, *, computed: int | None) -> Estimate:
    lines = (
        (_("Personen, die zählen"), now.figures["members_considered"], then.figures["members_considered"]),
        (_("Kosten der Wohnung (M)"), *_both(now, then, "rent_considered")),
        (_("Geld im Monat (Y)"), *_both(now, then, "income_considered")),
        (_("Wohngeld"), full_euro(now.amount), full_euro(then.amount)),
    )
    notes = [
        _("Gerechnet ist mit Ihren Angaben und dem Recht, nach dem entschieden wurde. Sonst ändert sich nichts."),
        _("Nicht gefragt haben wir zum Beispiel nach Steuern auf neues Einkommen. Verbindlich ist nur ein Bescheid."),
    ]
    if computed != now.amount:
        notes.append(_("Ihr Bescheid weicht von der Rechnung ab. Der Vergleich passt deshalb nur ungefähr."))
    return Estimate(
        before=now.amount,
        after=then.amount,
        reason=law_words.said(then.reason),
        lines=lines,
        verdicts=what_if_duties.verdicts(now, then),
        notes=tuple(notes),
    )


def _both(now: Period, then: Period, name: str) -> tuple[str, str]:
    return euro(now.figures[name]), euro(then.figures[name])


def _too_special() -> str:
    return _("Mit diesen Angaben lässt sich hier nichts ausrechnen. Rufen Sie uns an, wir rechnen es mit Ihnen aus.")
