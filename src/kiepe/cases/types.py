"""The case types of this installation (settings.CASE_TYPES), found once and checked at start."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http import Http404
from django.utils.module_loading import import_string

from kiepe.base.forms import flow
from kiepe.base.forms.flow import Flow
from kiepe.base.forms.reading import FormError
from kiepe.cases import evidence
from kiepe.cases.assessment import Assessment
from kiepe.cases.case_type import CaseType
from kiepe.cases.explaining import Explain, WhatIf
from kiepe.cases.notice import NoticeWriter


@cache
def _found(paths: tuple[str, ...]) -> dict[str, CaseType]:
    case_types: list[CaseType] = [import_string(path) for path in paths]
    return {case_type.key: case_type for case_type in case_types}


def case_type(key: str) -> CaseType:
    """The case type with this key; Http404 where there is none."""
    try:
        return _found(tuple(settings.CASE_TYPES))[key]
    except KeyError:
        raise Http404 from None


@cache
def _compiled(folder: Path) -> Flow:
    return flow.load(folder / "form.yaml")


def form(key: str) -> Flow:
    """The form of a case type, compiled."""
    return _compiled(case_type(key).folder)


def check(**_: object) -> list[CheckMessage]:
    """Each dotted path leads to a CaseType whose parts fit their protocols and whose files are there."""
    found: list[CheckMessage] = []
    for path in settings.CASE_TYPES:
        try:
            candidate = import_string(path)
        except ImportError as trouble:
            found.append(Error(f"CASE_TYPES: {path} lässt sich nicht laden: {trouble}", id="cases.E001"))
            continue
        found.extend(Error(f"CASE_TYPES: {path}: {sentence}", id="cases.E002") for sentence in _unfit(candidate))
    return found


def _unfit(candidate: object) -> list[str]:
    if not isinstance(candidate, CaseType):
        return ["ist kein CaseType."]
    sentences: list[str] = []
    if not isinstance(candidate.assessment, Assessment):
        sentences.append("`assessment` kann nicht, was cases/assessment.py verlangt (propose, corrected).")
    if not isinstance(candidate.notice, NoticeWriter):
        sentences.append("`notice` kann nicht, was cases/notice.py verlangt (write, pdf, html).")
    if candidate.explain is not None and not isinstance(candidate.explain, Explain):
        sentences.append("`explain` kann nicht, was cases/explaining.py verlangt (pages).")
    if candidate.what_if is not None and not isinstance(candidate.what_if, WhatIf):
        sentences.append("`what_if` kann nicht, was cases/explaining.py verlangt (questions, estimate).")
    if candidate.doubts is not None and not callable(candidate.doubts):
        sentences.append("`doubts` ist nicht aufrufbar.")
    if not callable(candidate.parties):
        sentences.append("`parties` ist nicht aufrufbar.")
    missing = [name for name in ("form.yaml", "evidence.yaml") if not (candidate.folder / name).is_file()]
    sentences.extend(f"{name} fehlt in {candidate.folder.name}/." for name in missing)
    if not missing:
        sentences.extend(_unreadable(candidate))
    return sentences


def _unreadable(candidate: CaseType) -> list[str]:
    try:
        evidence.load(candidate.folder)
    except (FormError, evidence.BadEvidence) as trouble:
        return str(trouble).splitlines()
    return []
