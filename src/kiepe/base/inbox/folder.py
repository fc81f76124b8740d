"""A folder in place of a mail server: demo and tests. One file a message, named by its Message-ID.

Delivering the same message twice writes the same file, so the folder shows what a mail program would show.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes each message to settings.EMAIL_FILE_PATH as `<id>.eml`, readable by the owner only."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Number of messages written."""
        place = Path(settings.EMAIL_FILE_PATH)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            _write(place, message)
        return len(email_messages)


def _write(place: Path, message: EmailMessage) -> None:
    name = re.sub(r"[^A-Za-z0-9.-]", "", message.extra_headers.get("Message-ID", "").partition("@")[0])
    staged = place / f".{secrets.token_hex(8)}"
    handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(message.message().as_bytes())
        file.flush()
        os.fsync(file.fileno())
    staged.rename(place / f"{name or secrets.token_hex(8)}.eml")
