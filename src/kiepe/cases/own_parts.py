"""What becomes of members' own parts when the application is sent: their way into the case, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_noop

from kiepe.base.forms import parts
from kiepe.base.forms.models import OwnPart
from kiepe.base.kernel import clock
from kiepe.cases import access, evidence, mail
from kiepe.cases.models import Case, EvidenceItem, PartyAccess, PartyRole

KEY = "own_part"  # evidence key of a part that was not finished


def follow(case: Case, own: Mapping[str, OwnPart]) -> None:
    """With the case's number the member's own code goes on to open the own papers, and nothing else."""
    for party in case.parties.filter(role=PartyRole.MEMBER, item_id__in=own):
        part = own[party.item_id]
        if part.opened_at is not None:
            PartyAccess.objects.create(
                party=party,
                case=case,
                code_hash=access.hashed(case.number, parts.own_code(part)),
                email=part.email,
                language=part.language,
                granted_at=clock.now(),
            )
            mail.part_received(case, party.item_id)
        if part.done_at is None:
            EvidenceItem.objects.create(
                case=case,
                key=KEY,
                item_id=party.item_id,
                position=900,
                title=evidence.OWN_WORDS.format(name=party.name),
                hint=gettext_noop(
                    "Die Person wollte ihren Teil selbst ausfüllen. Ein Brief oder das Papierformular genügt."
                ),
                norm="§ 60 Abs. 1 SGB I",
                changed_at=clock.now(),
            )
