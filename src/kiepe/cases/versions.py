"""Versions of the answers: what the applicant changed from one to the next, question by question.

Items of lists are told apart by their id, not by their place: after a person was removed the others are still
themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from kiepe.base.forms.flow import Flow
from kiepe.cases import facts, types
from kiepe.cases.models import Answers, Case, CaseEvent
from kiepe.cases.transitions import Verb


@dataclass(frozen=True, slots=True)
class Difference:
    """One question whose answer changed: `group` names the page or person, empty values were not asked or answered."""

    group: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """One later version of the answers with everything that it changed."""

    number: int
    at: datetime
    differences: tuple[Difference, ...]


def differences(flow: Flow, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every question that reads differently, in the order of the form; what fell away comes last."""
    old, new = _rows(flow, before), _rows(flow, after)
    found = []
    for key, (group, label, value) in new.items():
        was = old[key][2] if key in old else ""
        if was != value:
            found.append(Difference(group, label, was, value))
    found += [Difference(group, label, value, "") for key, (group, label, value) in old.items() if key not in new]
    return [one for one in found if one.before or one.after]


def _rows(flow: Flow, answers: Mapping[str, Any]) -> dict[str, tuple[str, str, str]]:
    """Stable name of a row -> heading, question, answer as shown. A list's own rows are left to its items' pages."""
    found = {}
    for section in flow.summary(answers):
        for group in section.groups:
            if group.at.page.is_list:
                continue
            for row in group.rows:
                key = f"{group.at.address}:{row.path.rpartition('.')[2]}"
                found[key] = (group.title, row.label, row.value)
    return found


def seen_by_applicant(case: Case, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs of that which the applicant may read: nothing of members who spoke for themselves."""
    flow = types.form(case.case_type)
    return differences(flow, facts.for_applicant(case, before), facts.for_applicant(case, after))


def of_case(case: Case, *, for_applicant: bool) -> list[Version]:
    """All versions that corrected the one before, newest first; not the one that completed an application.

    `for_applicant`: without what members of the household said for themselves.
    """
    kept = list(Answers.objects.filter(case=case).order_by("version"))
    if len(kept) < 2:
        return []
    made_by = (Verb.COMPLETED, Verb.ANSWERS_CORRECTED)  # each makes one version, from the second on
    events = CaseEvent.objects.filter(case=case, verb__in=made_by).order_by("seq").values_list("verb", "at")
    flow, corrected = types.form(case.case_type), []
    for (earlier, later), (verb, at) in zip(pairwise(kept), events, strict=True):
        if verb == Verb.ANSWERS_CORRECTED:
            both = earlier.json, later.json
            found = seen_by_applicant(case, *both) if for_applicant else differences(flow, *both)
            corrected.append(Version(later.version, at, tuple(found)))
    return corrected[::-1]


def same_place(before: Mapping[str, Any], after: Mapping[str, Any], path: str) -> str | None:
    """Where an answer path of `before` stands in `after`: its items are found by their ids. None: it is gone."""
    old: Any = before
    new: Any = after
    found: list[str] = []
    for part in path.split("."):
        if isinstance(old, list):
            if not part.isdecimal() or int(part) >= len(old) or not isinstance(new, list):
                return None
            old = old[int(part)]
            place = next((at for at, item in enumerate(new) if item.get("id") == old.get("id")), None)
            if place is None:
                return None
            new = new[place]
            found.append(str(place))
        else:
            old = old.get(part) if isinstance(old, Mapping) else None
            new = new.get(part) if isinstance(new, Mapping) else None
            found.append(part)
    return ".".join(found)
