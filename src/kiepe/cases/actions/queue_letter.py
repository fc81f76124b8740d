"""A letter after all: the notice that lies in the portal was not retrieved, or could not be announced."""

from __future__ import annotations

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import SYSTEM, Actor
from kiepe.cases import delivery, mail, record
from kiepe.cases.actions.opening import opened
from kiepe.cases.models import Because, Case, CaseEvent, Delivery, Way
from kiepe.cases.transitions import Verb


def queue_letter(case_id: int, because: Because) -> bool:
    """A job: lay a letter into the outgoing post. True where it was done now; a case gets one such letter."""
    with opened(SYSTEM, case_id, Verb.LETTER_QUEUED) as case:
        lying = delivery.portal(case)
        if lying is None or lying.retrieved_at is not None or case.deliveries.filter(way=Way.POST).exists():
            return False
        event = lay(case, because)
        mail.news(case, event)
    return True


def lay(case: Case, because: Because, actor: Actor = SYSTEM) -> CaseEvent:
    """Write letter and event; the caller holds the lock. A letter that waits already is the one."""
    letter = delivery.letter_waiting(case) or Delivery.objects.create(
        case=case, way=Way.POST, because=because, created_at=clock.now()
    )
    return record.append(case, Verb.LETTER_QUEUED, actor, {"delivery": delivery.said(letter)})
