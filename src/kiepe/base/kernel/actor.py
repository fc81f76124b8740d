"""Who acts. Every query of personal data takes an actor; an unfiltered one does not exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    CITIZEN = "citizen"  # signed in or not: a person outside the administration
    STAFF = "staff"  # signed in, member of a unit
    SYSTEM = "system"  # a declared automatic step


class Role(StrEnum):
    """What a member of staff may do; kept on the account, meaning fixed here."""

    CASEWORKER = "caseworker"  # sees and decides the unit's cases
    LEAD = "lead"  # the same, and assigns cases
    AUDITOR = "auditor"  # reads the record and the access log, decides nothing


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts. `label` is shown in the history of a case; it is never logged."""

    kind: ActorKind
    account: int | None = None
    label: str = ""
    unit: str = ""
    roles: frozenset[Role] = frozenset()
    drafts: frozenset[str] = field(default_factory=frozenset)  # ids of drafts that this browser session opened
    cases: frozenset[int] = field(default_factory=frozenset)  # cases that this session opened by number and code
    parts: frozenset[str] = field(default_factory=frozenset)  # own parts of drafts that this session opened by code
    parties: frozenset[int] = field(default_factory=frozenset)  # parties of cases whose own code this session gave

    @property
    def is_staff(self) -> bool:
        return self.kind is ActorKind.STAFF

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds one of `roles`."""
        return self.is_staff and not self.roles.isdisjoint(roles)


SYSTEM = Actor(kind=ActorKind.SYSTEM, label="System")
NOBODY = Actor(kind=ActorKind.CITIZEN)
