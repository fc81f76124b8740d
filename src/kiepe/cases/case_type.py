"""What makes a Leistung a procedure here: its form, its evidence, its assessment, its notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiepe.base.forms.doubts import Finder
from kiepe.cases.assessment import Assessment
from kiepe.cases.explaining import Explain, WhatIf
from kiepe.cases.notice import NoticeWriter
from kiepe.cases.parties import PartyData
from kiepe.cases.wish import Wish


@dataclass(frozen=True, slots=True)
class CaseType:
    """One Leistung, one folder. `folder` holds form.yaml and evidence.yaml.

    `key` is also the service's slug in the city pack; `prefix` starts the case number (WG-2026-000017).
    `parties` reads from pruned answers who takes part: exactly one applicant, then members, representative, payee.
    `doubts` finds in pruned answers what hardly fits together, for a kind question.
    `at_stake` says in plain words what depends on the day of receipt, from pruned answers and that day.
    `first_answers` lays a wish to apply that staff recorded into the form's answers. Without them nothing is said, and
    no wish can be recorded.
    `explain` and `what_if` tell a decision in plain words, where the Leistung can.
    """

    key: str
    prefix: str
    title: str
    folder: Path
    assessment: Assessment
    notice: NoticeWriter
    retention_years: int  # after the end of the year in which the case was closed
    retention_norm: str
    parties: Callable[[Mapping[str, object]], Sequence[PartyData]]
    at_stake: Callable[[Mapping[str, object], date], str] | None = None
    first_answers: Callable[[Wish], Mapping[str, object]] | None = None
    explain: Explain | None = None
    what_if: WhatIf | None = None
    doubts: Finder | None = None
