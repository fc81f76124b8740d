"""The list of lawful deletions: each entry signed, and chained to the one before."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection

from kiepe.base.kernel import clock, keys
from kiepe.base.kernel.actor import Actor
from kiepe.cases import canonical
from kiepe.cases.models import Case, DeletionEntry

START = bytes(32)
LOCK = 0x6B69657065_01  # one writer at a time ("kiepe", 1); released with the transaction


def entry_hash(
    *,
    number: int,
    case_id: int,
    up_to_seq: int,
    norm: str,
    actor_kind: str,
    actor_id: int | None,
    at: datetime,
    previous: bytes,
) -> bytes:
    """SHA-256 over everything an entry says and the hash of the one before."""
    said = ["kiepe deletion 1", number, case_id, up_to_seq, norm, actor_kind, actor_id, at, previous.hex()]
    return canonical.sha256(canonical.encode(said))


def enter(case: Case, *, norm: str, actor: Actor) -> DeletionEntry:
    """Write the next entry: of this case, everything up to its last event. In the transaction of the deletion."""
    assert norm.strip()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = DeletionEntry.objects.order_by("-number").first()
    fields = {
        "number": last.number + 1 if last is not None else 1,
        "case_id": case.pk,
        "up_to_seq": case.head_seq,
        "norm": norm,
        "actor_kind": actor.kind.value,
        "actor_id": actor.account,
        "at": clock.now(),
        "previous": bytes(last.hash) if last is not None else START,
    }
    found = entry_hash(**fields)  # type: ignore[arg-type]  # the same names, checked by the signature above
    return DeletionEntry.objects.create(
        **fields, hash=found, signature=keys.signing_key(settings.KEYS).sign(b"kiepe deletion" + found)
    )
