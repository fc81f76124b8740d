"""The city pack: one folder of data a city, read once and checked as a whole.

What is missing or wrong is named with file and line, all findings at once, in words an editor understands.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from kiepe.base.catalogue.entries import (
    Channel,
    ChannelKind,
    City,
    Contact,
    Fee,
    LifeSituation,
    Office,
    Page,
    Procedure,
    Provider,
    ReviewedText,
    Service,
    ServiceText,
    Unit,
)
from kiepe.base.catalogue.findings import findings
from kiepe.base.catalogue.reading import Reading

__all__ = [
    "Channel",
    "ChannelKind",
    "City",
    "Contact",
    "Fee",
    "LifeSituation",
    "Office",
    "PackError",
    "Page",
    "Procedure",
    "Provider",
    "ReviewedText",
    "Service",
    "ServiceText",
    "Unit",
    "check",
    "city",
    "forget",
    "read",
]


class PackError(Exception):
    """The city pack cannot be used. `sentences` names every finding with file and line."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def city() -> City:
    """The city of this process (settings.CITY_PACK), in the reader's language."""
    return _spoken(get_language() or "de")


@cache
def _city() -> City:
    return read(settings.CITY_PACK)


@cache
def _spoken(language: str) -> City:
    return _city().spoken(language)


def forget() -> None:
    """Read the pack anew when it is next asked for."""
    _city.cache_clear()
    _spoken.cache_clear()


def check(folder: Path) -> list[str]:
    """Everything that is wrong with a city pack, as sentences with file and line; empty where it is in order."""
    try:
        read(folder)
    except PackError as error:
        return error.sentences
    return []


def read(folder: Path) -> City:
    """Read and check a city pack; raises PackError."""
    reading = Reading(folder)
    found = reading.city()
    if found is None:
        raise PackError(reading.sentences)
    # Also with files that cannot be read: an editor wants all findings at once, so only references to what could
    # not be read are left out.
    findings(found, reading)
    if reading.sentences:
        raise PackError(reading.sentences)
    return found
