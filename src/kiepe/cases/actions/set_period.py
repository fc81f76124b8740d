"""A caseworker sets the time for which is decided (§ 25 WoGG lets it be shorter or longer than twelve months)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import record
from kiepe.cases.actions.opening import opened_by_staff, reason_given
from kiepe.cases.models import Case
from kiepe.cases.transitions import Verb


def set_period(actor: Actor, case_id: int, start: date | None, end: date | None, *, reason: str, version: int) -> Case:
    """Both days included; None leaves that side to the law. Refused (422) where they are out of order."""
    with opened_by_staff(actor, case_id, version, Verb.PERIOD_SET) as case:
        said = reason_given(reason)
        if start is not None and end is not None and end < start:
            sentence = _("Das Ende liegt vor dem Anfang.")
            raise Refused(_("Der Zeitraum passt nicht."), sentence, fields={"end": sentence}, status=422)
        case.period_start, case.period_end = start, end
        record.append(case, Verb.PERIOD_SET, actor, {"start": start, "end": end, "reason": said})
    return case
