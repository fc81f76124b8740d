"""The way out: hand a waiting message to the mail server, wait longer each time, forget old texts."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from email.utils import format_datetime
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from kiepe.base.catalogue.pack import city
from kiepe.base.inbox.models import OutgoingMail

KEPT_DAYS = 30
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
log = logging.getLogger(__name__)


def deliver(mail_id: UUID) -> bool:
    """Hand a waiting message to the mail server. True where it is sent, now or before.

    The row is locked meanwhile, so two workers never send it at once. A kill between the server's yes and our note of
    it leads to a second delivery under the same Message-ID, which mail programs show once; nothing else can double it.
    """
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update().filter(pk=mail_id).first()
        if mail is None or mail.sent_at is not None:
            return True
        mail.tries += 1
        try:
            _message(mail).send()
        except (OSError, SMTPException, ValueError) as trouble:
            mail.last_trouble = type(trouble).__name__
            mail.next_try_at = timezone.now() + wait(mail.tries)
            mail.save(update_fields=["tries", "last_trouble", "next_try_at"])
            log.warning("mail %s not sent at try %s: %s", mail.pk, mail.tries, mail.last_trouble)
            return False
        mail.sent_at, mail.last_trouble = timezone.now(), ""
        mail.save(update_fields=["tries", "last_trouble", "sent_at"])
        return True


def wait(tries: int) -> timedelta:
    """How long to wait after the given number of failed tries: doubling from a minute to six hours, without end."""
    return min(FIRST_WAIT * (1 << min(tries - 1, 12)), LONGEST_WAIT)


def forget(now: datetime) -> int:
    """Empty recipient and text of what was sent more than 30 days ago; the occasion stays, so nothing is sent twice."""
    old = OutgoingMail.objects.filter(sent_at__lt=now - timedelta(days=KEPT_DAYS)).exclude(recipient="")
    return old.update(recipient="", subject="", text="")


def _message(mail: OutgoingMail) -> EmailMessage:
    sender = city().contact.email
    return EmailMessage(
        subject=mail.subject,
        body=mail.text,
        from_email=sender,
        to=[mail.recipient],
        headers={
            "Message-ID": f"<{mail.pk}@{sender.rpartition('@')[2]}>",
            "Date": format_datetime(timezone.localtime(mail.created_at)),
            "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office note comes back
        },
    )
