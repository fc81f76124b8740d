"""Kind questions about answers that hardly fit together: 'Kann das sein?'. Never an error, and nothing is held up.

A case type finds them in pruned answers (`Finder`). Who says 'Ja, das stimmt so' is not asked again as long as the
values stay as they are. What was said is kept in the draft's answers under `confirmed`, and goes into the case under
`doubts`, so that it is part of what was submitted (and leaves with it).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.http import QueryDict
from django.utils.translation import override

from kiepe.base.forms.flow import PageAt, Walk
from kiepe.base.forms.texts import clean

CONFIRMED, DOUBTS = "confirmed", "doubts"  # keys of the draft's and of the case's answers
ASKED = "gefragt"  # what a page sends with the names of the questions that it asked
MAX_REASON = 500
Pruned = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """One answer by its place: level ('', 'persons', 'persons.incomes'), ids of the items, key. A list is one too."""

    key: str
    level: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """One kind question. `spots` are the answers it is about, the one it is mostly about first."""

    rule: str
    question: str
    spots: tuple[Spot, ...]

    @property
    def name(self) -> str:
        """Its name in a page and in the draft; no personal data."""
        return "-".join((self.rule, *self.spots[0].ids))


Finder = Callable[[Pruned], Sequence[Doubt]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A doubt with what was said to it. `values` tells whether it is still about the same values."""

    doubt: Doubt
    stands: bool = False
    reason: str = ""
    values: str = ""

    @property
    def name(self) -> str:
        return self.doubt.name

    @property
    def question(self) -> str:
        return self.doubt.question


def asked(finder: Finder | None, answers: Pruned, confirmed: object) -> list[Asked]:
    """Every doubt about these answers, with what was said to it while they had the same values."""
    if finder is None:
        return []
    said = [one for one in confirmed if isinstance(one, dict)] if isinstance(confirmed, list) else []
    found = []
    for doubt in finder(answers):
        values = _values(answers, doubt)
        match = next((one for one in said if one.get("name") == doubt.name), None)
        stands = match is not None and match.get("values") == values
        reason = str(match.get("reason", "")) if match is not None and stands else ""
        found.append(Asked(doubt, stands, reason, sha256("\n".join(values).encode()).hexdigest()[:16]))
    return found


def ripe(found: Sequence[Asked], walk: Walk) -> list[Asked]:
    """Those of which every answer's page was filled in: what nobody was asked yet is no contradiction."""
    done = [at for at in walk.pages if walk.done is None or at.address in walk.done]
    return [one for one in found if all(any(_on(spot, at) for at in done) for spot in one.doubt.spots)]


def at_page(found: Sequence[Asked], at: PageAt) -> list[Asked]:
    """Those about an answer of this page."""
    return [one for one in found if any(_on(spot, at) for spot in one.doubt.spots)]


def while_typed(finder: Finder | None, walk: Walk, at: PageAt, confirmed: object) -> list[Asked]:
    """Those about a page whose form is being filled in.

    `walk` has in it what stands in the form now, and takes the page as done. Nothing is asked of what is still blank.
    """
    found = at_page(ripe(asked(finder, walk.answers, confirmed), walk), at)
    return [one for one in found if all(_given(walk.answers, spot) for spot in one.doubt.spots if _on(spot, at))]


def _given(answers: Pruned, spot: Spot) -> bool:
    holder, _path_to = _holder(answers, spot)
    return holder is not None and holder.get(spot.key) not in (None, [], "")


def by_field(found: Sequence[Asked], at: PageAt) -> dict[str, list[Asked]]:
    """Those of a page, each beside the last of its answers there; of a list page all under the list's name."""
    order = [at.page.of] if at.page.is_list else [field.key for field in at.page.fields]
    placed: dict[str, list[Asked]] = {}
    for one in at_page(found, at):
        last = max((spot.key for spot in one.doubt.spots if _on(spot, at)), key=order.index)
        placed.setdefault(last, []).append(one)
    return placed


