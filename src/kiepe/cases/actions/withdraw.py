"""The applicant takes the application back, while nothing is decided."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.cases import mail, record, words
from kiepe.cases.actions.opening import opened
from kiepe.cases.models import Case
from kiepe.cases.transitions import State, Verb


def withdraw(actor: Actor, case_id: int, *, reason: str = "") -> Case:
    """The case is closed; staff note it with a reason where the applicant wrote or called.

    Raises Refused: 422 for a reason that is too long, 409 once it is decided.
    """
    said = words.typed(reason)
    words.not_too_long(said, why=_("Ihr Antrag ist noch nicht zurückgenommen."), field="reason")
    with opened(actor, case_id, Verb.WITHDRAWN) as case:
        case.closed_on = clock.today()
        case.due_on = None
        event = record.append(case, Verb.WITHDRAWN, actor, {"reason": said})
        assert case.state == State.WITHDRAWN
        mail.news(case, event)
    return case
