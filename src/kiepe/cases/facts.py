"""What is established in a case, and the proposal that the law makes of it. Read inside and outside of transactions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kiepe.base.forms.doubts import DOUBTS
from kiepe.base.forms.part_answers import told_by_applicant
from kiepe.base.forms.queries import laid_in
from kiepe.cases import canonical
from kiepe.cases.assessment import Correction, Facts, Hint, Proposal
from kiepe.cases.models import Case, CorrectedValue
from kiepe.cases.types import case_type, form


@dataclass(frozen=True, slots=True)
class Prepared:
    """A proposal with what is needed to decide on exactly this one.

    `digest` goes into the decision form and comes back; `hints` are keyed, each key must come back as confirmed.
    """

    proposal: Proposal
    digest: str
    hints: Mapping[str, Hint]
    facts: Facts


def answers(case: Case) -> dict[str, object]:
    """The answers as submitted; empty after erasure."""
    latest = case.answers.order_by("-version").values_list("json", flat=True).first()
    return dict(latest) if latest else {}


def answers_for_applicant(case: Case) -> dict[str, object]:
    """The answers in force as the applicant may read them; see for_applicant."""
    return for_applicant(case, answers(case))


def for_applicant(case: Case, said: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of any version without what members said for themselves (§ 67a Abs. 2 SGB X, § 35 SGB I).

    Their names stay, and what only the applicant says of them. The applicant's copy: confirmation of receipt, download
    of one's data, corrections.
    """
    return without(case, said, case.parties.filter(own_part=True).values_list("item_id", flat=True))


def without(case: Case, said: Mapping[str, Any], items: Iterable[str]) -> dict[str, Any]:
    """The same without what these people said."""
    flow = form(case.case_type)
    own = {item_id: told_by_applicant(flow, said, item_id) for item_id in items}
    told = laid_in(said, own)
    if own and DOUBTS in told:
        told[DOUBTS] = [one for one in told[DOUBTS] if not any(whose(told, path) in own for path in one["answers"])]
    return told


def doubts_of(said: Mapping[str, Any], item_id: str) -> list[dict[str, Any]]:
    """The kind questions that are about this person's answers alone, with what was said to them."""
    asked = said.get(DOUBTS) or []
    return [one for one in asked if {whose(said, path) for path in one["answers"]} == {item_id}]


def whose(said: Mapping[str, Any], path: str) -> str:
    """Whose answer a path names: the id of the item of the outer list; empty for the household's."""
    outer, _dot, rest = path.partition(".")
    index, items = rest.partition(".")[0], said.get(outer)
    if not index.isdecimal() or not isinstance(items, list) or int(index) >= len(items):
        return ""
    return str(items[int(index)].get("id", ""))


def corrections(case: Case) -> list[CorrectedValue]:
    """The corrections in force, oldest first: a later one goes on top."""
    return list(case.corrections.filter(dropped_at__isnull=True).order_by("pk"))


def facts(case: Case) -> Facts:
    """What is established now."""
    return Facts(
        answers=answers(case),
        received=case.received_on,
        corrections=tuple(
            Correction(answer=row.answer, value=row.value, reason=row.reason, valid_from=row.valid_from)
            for row in corrections(case)
        ),
        start=case.period_start,
        end=case.period_end,
    )


def prepare(case: Case) -> Prepared:
    """Compute the proposal anew."""
    established = facts(case)
    proposal = case_type(case.case_type).assessment.propose(established)
    return Prepared(
        proposal=proposal,
        digest=canonical.fingerprint(proposal),
        hints={hint_key(hint): hint for hint in proposal.hints},
        facts=established,
    )


def hint_key(hint: Hint) -> str:
    """Names a hint in a form: the same hint has the same key."""
    return canonical.fingerprint(hint)[:16]
