"""The city pack: one folder of data a city, read once. What is wrong is named with file and line."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict


class Entry(BaseModel):
    """A part of the city pack: frozen, and no unknown key slips through."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Contact(Entry):
    phone: str
    phone_link: str
    phone_hours: str = ""
    email: str


class LifeSituation(Entry):
    key: str
    title: str
    short: str
    icon: str


class Unit(Entry):
    key: str
    name: str
    address: tuple[str, ...]
    phone: str = ""
    email: str = ""


class City(Entry):
    """Everything that is Münster about Münster."""

    name: str
    full_name: str
    gemeinde: str
    land: str
    languages: tuple[str, ...]
    contact: Contact
    life_situations: tuple[LifeSituation, ...] = ()
    units: tuple[Unit, ...] = ()

    def unit(self, key: str) -> Unit:
        """The unit with this key; raises KeyError."""
        return {unit.key: unit for unit in self.units}[key]


@cache
def city() -> City:
    """The city of this process (settings.CITY_PACK)."""
    return read(settings.CITY_PACK)


def read(folder: Path) -> City:
    """Read and check a city pack."""
    return City.model_validate(tomllib.loads((folder / "city.toml").read_text(encoding="utf-8")))
