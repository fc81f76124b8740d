"""What jobs do about a notice that lies in the portal: note that the mail left, remind once."""

from __future__ import annotations

from datetime import datetime

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import SYSTEM
from kiepe.cases import delivery, mail, record
from kiepe.cases.actions.opening import opened
from kiepe.cases.transitions import Verb


def note_notified(case_id: int, at: datetime) -> bool:
    """The mail that announces the notice has left: from this day the four days count. True where it was new."""
    with opened(SYSTEM, case_id, Verb.NOTIFIED) as case:
        lying = delivery.portal(case)
        if lying is None or lying.notified_at is not None:
            return False
        lying.notified_at = at
        lying.save(update_fields=["notified_at"])
        record.append(case, Verb.NOTIFIED, SYSTEM, {"delivery": delivery.said(lying)})
    return True


def remind(case_id: int) -> bool:
    """Remind by mail, once, as long as nobody retrieved it. True where the mail was written now."""
    with opened(SYSTEM, case_id, Verb.REMINDED) as case:
        lying = delivery.portal(case)
        if lying is None or lying.reminded_at is not None or lying.retrieved_at is not None:
            return False
        lying.reminded_at = clock.now()
        lying.save(update_fields=["reminded_at"])
        record.append(case, Verb.REMINDED, SYSTEM, {"delivery": delivery.said(lying)})
        mail.reminder(case, lying)
    return True
