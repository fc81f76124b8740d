"""Signed statements over the heads of all cases: they show what a chain per case alone cannot, a whole case removed.

A checkpoint lists the heads that changed since the one before, says how many cases there are, and carries the hash of
the one before: folded together, they give the head of every case. It is written to the database and to a file outside
of it, which a city ships elsewhere (settings.CHECKPOINTS, KIEPE_CHECKPOINTS).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from kiepe.base.kernel import clock, keys
from kiepe.cases import canonical
from kiepe.cases.models import Case, Checkpoint, CheckpointHead

START = "0" * 64
LOCK = 0x6B69657065_02  # one checkpoint at a time ("kiepe", 2)
CHANGED = """
    SELECT c.id, c.head_seq, c.head_hash FROM cases_case c
    LEFT JOIN (
        SELECT DISTINCT ON (case_id) case_id, hash FROM cases_checkpointhead ORDER BY case_id, checkpoint_id DESC
    ) h ON h.case_id = c.id
    WHERE h.case_id IS NULL OR h.hash <> c.head_hash ORDER BY c.id
"""
Head = tuple[int, int, str]  # case, seq, hash as hexadecimal text


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint as it stands in the file outside: the signed text, its signature, the heads that it lists."""

    body: str
    signature: bytes
    heads: tuple[Head, ...]


def folder() -> Path:
    """Where the copies lie that do not depend on the database."""
    return Path(settings.CHECKPOINTS)


def take() -> Checkpoint:
    """Sign the heads of this moment; one consistent picture, also while cases change (REPEATABLE READ).

    The file is written after the transaction: every line in it must be in the database. What a kill in between left
    out is added by the next one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # before the transaction: its snapshot comes after
    try:
        checkpoint = _sign()
        _copy_missing()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return checkpoint


def _sign() -> Checkpoint:
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute(CHANGED)
            heads: list[Head] = [(row[0], row[1], bytes(row[2]).hex()) for row in cursor.fetchall()]
        last = Checkpoint.objects.order_by("-number").first()
        body = _body(last, heads, Case.objects.count())
        signature = keys.signing_key(settings.KEYS).sign(body.encode())
        said = json.loads(body)
        checkpoint = Checkpoint.objects.create(
            number=said["number"], at=clock.now(), cases=said["cases"], body=body, signature=signature
        )
        CheckpointHead.objects.bulk_create(
            [
                CheckpointHead(checkpoint=checkpoint, case_id=case, seq=seq, hash=bytes.fromhex(found))
                for case, seq, found in heads
            ],
            batch_size=5000,
        )
    return checkpoint


def heads_hash(heads: Sequence[Head]) -> str:
    """SHA-256 over the listed heads in the order of their cases."""
    return canonical.fingerprint([list(head) for head in sorted(heads)])


def body_hash(body: str) -> str:
    """What the next checkpoint says of this one."""
    return canonical.sha256(body.encode()).hex()


def _body(last: Checkpoint | None, heads: Sequence[Head], cases: int) -> str:
    return canonical.encode(
        {
            "kind": "kiepe checkpoint 1",
            "number": last.number + 1 if last is not None else 1,
            "at": clock.now(),
            "cases": cases,
            "changed": len(heads),
            "heads": heads_hash(heads),
            "previous": body_hash(last.body) if last is not None else START,
        }
    ).decode()


def kept(checkpoint: Checkpoint) -> Kept:
    """A checkpoint of the database in the form of the file."""
    rows = checkpoint.heads.order_by("case_id").values_list("case_id", "seq", "hash")
    return Kept(
        checkpoint.body, bytes(checkpoint.signature), tuple((row[0], row[1], bytes(row[2]).hex()) for row in rows)
    )


def _copy_missing() -> None:
    copied = max((number(copy) for copy in copies()), default=0)
    for checkpoint in Checkpoint.objects.filter(number__gt=copied).order_by("number"):
        _copy(kept(checkpoint))


def number(copy: Kept) -> int:
    """The number that a checkpoint gives itself; 0 where it cannot be read."""
    try:
        return int(json.loads(copy.body)["number"])
    except (ValueError, KeyError, TypeError):
        return 0


def _copy(kept: Kept) -> None:
    """Append one line to the file of the year, and see it on the disk."""
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = json.dumps(
        {"body": kept.body, "signature": kept.signature.hex(), "heads": [list(head) for head in kept.heads]}
    )
    handle = os.open(place / f"{clock.today().year}.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def copies() -> Iterator[Kept]:
    """The checkpoints in the files outside, oldest first. A line that cannot be read is a checkpoint without body."""
    for path in sorted(folder().glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            yield _read(line)


def _read(line: bytes) -> Kept:
    try:
        said = json.loads(line)
        heads = tuple((int(case), int(seq), str(found)) for case, seq, found in said["heads"])
        return Kept(str(said["body"]), bytes.fromhex(said["signature"]), heads)
    except (ValueError, KeyError, TypeError):
        return Kept("", b"", ())
