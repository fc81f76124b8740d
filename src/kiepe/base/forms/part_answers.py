"""Whose words the answers about a member of the household are: the member's own, or the applicant's. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiepe.base.forms.checking import PLACEHOLDER
from kiepe.base.forms.flow import Answers, Flow


def own_answers(flow: Flow, answers: Mapping[str, Any], item_id: str) -> Answers:
    """What is said of one person, without what only the applicant says (form.yaml, `own: false`); {} for nobody."""
    level, item = _find(answers, item_id)
    return _own(flow, level, item) if item else {}


def told_by_applicant(flow: Flow, answers: Mapping[str, Any], item_id: str) -> Answers:
    """What stays of a person who took back everything they said: the name that the applicant gave, and what only the
    applicant says of them.
    """
    level, item = _find(answers, item_id)
    named = {
        name for page in flow.form.pages if page.list_path == level for name in PLACEHOLDER.findall(page.item_title)
    }
    kept = {"id", *named, *_not_own(flow, level)}
    return {"id": item_id} | {key: value for key, value in item.items() if key in kept}


def _find(answers: Mapping[str, Any], item_id: str) -> tuple[str, Answers]:
    """The list in which a person stands, and what is said of them."""
    for level, value in answers.items():
        for item in value if isinstance(value, list) else ():
            if isinstance(item, dict) and item.get("id") == item_id and item_id:
                return level, item
    return "", {}


def _own(flow: Flow, level: str, item: Mapping[str, Any]) -> Answers:
    hidden = _not_own(flow, level)
    return {key: _inner(flow, f"{level}.{key}", value) for key, value in item.items() if key not in hidden}


def _inner(flow: Flow, level: str, value: object) -> object:
    if not isinstance(value, list):
        return value
    return [_own(flow, level, one) if isinstance(one, dict) else one for one in value]


def _not_own(flow: Flow, level: str) -> set[str]:
    """The questions about an item of this list that its own person is not asked."""
    fields = [field for page in flow.by_level.get(level, ()) for field in page.fields if not field.own]
    return {field.key for field in fields} | {field.unknown_key for field in fields}