def _on(spot: Spot, at: PageAt) -> bool:
    keys = [at.page.of] if at.page.is_list else [field.key for field in at.page.fields]
    return (spot.level, spot.ids) == (at.page.each, at.item_ids) and spot.key in keys


def said_on(post: QueryDict, found: Sequence[Asked], answers: Pruned, before: object) -> list[dict[str, Any]]:
    """The draft's `confirmed` after a page with these doubts was sent; what concerns other pages stays."""
    kept = [one for one in before if isinstance(one, dict)] if isinstance(before, list) else []
    kept = [one for one in kept if one.get("name") not in {doubt.name for doubt in found}]
    for one in found:
        if post.get(f"stimmt-{one.name}"):
            reason = clean(post.get(f"grund-{one.name}", ""))[:MAX_REASON]
            kept.append({"name": one.name, "values": _values(answers, one.doubt), "reason": reason})
    return kept


def boxes(post: QueryDict, found: Sequence[Asked]) -> dict[str, list[str]]:
    """What was said to those of a page that cannot be stored yet; kept among what was typed on it, for `unsent`."""
    names = [one.name for one in found if one.name in post.getlist(ASKED)]
    keys = [key for name in names for key in (f"stimmt-{name}", f"grund-{name}") if key in post]
    return {ASKED: names} | {key: [clean(post.get(key, ""))[:MAX_REASON]] for key in keys}


def unsent(kept: QueryDict, found: Sequence[Asked]) -> list[Asked]:
    """Those that a page asked before it could be stored, with what was said to them there."""
    return [
        replace(one, stands=bool(kept.get(f"stimmt-{one.name}")), reason=kept.get(f"grund-{one.name}") or "")
        for one in found
        if one.name in kept.getlist(ASKED)
    ]


def carried(finder: Finder | None, answers: Pruned, kept: object) -> list[dict[str, Any]]:
    """The draft's `confirmed` for a correction of submitted answers: what was confirmed need not be said again."""
    stands = {
        (one["rule"], *one["answers"]): str(one["reason"])
        for one in (kept if isinstance(kept, list) else ())
        if one["stands"]
    }
    found = []
    for doubt in finder(answers) if finder is not None else ():
        reason = stands.get((doubt.rule, *(path for spot in doubt.spots if (path := _path(answers, spot)))))
        if reason is not None:
            found.append({"name": doubt.name, "values": _values(answers, doubt), "reason": reason})
    return found


def for_case(finder: Finder | None, walk: Walk, confirmed: object) -> list[dict[str, Any]]:
    """What the caseworker reads beside the answers, in German: question, answer paths, whether confirmed, reason."""
    with override("de"):
        return [
            {
                "rule": one.doubt.rule,
                "question": one.question,
                "answers": [path for spot in one.doubt.spots if (path := _path(walk.answers, spot))],
                "stands": one.stands,
                "reason": one.reason,
            }
            for one in asked(finder, walk.answers, confirmed)
        ]


def _holder(answers: Pruned, spot: Spot) -> tuple[Pruned | None, str]:
    """The item that holds an answer, and the path to it."""
    holder, path = answers, ""
    for key, item_id in zip(spot.level.split(".") if spot.level else (), spot.ids, strict=True):
        for index, item in enumerate(holder.get(key, ())):
            if item["id"] == item_id:
                holder, path = item, f"{path}{key}.{index}."
                break
        else:
            return None, ""
    return holder, path


def _path(answers: Pruned, spot: Spot) -> str:
    holder, path = _holder(answers, spot)
    return "" if holder is None else f"{path}{spot.key}"


def _values(answers: Pruned, doubt: Doubt) -> list[str]:
    """The values a doubt is about, as texts that can be compared."""
    found = []
    for spot in doubt.spots:
        holder, _path_to = _holder(answers, spot)
        found.append(json.dumps(None if holder is None else holder.get(spot.key), sort_keys=True, ensure_ascii=False))
    return found
