"""The applicant's answers as the desk shows them: each beside its correction and beside the evidence that bears on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from kiepe.base.forms import values
from kiepe.base.forms.flow import Flow
from kiepe.cases import evidence as rules
from kiepe.cases import types
from kiepe.cases.models import Case, CorrectedValue, EvidenceItem


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction in words: what stood there, what holds now, why, from when."""

    id: int
    answer: str
    label: str
    before: str
    shown: str
    reason: str
    valid_from: date | None


@dataclass(slots=True)
class AnswerRow:
    """One answer: question, value in words, its correction, and the evidence that bears on it."""

    answer: str
    label: str
    shown: str
    page: str
    items: tuple[str, ...]
    correct_url: str
    correction: CorrectionRow | None = None
    evidence: list[EvidenceRow] = field(default_factory=list)
    correctable: bool = True


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence as a link with its state."""

    id: int
    title: str
    norm: str
    state: str
    state_words: str
    url: str
