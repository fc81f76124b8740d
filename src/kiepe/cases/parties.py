"""Who takes part in a case, as a case type reads it from the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from kiepe.base.kernel.letters import sort_key
from kiepe.cases import canonical
from kiepe.cases.models import Case, Party, PartyRole

FAR = 10_000  # above every position
FIELDS = (
    "role",
    "item_id",
    "first_name",
    "last_name",
    "organisation",
    "birth_date",
    "salutation",
    "address",
    "email",
    "phone",
    "iban",
)


@dataclass(frozen=True, slots=True)
class PartyData:
    """One who takes part. `address` are the lines below the name; `item_id` the item of the answers it came from."""

    role: PartyRole
    first_name: str = ""
    last_name: str = ""
    organisation: str = ""
    birth_date: date | None = None
    salutation: str = ""  # e.g. 'Guten Tag Sophie Albers,'
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    iban: str = ""
    item_id: str = ""

    @property
    def name(self) -> str:
        """Name as written in an address."""
        return self.organisation or f"{self.first_name} {self.last_name}".strip()


def keep(case: Case, parties: Sequence[PartyData]) -> None:
    """Write the parties of a new case. The first applicant gives the case its name in lists."""
    Party.objects.bulk_create(
        Party(
            case=case,
            position=position,
            role=party.role,
            item_id=party.item_id,
            first_name=party.first_name,
            last_name=party.last_name,
            organisation=party.organisation,
            birth_date=party.birth_date,
            salutation=party.salutation,
            address=list(party.address),
            email=party.email,
            phone=party.phone,
            iban=party.iban,
        )
        for position, party in enumerate(parties)
    )


def renew(case: Case, parties: Sequence[PartyData]) -> None:
    """Write the parties anew after the answers changed. Who still takes part, by role and item, keeps the row."""
    there = {(party.role, party.item_id): party for party in Party.objects.filter(case=case)}
    Party.objects.filter(case=case).update(position=F("position") + FAR)  # no two at one place meanwhile
    for position, data in enumerate(parties):
        party = there.pop((data.role.value, data.item_id), None) or Party(case=case, role=data.role.value)
        party.position = position
        for name in FIELDS[1:]:
            setattr(party, name, getattr(data, name))
        party.address = list(data.address)
        party.save()
    Party.objects.filter(pk__in=[party.pk for party in there.values()]).delete()


def fingerprint(kept: Iterable[Party]) -> str:
    """What the record keeps of the parties, so that a later change of a row, such as another IBAN, shows."""
    return canonical.fingerprint([[getattr(party, name) for name in FIELDS] for party in kept])


def named(parties: Sequence[PartyData]) -> tuple[str, str]:
    """Name of the applicant and its sort key, family name first; empty where nobody applied by name."""
    for party in parties:
        if party.role == PartyRole.APPLICANT:
            key = party.organisation or f"{party.last_name} {party.first_name}".strip()
            return party.name[:300], sort_key(key)[:300]
    return "", ""
