"""A caseworker takes a case on. Taking over from somebody is possible and stands in the history."""

from __future__ import annotations

from kiepe.base.kernel.actor import Actor
from kiepe.cases import record
from kiepe.cases.actions.opening import opened_by_staff
from kiepe.cases.models import Case
from kiepe.cases.transitions import Verb


def claim(actor: Actor, case_id: int, *, version: int) -> Case:
    """The actor is in charge now; claiming one's own case again changes nothing."""
    with opened_by_staff(actor, case_id, version, Verb.CLAIMED) as case:
        if case.claimed_by_id == actor.account:
            return case
        before = case.claimed_by_id
        case.claimed_by_id = actor.account
        record.append(case, Verb.CLAIMED, actor, {"from": before})
    return case
