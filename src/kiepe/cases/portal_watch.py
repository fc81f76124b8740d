"""Looks after notices that lie in the portal, by the clock. Every step is a verb of its own and happens once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from kiepe.base.inbox import queries as mails
from kiepe.base.kernel import clock
from kiepe.cases import actions, delivery
from kiepe.cases.models import Because, Delivery, Way
from kiepe.cases.transitions import State


def follow() -> Iterator[int]:
    """Do what is due; yields the cases in which something happened."""
    open_ones = Delivery.objects.filter(way=Way.PORTAL, not_arrived=False, case__state=State.ISSUED).filter(
        Q(notified_at__isnull=True) | Q(retrieved_at__isnull=True)
    )
    settled = open_ones.filter(notified_at__isnull=False, case__deliveries__way=Way.POST)  # nothing more to do
    watched = open_ones.exclude(pk__in=settled.values("pk")).select_related("case")
    for lying in watched.order_by("created_at").iterator(500):
        if _follow(lying):
            yield lying.case_id


def _follow(lying: Delivery) -> bool:
    done = False
    if lying.notified_at is None and (left := mails.sent_at(delivery.mail_of(lying))) is not None:
        lying.notified_at = clock.as_told(left)
        done = actions.note_notified(lying.case_id, lying.notified_at)
    if lying.retrieved_at is not None:
        return done
    reminder_days, letter_days = delivery.days(lying.case)
    if _days_since(lying.created_at) >= letter_days:
        because = Because.NOT_RETRIEVED if lying.notified_at is not None else Because.NOT_SENT
        return actions.queue_letter(lying.case_id, because) or done
    if lying.notified_at is not None and _days_since(lying.notified_at) >= reminder_days:
        return actions.remind(lying.case_id) or done
    return done


def _days_since(moment: datetime) -> int:
    return (clock.today() - timezone.localtime(moment).date()).days
