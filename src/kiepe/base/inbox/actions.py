"""The one write that other rooms know: post a message."""

from __future__ import annotations

import re

from django.db import transaction

from kiepe.base.inbox import tasks
from kiepe.base.inbox.models import OutgoingMail


def post(to: str, subject: str, text: str, *, once: str) -> None:
    """Write a message and the job that sends it, both in the caller's transaction.

    `once` names the occasion (such as `WG-2026-000017:received`); a second call with the same one does nothing. The
    text must say no more of the matter than its number and that there is news. An empty `to` is no message.
    """
    if not to.strip():
        return
    with transaction.atomic():
        mail, is_new = OutgoingMail.objects.get_or_create(
            once=once,
            defaults={"recipient": _one_line(to), "subject": _one_line(subject)[:200], "text": text},
        )
        if is_new:
            tasks.send.defer(mail_id=str(mail.pk))


def _one_line(raw: str) -> str:
    return re.sub(r"\s+", " ", raw).strip()
