"""A caseworker's values laid over the applicant's answers, by path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date

from kiepe.cases.assessment import Correction
from kiepe.service.benefits.wohngeld.period import first_full_month


class NoSuchAnswer(Exception):
    """The path of a correction leads nowhere in these answers."""


def laid_over(answers: Mapping[str, object], corrections: Sequence[Correction]) -> dict[str, object]:
    """A copy of the answers with these corrections, in order; what leads nowhere is left out."""
    copy: dict[str, object] = deepcopy(dict(answers))
    for one in corrections:
        try:
            _lay(copy, one)
        except NoSuchAnswer:
            continue
    return copy


def lost(answers: Mapping[str, object], corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections whose path leads nowhere."""
    copy: dict[str, object] = deepcopy(dict(answers))
    found = []
    for one in corrections:
        try:
            _lay(copy, one)
        except NoSuchAnswer:
            found.append(one)
    return found


def in_force(corrections: Sequence[Correction], day: date) -> list[Correction]:
    """Those that count on this first of a month: valid for the whole time or from an earlier month on."""
    return [one for one in corrections if one.valid_from is None or first_full_month(one.valid_from) <= day]


def _lay(answers: dict[str, object], correction: Correction) -> None:
    *way, last = correction.answer.split(".")
    holder: object = answers
    for part in way:
        holder = _step(holder, part)
    if not isinstance(holder, dict) or not last or last == "id":
        raise NoSuchAnswer
    holder.pop(f"{last}_unknown", None)
    if correction.value is None:
        holder.pop(last, None)
    else:
        holder[last] = deepcopy(correction.value)


def _step(holder: object, part: str) -> object:
    if isinstance(holder, list) and part.isdecimal() and int(part) < len(holder):
        return holder[int(part)]
    if isinstance(holder, dict) and part in holder:
        return holder[part]
    raise NoSuchAnswer
