"""Where a member of the household hears by mail that there is news. Theirs to give, to change and to take back.

No event: it changes nothing about the case. Nobody but the member is shown it; the office sees that there is one.
"""

from __future__ import annotations

from kiepe.base.forms import parts
from kiepe.base.kernel.actor import Actor
from kiepe.cases.actions.filing import reader_language
from kiepe.cases.members import as_member
from kiepe.cases.models import Party, PartyAccess


def set_news_address(actor: Actor, party: Party, typed: str) -> str:
    """Keep the address, or none where nothing was typed; returns what is kept.

    Raises Http404 for everybody but this member, Refused (422) for what is no address.
    """
    as_member(actor, party)
    address = parts.news_address(typed)
    ways = PartyAccess.objects.filter(party=party, revoked_at=None)
    ways.update(email=address, language=reader_language())
    return address
