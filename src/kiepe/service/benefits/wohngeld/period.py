"""From when to when is decided (§§ 22, 24, 25 WoGG), and where the time is split because facts change."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from kiepe.service.benefits.wohngeld.answers import Answers

MONTHS = 12  # § 25 Abs. 1 Satz 1 WoGG


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of the Bewilligungszeitraum, and the day that counts as that of the application."""

    start: date
    end: date
    applied: date

    def split(self, days: Iterable[date]) -> list[Span]:
        """The parts between the days, each beginning on the first of a month."""
        starts = sorted({self.start} | {day for day in days if self.start < day <= self.end})
        ends = [*(day - timedelta(days=1) for day in starts[1:]), self.end]
        return [Span(start, end, self.applied) for start, end in zip(starts, ends, strict=True)]


def later(day: date, months: int) -> date:
    """The same day so many months later, at most that month's last; negative for earlier."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_full_month(day: date) -> date:
    """The first of the month from which a change on `day` counts (§ 27 Abs. 2 Satz 3 WoGG)."""
    return day if day.day == 1 else later(day.replace(day=1), 1)


def span(answers: Answers, received: date, start: date | None = None, end: date | None = None) -> Span:
    """The time for which is decided. A caseworker's `start` and `end` go before what follows from the answers."""
    applied = _applied(answers, received)
    begin = start or _start(answers, received)
    return Span(begin, end or later(begin, MONTHS) - timedelta(days=1), applied)


def _applied(answers: Answers, received: date) -> date:
    """§ 22 Abs. 4 WoGG: a renewal sent too early counts as sent on the first of the second month before the end."""
    if answers.text("application_kind") != "renewal":
        return received
    last = answers.day("current_until")
    if last is None:
        return received
    earliest = later(last.replace(day=1), -1)
    return max(received, earliest)


def _start(answers: Answers, received: date) -> date:
    begin = received.replace(day=1)  # § 25 Abs. 2 Satz 1
    refused = _refused(answers, received)
    if refused is not None and refused < begin:
        begin = refused
    if answers.text("application_kind") == "renewal":
        last = answers.day("current_until", _("Es fehlt, bis wann das bisherige Wohngeld bewilligt ist."))
        if last is not None:
            begin = max(begin, later(last.replace(day=1), 1))
    moved = answers.day("living_since")
    if moved is not None:
        begin = max(begin, moved.replace(day=1))  # § 25 Abs. 2 Satz 2
    return begin


def _refused(answers: Answers, received: date) -> date | None:
    """§ 25 Abs. 3 WoGG: back to the month of the refusal, if applied by the end of the month after knowing it."""
    if "refused" not in answers.chosen("situation"):
        return None
    start = answers.day(
        "refused_from", _("Es fehlt, ab welchem Tag die andere Hilfe abgelehnt ist (§ 25 Abs. 3 WoGG).")
    )
    known = answers.day("refused_known", _("Es fehlt, wann Sie von der Ablehnung erfahren haben (§ 25 Abs. 3 WoGG)."))
    if start is None or known is None:
        return None
    deadline = later(known.replace(day=1), 2) - timedelta(days=1)
    if received > deadline:
        text = _(
            "Die Ablehnung war seit %(known)s bekannt; bis %(deadline)s war kein Antrag da. Der Zeitraum beginnt "
            "deshalb nicht rückwirkend."
        )
        words = {"known": f"{known:%d.%m.%Y}", "deadline": f"{deadline:%d.%m.%Y}"}
        answers.notes.hint("§ 25 Abs. 3 WoGG", text % words)
        return None
    text = _("Beginn ist der Monat, ab dem die andere Leistung abgelehnt ist. Bitte den Bescheid prüfen.")
    answers.notes.hint("§ 25 Abs. 3 WoGG", text)
    return start.replace(day=1)
