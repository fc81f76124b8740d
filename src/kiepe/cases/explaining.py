"""What the heart asks of a Leistung that can explain its notice: pages in plain words, and "what if" without a trace.

Both are optional parts of a case type. They get what was decided and stored; only "what if" computes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, runtime_checkable

from kiepe.cases.assessment import Facts, Period, Step
from kiepe.cases.models import Decision


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it was stored. `today` is the reader's day; `facts` what was established then."""

    kind: str  # grant, reject, other
    title: str
    periods: tuple[Period, ...]
    received: date
    facts: Facts
    today: date

    @property
    def current(self) -> Period:
        """The period that holds today, else the next one, else the last."""
        for period in self.periods:
            if self.today <= period.end:
                return period
        return self.periods[-1]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is, how much, why in a sentence, and the norm in small print. `strong` marks a result."""

    label: str
    value: str
    norm: str = ""
    why: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a page; `heading` names its time where there are several."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the explanation. `key` is the last word of its address."""

    key: str
    title: str
    lead: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One field of "what if"; `now` is the value in the decision, which the field starts with."""

    key: str
    label: str
    now: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()  # empty: an amount in euro
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a change would mean: `must` be told, `may` be applied for, or neither (`free`)."""

    kind: str
    text: str
    norm: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """The answer. With `errors` (field -> sentence) or `problems` there is no amount."""

    errors: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    before: int | None = None
    after: int | None = None
    reason: str = ""  # why there would be none
    lines: tuple[tuple[str, str, str], ...] = ()  # what, as decided, with the change
    verdicts: tuple[Verdict, ...] = ()
    notes: tuple[str, ...] = ()


@runtime_checkable
class Explain(Protocol):
    """Tells a decision page by page."""

    def pages(self, decided: Decided) -> Sequence[Page]:
        """The pages in order, from stored steps and figures alone; none where nothing was computed."""
        ...

    def reason(self, period: Period) -> str:
        """Why a period has its amount, in the reader's language; `German` where it is there in German only."""
        ...


@runtime_checkable
class WhatIf(Protocol):
    """Computes a change, keeps nothing."""

    def questions(self, decided: Decided) -> Sequence[Question]:
        """What may be changed, with the values of the decision; none where nothing can be computed."""
        ...

    def estimate(self, decided: Decided, typed: Mapping[str, str]) -> Estimate:
        """The answer to what was typed; raises nothing for bad input (it becomes `errors`)."""
        ...


def periods(stored: Sequence[Mapping[str, Any]]) -> tuple[Period, ...]:
    """The periods of a decision as they were before they became JSON."""
    return tuple(
        Period(
            start=date.fromisoformat(one["start"]),
            end=date.fromisoformat(one["end"]),
            amount=one["amount"],
            reason=one["reason"],
            steps=tuple(Step(**step) for step in one["steps"]),
            figures=dict(one["figures"]),
        )
        for one in stored
    )


def decided(decision: Decision, facts: Facts, today: date) -> Decided:
    """What the explainers get. `facts`: nothing changes them once it is decided."""
    return Decided(
        kind=decision.kind,
        title=str(decision.proposal.get("title", "")),
        periods=periods(decision.periods),
        received=facts.received,
        facts=facts,
        today=today,
    )
