"""Mails that we sent to somebody's address, as long as we still have them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kiepe.base.accounts.models import Account
from kiepe.base.inbox.delivery import KEPT_DAYS
from kiepe.base.inbox.models import OutgoingMail
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.privacy import ACCOUNT, Holding, Share

SENT = "mails"


class Mails:
    """To the account's own address; mails to an address that was given in a case stand with nobody's account."""

    name = "mails"

    def export(self, person: Actor) -> Share:
        return Share(
            [
                {
                    "to": mail.recipient,
                    "subject": mail.subject,
                    "text": mail.text,
                    "sent_at": mail.sent_at.isoformat() if mail.sent_at else None,
                }
                for mail in _own(person).order_by("created_at")
            ]
        )

    def holdings(self, person: Actor) -> Sequence[Holding]:
        if not _own(person).filter(sent_at__isnull=False).exists():
            return []
        words = _("Abschriften unserer Mails an Sie. Ohne Ihr Zutun gehen sie %(days)d Tage nach dem Versand.") % {
            "days": KEPT_DAYS
        }
        return [Holding(SENT, _("Mails an Sie"), words, now=True)]

    def erase(self, person: Actor, keys: frozenset[str]) -> None:
        """Empty what was sent; the occasion stays, so nothing is sent twice.

        A mail that still waits goes out first: days are counted from it. With the account it is not sent any more, and
        does not count as sent either.
        """
        if ACCOUNT in keys:
            _own(person).filter(sent_at__isnull=True).delete()
        if SENT in keys or ACCOUNT in keys:
            _own(person).filter(sent_at__isnull=False).update(recipient="", subject="", text="")


def _own(person: Actor) -> QuerySet[OutgoingMail]:
    account = Account.objects.filter(pk=person.account).first() if person.account and not person.is_staff else None
    return OutgoingMail.objects.filter(recipient=account.email) if account is not None else OutgoingMail.objects.none()


ROOM = Mails()
