"""The assessment: answers and corrections in, a proposal with every step of the law out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from kiepe.base.forms import flow
from kiepe.cases.assessment import Correction, Facts, Outcome, Period, Proposal, Step
from kiepe.law.wohngeld import Ergebnis, KeinRecht, Ungueltig, haushalt_aus, wohngeld
from kiepe.service.benefits.wohngeld import corrections
from kiepe.service.benefits.wohngeld.answers import Answers, Notes
from kiepe.service.benefits.wohngeld.hints import look_at
from kiepe.service.benefits.wohngeld.household import deceased_counts_until, establish
from kiepe.service.benefits.wohngeld.period import Span, first_full_month, span

FORM = Path(__file__).parent / "form.yaml"
_CENT = Decimal("0.01")
BURDEN, RENT = "Lastenzuschuss", "Mietzuschuss"  # § 1 Abs. 2 WoGG; kept with the decision


class WohngeldAssessment:
    """Implements cases.assessment.Assessment for Wohngeld. Pure but for the city pack, which never changes."""

    def propose(self, facts: Facts) -> Proposal:
        """The prepared decision. Missing or contradictory answers become problems, never exceptions."""
        notes = Notes()
        for one in corrections.lost(facts.answers, facts.corrections):
            notes.problem(one.answer, _("Diese Berichtigung passt zu keiner Angabe mehr. Bitte zurücknehmen."))
        whole = self._level(facts, notes, None)
        when = span(whole, facts.received, facts.start, facts.end)
        if when.end < when.start:
            notes.problem("", _("Der Zeitraum endet vor seinem Beginn. Bitte Anfang und Ende prüfen."))
            return _unclear(notes, whole)
        look_at(whole, when)
        results: list[tuple[Span, Ergebnis]] = []
        for part in when.split(_change_days(facts, whole, when)):
            level = self._level(facts, notes, part.start)
            result = _compute(level, part)
            if result is not None:
                results.append((part, result))
        if notes.problems:
            return _unclear(notes, whole)
        return _proposal(results, notes)

    def corrected(self, answers: Mapping[str, object], found: Sequence[Correction]) -> Mapping[str, object]:
        """The answers with the corrections in force for the whole period laid over them."""
        return corrections.laid_over(answers, [one for one in found if one.valid_from is None])

    def _level(self, facts: Facts, notes: Notes, day: date | None) -> Answers:
        """The answers as they hold on `day` (None: for the whole time), without what is no longer asked."""
        if day is None:
            valid = [one for one in facts.corrections if one.valid_from is None]
        else:
            valid = corrections.in_force(facts.corrections, day)
        return Answers(_form().prune(corrections.laid_over(facts.answers, valid)), notes)


@cache
def _form() -> flow.Flow:
    return flow.load(FORM)


def _change_days(facts: Facts, answers: Answers, when: Span) -> list[date]:
    """Firsts of months on which facts change: a correction begins to count, somebody who died no longer does."""
    days = [first_full_month(one.valid_from) for one in facts.corrections if one.valid_from is not None]
    for one in facts.corrections:
        if one.valid_from is not None and first_full_month(one.valid_from) > when.end:
            text = _("Eine Berichtigung gilt erst ab %(day)s und damit nach dem Ende des Zeitraums; sie wirkt nicht.")
            answers.notes.hint("§ 25 Abs. 1 WoGG", text % {"day": f"{one.valid_from:%d.%m.%Y}"})
    gone = deceased_counts_until(answers)
    if gone is not None:
        days.append(gone)
        if when.start < gone <= when.end:
            text = _("Die verstorbene Person zählt bis %(day)s mit; der Zeitraum ist deshalb geteilt.")
            last = gone - timedelta(days=1)
            answers.notes.hint("§ 6 Abs. 2, § 25 Abs. 1 Satz 2 WoGG", text % {"day": f"{last:%d.%m.%Y}"})
    return days


def _compute(answers: Answers, part: Span) -> Ergebnis | None:
    """What the law says for one part; None where a problem was noted."""
    known = len(answers.notes.problems)
    household = establish(answers, part)
    if len(answers.notes.problems) > known:
        return None
    try:
        return wohngeld(haushalt_aus(household.data))
    except Ungueltig as trouble:
        for one in trouble.fehler:
            answers.notes.problem(household.answer_of(one.pfad), one.text)
    except KeinRecht as trouble:
        answers.notes.problem("", str(trouble))
    return None


def _unclear(notes: Notes, answers: Answers) -> Proposal:
    return Proposal(Outcome.UNCLEAR, hints=tuple(notes.hints), problems=tuple(notes.problems), title=_title(answers))


def _title(answers: Answers) -> str:
    return BURDEN if answers.text("tenure") == "owner" else RENT


def _proposal(results: Sequence[tuple[Span, Ergebnis]], notes: Notes) -> Proposal:
    for _part, result in results:
        for one in result.hinweise:
            notes.hint(one.norm, one.text)
    periods = tuple(_period(part, result) for part, result in results)
    granted = any(one.amount for one in periods)
    return Proposal(
        Outcome.GRANT if granted else Outcome.REJECT,
        periods=periods,
        hints=tuple(notes.hints),
        law_as_of=results[0][1].rechtsstand,
        title=periods[0].figures["benefit"],
    )


def _period(part: Span, result: Ergebnis) -> Period:
    return Period(
        start=part.start,
        end=part.end,
        amount=result.wohngeld,
        reason=result.grund or "",
        steps=_steps(result),
        figures=_figures(result),
    )


def _steps(result: Ergebnis) -> tuple[Step, ...]:
    """The law's steps; what belongs to one person begins with the name."""
    owners = {id(step): person.id for person in result.personen for step in person.posten}
    return tuple(
        Step(one.norm, f"{owners[id(one)]}: {one.bezeichnung}" if id(one) in owners else one.bezeichnung, one.wert)
        for one in result.schritte
    )


def _figures(result: Ergebnis) -> dict[str, str]:
    """What § 24 Abs. 3 Satz 1 WoGG demands on the notice, and what explains the amount; euro a month as text.

    `rent` is the amount of § 27 Abs. 3 Satz 1 Nr. 2 (rent after § 9 or Belastung after § 10), `income` that of Nr. 3
    (sum of positive Einkünfte and Einnahmen before any deduction of § 16).
    """
    owner = any("§ 10 Abs. 1 WoGG" in one.norm for one in result.miete.schritte)
    return {
        "benefit": BURDEN if owner else RENT,
        "rent": _cent(result.miete.ausgang),
        "income": _cent(result.einkommen.einnahmen_monat),
        "rent_considered": _cent(result.zu_berücksichtigende_miete),
        "income_considered": _cent(result.gesamteinkommen_monat),
        "heating": _cent(result.miete.heizkosten),
        "maximum": _cent(result.miete.höchstbetrag),
        "climate": _cent(result.miete.klimakomponente),
        "members": str(result.mitglieder_gesamt),
        "members_considered": str(result.mitglieder_berücksichtigt),
        "mietenstufe": str(result.mietenstufe),
    }


def _cent(amount: Decimal) -> str:
    return f"{amount.quantize(_CENT, rounding=ROUND_HALF_UP):f}"
