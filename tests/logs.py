"""Logs carry ids, never personal data: what the whole run logs is read for the people of the fixtures."""

from __future__ import annotations

import logging
import re
from collections import Counter

MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
IBAN = re.compile(r"\bDE\d{2} ?(\d{4} ?){4}\d{2}\b")
# The invented people of fixtures and demo, and where they live. Words that a log may well hold stay out.
PEOPLE = re.compile(
    r"Erika|Öztürk|Ayşe|Yılmaz|Demir|Nachbar|Prüfer|Albers-|Schulze-|Kowal-|Okafor-|Niehues-|Kötter-|Yıldız|Brinkmann-"
    r"|Beispielweg|Beispielstraße|Musterweg"
)


def personal(text: str) -> str:
    """The first piece of personal data in a text; empty where there is none."""
    found = MAIL.search(text) or IBAN.search(text) or PEOPLE.search(text)
    return found.group() if found else ""


class Listener(logging.Handler):
    """Reads every record as it would be written, traceback included."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(message)s"))
        self.found: Counter[str] = Counter()
        self.heard = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.heard += 1
        word = personal(self.format(record))
        if word:
            self.found[f"{record.name} ({record.module}:{record.lineno}) logged {word!r}"] += 1
