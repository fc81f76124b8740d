"""One form of bytes for one meaning: what is hashed, signed and compared in the record.

JSON with sorted keys and no spaces, UTF-8. Only what JSON keeps exactly: text, whole numbers, truth, nothing, lists,
objects. A float is refused: money is text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum


def plain(value: object) -> object:
    """`value` as JSON keeps it: dates as ISO text, Decimal and enum as text. Raises TypeError for what has no form."""
    if value is None or isinstance(value, bool | int) or type(value) is str:
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(inner) for inner in value), key=str)
    raise TypeError(f"no canonical form for {type(value).__name__}")


def instant(value: datetime) -> str:
    """A moment in UTC to the microsecond, as PostgreSQL keeps it."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def encode(value: object) -> bytes:
    """The bytes of `value`."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(*parts: bytes) -> bytes:
    """SHA-256 over the parts, one after the other."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part)
    return found.digest()


def fingerprint(value: object) -> str:
    """SHA-256 of the canonical form, as hexadecimal text."""
    return sha256(encode(value)).hex()
