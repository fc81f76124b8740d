"""From a decision to its notice: gathers what the writer of a Leistung needs. Preview and notice come from here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.cases.assessment import Period
from kiepe.cases.facts import Prepared
from kiepe.cases.models import REPRESENTING, Case, DecisionKind, EvidenceState, Party, PartyRole, Scope
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
            recipient=address_lines(case, recipient),
            salutation=(recipient.salutation if recipient is not None else "")
            or (_("Guten Tag %(name)s,") % {"name": name} if name else _("Guten Tag,")),
            facts=prepared.facts,
            proposal=prepared.proposal,
        )
    )


PROVEN = frozenset({EvidenceState.ACCEPTED, EvidenceState.WAIVED})


def addressee(case: Case) -> Party | None:
    """Who gets letters and the notice.

    A representative with a proven power (§ 13 Abs. 3, § 37 Abs. 1 Satz 2 SGB X), a guardian whose order covers it, a
    parent; else the applicant. Without proof a letter could reach a person who has nothing to do with it.
    """
    parties = list(case.parties.order_by("position"))
    for party in parties:
        if party.role in REPRESENTING and represents(case, party):
            return party
    return next((party for party in parties if party.role == PartyRole.APPLICANT), None)


def represents(case: Case, party: Party) -> bool:
    """Whether letters go to this representative: the power is proven, covers them, and there is an address."""
    if not party.address:
        return False
    if (
        party.role == PartyRole.GUARDIAN
        and party.scope
        and not {Scope.ALL, Scope.OFFICES, Scope.POST} & set(party.scope)
    ):
        return False
    return proven(case, party)


def proven(case: Case, party: Party) -> bool:
    """Whether the power is proven, or needs no proof here."""
    return not party.evidence_key or case.evidence.filter(key=party.evidence_key, state__in=PROVEN).exists()


def address_lines(case: Case, recipient: Party | None) -> tuple[str, ...]:
    """Name and address of the recipient: with who acts for an organisation, and for whom a representative stands."""
    if recipient is None:
        return ()
    name, more = recipient.name, list(recipient.represented_by[:1])
    if recipient.organisation and recipient.last_name:
        more = [f"{recipient.first_name} {recipient.last_name}".strip()]
    lines = [name, *more]
    if recipient.role in REPRESENTING:
        lines.append(_("für %(name)s") % {"name": case.applicant})
    return (*lines, *recipient.address)


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
