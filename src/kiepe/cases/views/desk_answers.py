"""The applicant's answers as the desk shows them: each beside its correction and the evidence that bears on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from kiepe.base.forms import values
from kiepe.base.forms.doubts import DOUBTS
from kiepe.base.forms.flow import Flow, PageAt
from kiepe.base.forms.flow import Row as FormRow
from kiepe.base.kernel.actor import Actor
from kiepe.cases import evidence as rules
from kiepe.cases import queries, types
from kiepe.cases.assessment import Correction
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


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence as a link with its state."""

    id: int
    title: str
    norm: str
    state: str
    state_words: str
    url: str


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """A kind question that the applicant was asked; `stands` where they said that it is so, with a reason or none."""

    question: str
    stands: bool
    reason: str


@dataclass(slots=True)
class AnswerRow:
    """One answer: question, value in words, its correction in force, the evidence that bears on it."""

    answer: str
    label: str
    shown: str
    at: PageAt
    correctable: bool
    correct_url: str
    correction: CorrectionRow | None = None
    doubts: list[DoubtRow] = field(default_factory=list)
    evidence: list[EvidenceRow] = field(default_factory=list)
    span: int = 1


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    title: str
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class AnswerSection:
    key: str
    title: str
    groups: tuple[AnswerGroup, ...]

    @property
    def rows(self) -> tuple[AnswerRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that was answered, in the order of the form; `corrections` in force, oldest first."""

    sections: tuple[AnswerSection, ...]
    corrections: tuple[CorrectionRow, ...]
    evidence: tuple[EvidenceItem, ...]

    def row(self, answer: str) -> AnswerRow | None:
        """The row of an answer."""
        return next((row for section in self.sections for row in section.rows if row.answer == answer), None)

    def compared(self) -> list[AnswerSection]:
        """What evidence bears on, or what was corrected: what a caseworker compares."""
        kept = [_only(section, _worth_comparing) for section in self.sections]
        return [section for section in kept if section.groups]

    def beside(self, item: EvidenceItem) -> list[AnswerRow]:
        """The answers that one piece of evidence bears on."""
        rows = [row for section in self.sections for row in section.rows if row.shown or row.correction]
        return [row for row in rows if any(one.id == item.pk for one in row.evidence)]


def sheet(actor: Actor, case: Case) -> Sheet:
    """Put together what the desk shows of the answers of a case."""
    case_type, flow = types.case_type(case.case_type), types.form(case.case_type)
    answers, kept = queries.answers(actor, case), queries.corrections(actor, case)
    laid = case_type.assessment.corrected(answers, [_correction(row) for row in kept])
    corrections = _told(flow, answers, kept)
    items = queries.evidence(actor, case)
    original = {row.path: row for section in flow.summary(answers) for row in section.rows}
    in_force = {row.answer: row for row in corrections}
    sections = []
    for section in flow.summary(laid):
        groups = []
        for group in section.groups:
            rows = [_row(case, flow, row, original.get(row.path), in_force) for row in group.rows]
            groups.append(AnswerGroup(group.title, tuple(rows)))
        sections.append(AnswerSection(section.key, section.title, tuple(groups)))
    _doubt(answers, [row for section in sections for row in section.rows])
    for item in items:
        _attach(case, item, [row for section in sections for row in section.rows])
    return Sheet(tuple(sections), tuple(corrections), tuple(items))


def _doubt(answers: Mapping[str, object], rows: Iterable[AnswerRow]) -> None:
    """Put each kind question beside the first of its answers that stands on the sheet."""
    kept, shown = answers.get(DOUBTS), {row.answer: row for row in rows}
    for one in kept if isinstance(kept, list) else ():
        beside = next((shown[path] for path in one["answers"] if path in shown), None)
        beside = beside or next((row for path in one["answers"] for row in rows if row.answer.startswith(path)), None)
        if beside is not None:
            beside.doubts.append(DoubtRow(one["question"], one["stands"], one["reason"]))


def _row(
    case: Case, flow: Flow, row: FormRow, original: FormRow | None, in_force: Mapping[str, CorrectionRow]
) -> AnswerRow:
    return AnswerRow(
        answer=row.path,
        label=row.label,
        shown=original.value if original is not None else "",
        at=row.at,
        correctable=_known(flow, row.path),
        correct_url=correct_url(case, row.path),
        correction=in_force.get(row.path),
    )


def correct_url(case: Case, answer: str) -> str:
    """Where an answer is corrected. A path names a question, never a person."""
    return f"{reverse('cases:desk_correct', args=[case.number])}?{urlencode({'angabe': answer})}"


def evidence_row(case: Case, item: EvidenceItem) -> EvidenceRow:
    """A piece of evidence as the desk links to it."""
    url = reverse("cases:desk_evidence", args=[case.number, item.pk])
    return EvidenceRow(item.pk, item.title, item.norm, item.state, item.get_state_display(), url)


def _correction(row: CorrectedValue) -> Correction:
    return Correction(answer=row.answer, value=row.value, reason=row.reason, valid_from=row.valid_from)


def _told(flow: Flow, answers: Mapping[str, object], kept: Iterable[CorrectedValue]) -> list[CorrectionRow]:
    told = []
    for row in kept:
        found = flow.field(row.answer)
        before = values.show(found.field, value_at(answers, row.answer))
        shown = values.show(found.field, row.value)
        told.append(CorrectionRow(row.pk, row.answer, found.label, before, shown, row.reason, row.valid_from))
    return told


def value_at(answers: Mapping[str, object], path: str) -> object:
    """The stored answer at a path such as `persons.0.birth_date`, None where there is none."""
    found: object = answers
    for part in path.split("."):
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, list) and part.isdigit() and int(part) < len(found):
            found = found[int(part)]
        else:
            return None
    return found


def _known(flow: Flow, path: str) -> bool:
    try:
        flow.field(path)
    except KeyError:
        return False
    return True


def _attach(case: Case, item: EvidenceItem, rows: Sequence[AnswerRow]) -> None:
    """Put an item to the answers that it bears on: those of its person or thing that its rule speaks of."""
    folder = types.case_type(case.case_type).folder
    compiled = next((one for one in rules.load(folder) if one.rule.key == item.key), None)
    if compiled is None:
        return
    ids = tuple(item.item_id.split(".")) if item.item_id else ()
    names = compiled.when.names if compiled.when is not None else frozenset()
    same = [row for row in rows if row.at.item_ids == ids]
    near = same if len(ids) > 1 else [row for row in same if _speaks_of(row, names)]  # a job, a rent: all of it
    for row in near or (same if ids else []):
        row.evidence.append(evidence_row(case, item))


def _speaks_of(row: AnswerRow, names: frozenset[str]) -> bool:
    """Whether the rule names this answer, or something that decides whether it is asked."""
    key = row.answer.rpartition(".")[2]
    asked_by = [row.at.page.when, *(one.when for one in row.at.page.fields if one.key == key)]
    return key in names or any(when is not None and not names.isdisjoint(when.names) for when in asked_by)


def _spanned(rows: Iterable[AnswerRow]) -> tuple[AnswerRow, ...]:
    """The rows, neighbours with the same evidence under one cell: `span` is its height, 0 for those below."""
    kept = list(rows)
    head: AnswerRow | None = None
    for row in kept:
        if head is not None and [one.id for one in row.evidence] == [one.id for one in head.evidence]:
            head.span, row.span = head.span + 1, 0
        else:
            head, row.span = row, 1
    return tuple(kept)


def _worth_comparing(row: AnswerRow) -> bool:
    return row.correction is not None or bool(row.evidence and row.shown)


def _only(section: AnswerSection, keep: Callable[[AnswerRow], bool]) -> AnswerSection:
    groups = [AnswerGroup(group.title, _spanned(filter(keep, group.rows))) for group in section.groups]
    return replace(section, groups=tuple(group for group in groups if group.rows))
