"""Who takes part in a case, as a case type reads it from the answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from kiepe.base.kernel.letters import sort_key
from kiepe.cases import canonical
from kiepe.cases.models import Case, Party, PartyRole, Scope

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
# Came later; they count where they say something, so what was submitted before still verifies.
LATER_FIELDS = (
    "legal_form",
    "register_entry",
    "represented_by",
    "scope",
    "evidence_key",
    "consent",
    "own_part",
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
    legal_form: str = ""
    register_entry: str = ""
    represented_by: tuple[str, ...] = ()
    scope: tuple[Scope, ...] = ()
    evidence_key: str = ""  # key of evidence.yaml: what proves the power or the consent
    consent: str = ""

    @property
    def name(self) -> str:
        """Name as written in an address."""
        return self.organisation or f"{self.first_name} {self.last_name}".strip()


def keep(case: Case, parties: Sequence[PartyData], *, apart: Collection[str] = ()) -> None:
    """Write the parties of a new case. The first applicant gives the case its name in lists.

    Members whose `item_id` is in `apart` spoke for themselves and did not let the applicant read it.
    """
    Party.objects.bulk_create(_row(case, position, party, apart) for position, party in enumerate(parties))


def renew(case: Case, parties: Sequence[PartyData], *, apart: Collection[str] = ()) -> None:
    """Write the parties of a case whose answers are whole now; see keep.

    Who took part before under the same role and name keeps the own way in; whose name is gone has lost it.
    """
    before = {(party.role, party.item_id, party.name): party.pk for party in case.parties.order_by("-position")}
    rows = [_row(case, position, party, apart) for position, party in enumerate(parties)]
    for row in rows:
        row.pk = before.pop((row.role, row.item_id, row.name), None)
    case.parties.exclude(pk__in=[row.pk for row in rows if row.pk is not None]).delete()
    case.parties.update(position=F("position") + 1000)  # out of the way of the new order
    for row in rows:
        row.save()


def _row(case: Case, position: int, party: PartyData, apart: Collection[str]) -> Party:
    return Party(
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
        legal_form=party.legal_form,
        register_entry=party.register_entry,
        represented_by=list(party.represented_by),
        scope=[str(one) for one in party.scope],
        evidence_key=party.evidence_key,
        consent=party.consent[:300],
        own_part=party.role == PartyRole.MEMBER and party.item_id in apart,
    )


def fingerprint(kept: Iterable[Party]) -> str:
    """What the record keeps of the parties, so that a later change of a row, such as another IBAN, shows."""
    return canonical.fingerprint(
        [
            [getattr(party, name) for name in FIELDS]
            + [[name, getattr(party, name)] for name in LATER_FIELDS if getattr(party, name)]
            for party in kept
        ]
    )


def named(parties: Sequence[PartyData]) -> tuple[str, str]:
    """Name of the applicant and its sort key, family name first; empty where nobody applied by name."""
    for party in parties:
        if party.role == PartyRole.APPLICANT:
            key = party.organisation or f"{party.last_name} {party.first_name}".strip()
            return party.name[:300], sort_key(key)[:300]
    return "", ""
