"""A message was read by the side it was for.

No event: it changes nothing about the case, and a version that grows with every glance would refuse a decision for no
reason. What staff look at stands in the access log.
"""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, Role
from kiepe.cases.members import as_member
from kiepe.cases.models import Case, Direction, Message, Party
from kiepe.cases.queries import visible


def mark_read(actor: Actor, case_id: int, up_to: int, *, member: Party | None = None) -> int:
    """Note that every message to the actor's side up to the one with this id was read; returns how many were new.

    In the applicant's thread, or with `member` in theirs. For staff it means that nothing is left to answer. Http404
    for who may not see the case or did not come in as that member, and for auditors.
    """
    if actor.is_staff and not actor.has(Role.CASEWORKER, Role.LEAD):
        raise Http404
    with transaction.atomic():
        mine = visible(actor) if member is None or actor.is_staff else as_member(actor, member)
        case = mine.select_for_update(no_key=True).filter(pk=case_id).first()
        if case is None or (member is not None and member.case_id != case_id):
            raise Http404
        whose = member.item_id if member is not None else ""
        read = read_until(case, Direction.IN if actor.is_staff else Direction.OUT, up_to, whose)
        if read and actor.is_staff:
            case.save(update_fields=["unread"])
    return read


def read_until(case: Case, direction: Direction, up_to: int, whose: str = "") -> int:
    """Set `read_at` of one thread's messages up to this id; for those to the office count anew. The caller saves the
    case. `whose`: the member's item; empty for the applicant's thread.
    """
    news = Message.objects.filter(case=case, direction=direction, read_at__isnull=True)
    read = news.filter(pk__lte=up_to, of_member=whose).update(read_at=clock.now())
    if direction == Direction.IN:
        case.unread = news.count()
    return read
