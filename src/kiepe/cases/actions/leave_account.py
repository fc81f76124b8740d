"""An account is deleted on its owner's wish: the cases stay, and lose their tie to it."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from kiepe.base.kernel.actor import Actor
from kiepe.cases import record
from kiepe.cases.actions.consent import take_back
from kiepe.cases.models import Case, ChangeReport, Message, PortalConsent
from kiepe.cases.transitions import Verb


def leave_account(actor: Actor) -> list[str]:
    """Untie every case of the actor's own account, each with an event; returns their numbers.

    The case can be opened with number and access code from then on. The events keep the account's number, which leads
    to nobody any more. Nothing can be retrieved without an account: a consent to the portal ends, and a notice that
    nobody retrieved comes as a letter.
    """
    if actor.is_staff or actor.account is None:
        raise Http404
    with transaction.atomic():
        left = list(Case.objects.select_for_update(no_key=True).filter(account=actor.account).order_by("pk"))
        for case in left:
            take_back(actor, case)
            case.account = None
            record.append(case, Verb.ACCOUNT_LEFT, actor, {})
        Message.objects.filter(author=actor.account).update(author=None)
        ChangeReport.objects.filter(reported_by=actor.account).update(reported_by=None)
        PortalConsent.objects.filter(account=actor.account).update(account=None)
    return [case.number for case in left]
