"""What this room wants from outside: somebody who looks for viruses. Adapters lie in adapters/, one file each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of looking. `checked`: the bytes were really looked at. `virus`: its name, empty where none is."""

    checked: bool
    virus: str = ""


class VirusScanner(Protocol):
    """Looks at bytes before they are kept."""

    @property
    def present(self) -> bool:
        """Whether there is a scanner at all. Where there is none, no page says that anything was checked."""
        ...

    def scan(self, data: bytes) -> Finding:
        """Look at these bytes. Raises Unavailable where the scanner is there and does not answer."""
        ...


@cache
def _made(path: str) -> VirusScanner:
    made: VirusScanner = import_string(path)()
    return made


def scanner() -> VirusScanner:
    """The scanner that `settings.VIRUS_SCANNER` names by dotted path."""
    return _made(settings.VIRUS_SCANNER)
