"""What the record keeps of messages and reported changes, so that a later change of a row shows."""

from __future__ import annotations

from kiepe.cases import canonical
from kiepe.cases.models import ChangeReport, Message


def message_digest(message: Message) -> str:
    """SHA-256 over everything that was said, when, and with which member (where it is one), as hexadecimal text."""
    whom = [message.of_member] if message.of_member else []  # came later: what was kept before still verifies
    return canonical.fingerprint([message.direction, message.author_name, message.text, message.sent_at, *whom])


def change_digest(change: ChangeReport) -> str:
    """SHA-256 over everything that was reported, as hexadecimal text."""
    return canonical.fingerprint([change.kind, change.since, change.text, change.decided, change.reported_at])


def answer_digest(change: ChangeReport) -> str:
    """SHA-256 over what the office made of a reported change."""
    return canonical.fingerprint([change.answer, change.handled_at])
