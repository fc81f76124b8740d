"""The person whose notice it is opens it in the portal. The first time is an event."""

from __future__ import annotations

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.cases import delivery, record
from kiepe.cases.actions.opening import opened
from kiepe.cases.models import Case
from kiepe.cases.transitions import Verb


def retrieve(actor: Actor, case: Case) -> bool:
    """Note that the notice was retrieved. True the first time; nothing for a letter or for anybody else."""
    lying = delivery.portal(case)
    if lying is None or lying.retrieved_at is not None or actor.account is None or case.account_id != actor.account:
        return False
    with opened(actor, case.pk, Verb.RETRIEVED) as locked:
        lying = delivery.portal(locked)
        if lying is None or lying.retrieved_at is not None:
            return False
        lying.retrieved_at = clock.now()
        lying.save(update_fields=["retrieved_at"])
        record.append(locked, Verb.RETRIEVED, actor, {"delivery": delivery.said(lying)})
    return True
