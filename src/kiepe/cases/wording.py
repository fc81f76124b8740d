"""From a decision to its notice: gathers what the writer of a Leistung needs. Preview and notice come from here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.cases.assessment import Period
from kiepe.cases.facts import Prepared
from kiepe.cases.models import Case, DecisionKind, Party, PartyRole
from kiepe.cases.notice import DecisionFacts, Notice
from kiepe.cases.types import case_type


def worded(
    case: Case,
    prepared: Prepared,
    kind: DecisionKind,
    periods: tuple[Period, ...],
    reasons: str,
    actor: Actor,
) -> Notice:
    """The notice. Raises Refused where the city's texts do not allow to issue one."""
    recipient = addressee(case)
    name = recipient.name if recipient is not None else ""
    return case_type(case.case_type).notice.write(
        DecisionFacts(
            number=case.number,
            kind="reject" if kind is DecisionKind.REJECT else "grant",
            periods=periods,
            reasons=reasons,
            received=case.received_on,
            decided_on=clock.today(),
            decided_by=actor.label,
            office=office(case),
            recipient=(name, *recipient.address) if recipient is not None else (),
            salutation=(recipient.salutation if recipient is not None else "")
            or (_("Guten Tag %(name)s,") % {"name": name} if name else _("Guten Tag,")),
            facts=prepared.facts,
            proposal=prepared.proposal,
        )
    )


def addressee(case: Case) -> Party | None:
    """Who gets the notice: the representative where there is one (§ 37 Abs. 1 SGB X), else the applicant."""
    by_role = {party.role: party for party in case.parties.order_by("-position")}
    return by_role.get(PartyRole.REPRESENTATIVE) or by_role.get(PartyRole.APPLICANT)


def office(case: Case) -> dict[str, str]:
    """Name, address, phone and mail of the unit, with the city's where the unit has none."""
    pack = city()
    unit = pack.unit(case.unit)
    return {
        "city": pack.full_name,
        "name": unit.name,
        "address": "\n".join(unit.address),
        "phone": unit.phone or pack.contact.phone,
        "email": unit.email or pack.contact.email,
    }
