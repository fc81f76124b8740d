"""An own way in for who acts for or with the applicant, and its end. The applicant decides; staff with proof."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, Role
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, queries, record, wording
from kiepe.cases.actions.opening import opened
from kiepe.cases.models import ACTING, REPRESENTING, Case, Party, PartyAccess
from kiepe.cases.transitions import Verb


def grant_access(actor: Actor, case_id: int, party_id: int) -> str:
    """A code of the party's own, in clear, to be shown once; an earlier one ends with it.

    The party then sees the case as the applicant does. Raises Http404 for a party that does not act and for an actor
    who is neither the applicant nor decides here; Refused where staff have no proof of the power.
    """
    with opened(actor, case_id, Verb.ACCESS_GRANTED) as case:
        party = _acting(actor, case, party_id)
        if actor.is_staff and party.role in REPRESENTING and not wording.proven(case, party):
            raise Refused(
                _("Die Vertretung ist noch nicht nachgewiesen."),
                _("Erkennen Sie erst die Vollmacht oder den Beschluss des Gerichts an."),
            )
        code = access.fresh()
        PartyAccess.objects.update_or_create(
            party=party,
            defaults={
                "case": case,
                "code_hash": access.hashed(case.number, code),
                "account": None,
                "granted_at": clock.now(),
                "revoked_at": None,
            },
        )
        record.append(case, Verb.ACCESS_GRANTED, actor, _content(party))
    return access.shown(code)


def revoke_access(actor: Actor, case_id: int, party_id: int) -> None:
    """End a party's own access, now; ending it twice changes nothing (§ 13 Abs. 1 Satz 4 SGB X: a power can go)."""
    with opened(actor, case_id, Verb.ACCESS_REVOKED) as case:
        party = _acting(actor, case, party_id)
        ended = PartyAccess.objects.filter(party=party, revoked_at=None).update(revoked_at=clock.now())
        if ended:
            record.append(case, Verb.ACCESS_REVOKED, actor, _content(party))


def link_account(actor: Actor, party: Party) -> None:
    """Who gave the code while signed in keeps the way in by the account."""
    if actor.account is not None and not actor.is_staff:
        PartyAccess.objects.filter(party=party, revoked_at=None).update(account_id=actor.account)


def _acting(actor: Actor, case: Case, party_id: int) -> Party:
    if not (queries.is_applicant(actor, case) or actor.has(Role.CASEWORKER, Role.LEAD)):
        raise Http404
    party = case.parties.filter(pk=party_id, role__in=ACTING).first()
    if party is None:
        raise Http404
    return party


def _content(party: Party) -> dict[str, object]:
    return {"party_id": party.pk, "name": party.name, "role": party.role}
