"""A wish to apply, by whatever way it came: it fixes the day (§ 16 SGB I). It needs who, and where to be found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """The way by which a wish to apply came. `forwarded`: from another office (§ 16 Abs. 2 SGB I)."""

    ONLINE = "online", _("online")
    PHONE = "phone", _("am Telefon")
    PAPER = "paper", _("auf Papier, per Fax oder Mail")
    COUNTER = "counter", _("vor Ort")
    FORWARDED = "forwarded", _("von einer anderen Stelle weitergeleitet")


@dataclass(frozen=True, slots=True)
class PersonName:
    """Name of a person as written in an address."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives. Empty where it is not known yet: then there must be a phone number or a mail address."""

    street: str = ""  # with number
    postcode: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wishes to apply. A case type's `first_answers` turns it into answers of its form."""

    name: PersonName
    address: Address = field(default_factory=Address)
    phone: str = ""
    email: str = ""
    birth_date: date | None = None
