"""What other rooms may know of a message."""

from __future__ import annotations

from datetime import datetime

from kiepe.base.inbox.models import OutgoingMail


def sent_at(once: str) -> datetime | None:
    """When a mail server took the message of this occasion; None while it waits, or where there is none."""
    return OutgoingMail.objects.filter(once=once).values_list("sent_at", flat=True).first()
