"""What each room says of a person's data: hand it out (Art. 15, 20 GDPR), delete it, or say why not (Art. 17 GDPR).

A room declares it in its own `privacy.py`, an object ROOM; settings.PRIVACY lists them. Start-up checks that each fits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

from kiepe.base.kernel.actor import Actor

ACCOUNT = "account"  # the key of the account itself


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the data. `path` inside the archive; `read` gives its bytes when it is its turn."""

    path: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Share:
    """What a room has of a person: plain data as JSON keeps it, and files."""

    data: Mapping[str, object] | Sequence[object]
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing that is kept, in words. `key` names it, over all rooms; `now`: it goes when the person says so.

    Otherwise `until` is the last day on which it is kept (None: not known yet), and `norm` why.
    """

    key: str
    title: str
    words: str
    now: bool
    until: date | None = None
    norm: str = ""


@runtime_checkable
class Room(Protocol):
    """A room's part. Everything takes the actor: what is theirs by account or opened in this browser."""

    name: str

    def export(self, person: Actor) -> Share:
        """Everything that the room has of this person."""
        ...

    def holdings(self, person: Actor) -> Sequence[Holding]:
        """What is kept, what can go now, what the law keeps."""
        ...

    def erase(self, person: Actor, keys: frozenset[str]) -> None:
        """Delete those of the holdings that may go now and are named. In the caller's transaction; `keys` are of all
        rooms, so that one can follow another: with ACCOUNT the account goes.
        """
        ...


def rooms() -> list[Room]:
    """All rooms that have personal data, in the order in which they delete: what others hang on comes last."""
    return [import_string(path) for path in settings.PRIVACY]


def check(**_: object) -> list[CheckMessage]:
    """Each dotted path leads to an object that can do what Room asks."""
    found: list[CheckMessage] = []
    for path in settings.PRIVACY:
        try:
            candidate = import_string(path)
        except ImportError as trouble:
            found.append(Error(f"PRIVACY: {path} lässt sich nicht laden: {trouble}", id="kernel.E001"))
            continue
        if not isinstance(candidate, Room):
            found.append(Error(f"PRIVACY: {path} kann nicht export, holdings und erase.", id="kernel.E002"))
    return found
