"""What the heart asks of a Leistung: answers and evidence in, a proposal with steps out.

This is the one call that goes up on purpose. `cases` knows no statute; a case type names its implementation by
dotted path (settings.CASE_TYPES), and start-up checks that it fits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol, runtime_checkable


class Outcome(StrEnum):
    """What the law, computed, says. A person decides; this is the preparation."""

    GRANT = "grant"
    REJECT = "reject"
    UNCLEAR = "unclear"  # something needed is missing or contradictory; `problems` says what


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the law that a person can follow: norm, words, value as shown."""

    norm: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What a person must look at. Never a rejection by itself."""

    norm: str
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why no proposal can be made yet. `answer` is the path of the answer, e.g. `persons.0.birth_date`."""

    answer: str
    text: str


@dataclass(frozen=True, slots=True)
class Period:
    """Part of the time for which is decided, both days included, with the amount a month in whole euro."""

    start: date
    end: date
    amount: int
    reason: str = ""  # why there is none, with the norm, where amount is 0
    steps: tuple[Step, ...] = ()
    figures: Mapping[str, str] = field(default_factory=dict)  # what the notice must state, by name (euro as text)


@dataclass(frozen=True, slots=True)
class Correction:
    """A caseworker's value for one answer, valid from a day on (None: for the whole period)."""

    answer: str
    value: object
    reason: str
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is established when a proposal is asked for.

    `answers` are the applicant's, untouched; `corrections` go on top, in order. `received` is the day of receipt;
    `start` and `end` bound the period, where a caseworker set them (None: as the law says).
    """

    answers: Mapping[str, object]
    received: date
    corrections: Sequence[Correction] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The prepared decision: one or more periods, each with its steps; hints for the person who decides."""

    outcome: Outcome
    periods: tuple[Period, ...] = ()
    hints: tuple[Hint, ...] = ()
    problems: tuple[Problem, ...] = ()
    law_as_of: date | None = None  # first day of the law applied
    title: str = ""  # e.g. 'Mietzuschuss'

    @property
    def amount(self) -> int:
        """The amount a month of the first period, whole euro."""
        return self.periods[0].amount if self.periods else 0


@runtime_checkable
class Assessment(Protocol):
    """Implemented by each Leistung in `service/benefits/<name>/assess.py`."""

    def propose(self, facts: Facts) -> Proposal:
        """Compute; pure, deterministic, raises nothing for bad answers (they become `problems`)."""
        ...

    def corrected(self, answers: Mapping[str, object], corrections: Sequence[Correction]) -> Mapping[str, object]:
        """The answers with the corrections in force for the whole period laid over them."""
        ...
