"""The periods of a decision that is not simply the proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from kiepe.base.kernel.refusal import Refused
from kiepe.cases.assessment import Outcome, Period, Proposal

MAX_AMOUNT = 99_999  # whole euro a month; a typing error beyond


@dataclass(frozen=True, slots=True)
class OwnPeriod:
    """A period as a caseworker sets it: both days included, whole euro a month, and why."""

    start: date
    end: date
    amount: int
    reason: str


def own_periods(proposal: Proposal, own: Sequence[OwnPeriod]) -> tuple[Period, ...]:
    """The caseworker's periods, in order and without gaps; figures and steps are those of the proposal on that day.

    Raises Refused (422, field `periods`).
    """
    if not own:
        raise _refused(_("Geben Sie mindestens einen Zeitraum mit Betrag und Begründung an."))
    ordered = sorted(own, key=lambda period: period.start)
    for period in ordered:
        if period.end < period.start:
            raise _refused(_("Das Ende eines Zeitraums liegt vor seinem Anfang."))
        if not 0 <= period.amount <= MAX_AMOUNT:
            raise _refused(_("Ein Betrag ist in ganzen Euro anzugeben, nicht unter 0 und höchstens 99.999."))
        if not period.reason.strip():
            raise _refused(_("Begründen Sie jeden Zeitraum, den Sie anders festsetzen."))
    for before, following in pairwise(ordered):
        if following.start != before.end + timedelta(days=1):
            raise _refused(_("Die Zeiträume müssen lückenlos aufeinander folgen. Ohne Anspruch ist der Betrag 0."))
    return tuple(
        replace(
            _proposed_on(proposal, period.start),
            start=period.start,
            end=period.end,
            amount=period.amount,
            reason=period.reason.strip(),
        )
        for period in ordered
    )


def refused_periods(proposal: Proposal, reasons: str) -> tuple[Period, ...]:
    """Nothing for the whole time: the proposal's own where it says so, else the caseworker's reasons."""
    if proposal.outcome is Outcome.REJECT:
        return proposal.periods
    return tuple(replace(period, amount=0, reason=reasons) for period in proposal.periods)


def _proposed_on(proposal: Proposal, day: date) -> Period:
    for period in proposal.periods:
        if period.start <= day <= period.end:
            return period
    return proposal.periods[-1] if proposal.periods else Period(start=day, end=day, amount=0)


def _refused(sentence: str) -> Refused:
    return Refused(_("Es wurde noch nichts entschieden."), sentence, fields={"periods": sentence}, status=422)
