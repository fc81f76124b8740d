"""Writing the record of a case: one event a change, chained, sealed. verify.py reads it; docs/explanation/record.md.

Nothing else in Kiepe writes CaseEvent or EventContent; triggers refuse to change or remove what is written.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.db import connection
from django.db.models import Q

from kiepe.base.kernel import clock, keys
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.cases import canonical
from kiepe.cases.models import ACTING, Case, CaseEvent, EventContent, Party, PartyAccess
from kiepe.cases.transitions import OPEN, State, Verb, after

# Tables that the web role may read and add to, and nothing else (no UPDATE, DELETE, TRUNCATE). EventContent and
# Decision may be deleted from: a trigger lets only that pass which a signed DeletionEntry covers.
APPEND_ONLY_TABLES = (
    "cases_caseevent",
    "cases_checkpoint",
    "cases_checkpointhead",
    "cases_deletionentry",
)
# The same, but with DELETE (never UPDATE): rows with content, guarded by the trigger of migration 0002.
ERASABLE_TABLES = ("cases_eventcontent", "cases_answers", "cases_decision")
START = bytes(32)  # what the first event of a case has as `previous`


def event_hash(
    *,
    case_id: int,
    seq: int,
    verb: str,
    actor_kind: str,
    actor_id: int | None,
    at: datetime,
    digest: bytes,
    previous: bytes,
) -> bytes:
    """SHA-256 over the canonical form of everything an event says and the hash of the one before."""
    said = ["kiepe event 1", case_id, seq, verb, actor_kind, actor_id, at, digest.hex(), previous.hex()]
    return canonical.sha256(canonical.encode(said))


def content_digest(salt: bytes, content: object) -> bytes:
    """SHA-256 over salt and content. Without the salt, which goes with the content, it leads to nobody."""
    return canonical.sha256(salt, canonical.encode(content))


@cache
def _seal_key(folder: Path) -> bytes:
    raw = keys.signing_key(folder).private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kiepe seal of events 1").derive(raw)


def seal(event_hash: bytes) -> bytes:
    """HMAC-SHA-256 over an event's hash with a key outside the database."""
    return hmac.digest(_seal_key(settings.KEYS), event_hash, "sha256")


def append(
    case: Case,
    verb: Verb,
    actor: Actor,
    content: Mapping[str, object],
    *,
    answered: bool = False,
    member: Party | None = None,
) -> CaseEvent:
    """Write one event, move the case to the state it leads to, and save the case.

    The caller holds the case's row lock in a transaction and has set whatever else changes on `case`.
    `content` is kept apart from the event, with who acted by name; `answered` is as in transitions.after; `member` is
    the member of the household who acts. Raises Refused where the state forbids `verb`.
    """
    assert connection.in_atomic_block
    before = case.state if case.head_seq else ""
    if case.head_seq:
        case.state = after(State(case.state), verb, complete=case.complete, answered=answered)
    case.open = case.state in OPEN
    by = {"actor": actor.label, **_party(case, actor, member)}
    said = canonical.plain({**content, "state": case.state, "became": case.state != before, **by})
    salt, at, previous = secrets.token_bytes(16), clock.now(), bytes(case.head_hash) or START
    digest = content_digest(salt, said)
    fields = {
        "case_id": case.pk,
        "seq": case.head_seq + 1,
        "verb": verb.value,
        "actor_kind": actor.kind.value,
        "actor_id": actor.account,
        "at": at,
        "digest": digest,
        "previous": previous,
    }
    found = event_hash(**fields)  # type: ignore[arg-type]  # the same names, checked by the signature above
    event = CaseEvent.objects.create(**fields, hash=found, seal=seal(found))
    EventContent.objects.create(event=event, salt=salt, json=said)
    case.head_seq, case.head_hash, case.version = event.seq, found, case.version + 1
    case.save()
    return event


def _party(case: Case, actor: Actor, member: Party | None) -> dict[str, str]:
    """Who acted, where it is one who came in by a way of their own: a representative, a partner, a member.

    A browser may know the codes of several people of one household: a member acts only where a verb says so.
    """
    if member is not None:
        return {} if actor.is_staff else {"actor": "", "party": _named(member), "by_member": member.item_id}
    if actor.kind is not ActorKind.CITIZEN or not (actor.parties or actor.account):
        return {}
    mine = Q(party__in=actor.parties)
    if actor.account is not None:
        mine |= Q(account=actor.account)
    ways = PartyAccess.objects.select_related("party").filter(mine, case=case, party__role__in=ACTING, revoked_at=None)
    access = ways.first()
    return {"party": _named(access.party)} if access is not None else {}


def _named(party: Party) -> str:
    return f"{party.name} ({party.get_role_display()})"
