"""The applicant takes the application back, while nothing is decided."""

from __future__ import annotations

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.cases import mail, record
from kiepe.cases.actions.opening import opened
from kiepe.cases.models import Case
from kiepe.cases.transitions import State, Verb


def withdraw(actor: Actor, case_id: int, *, reason: str = "") -> Case:
    """The case is closed; staff note it with a reason where the applicant wrote or called."""
    with opened(actor, case_id, Verb.WITHDRAWN) as case:
        case.closed_on = clock.today()
        case.due_on = None
        event = record.append(case, Verb.WITHDRAWN, actor, {"reason": reason.strip()})
        assert case.state == State.WITHDRAWN
        mail.news(case, event)
    return case
