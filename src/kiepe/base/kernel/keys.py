"""Keys: made at the first start, kept in a folder outside `var/` and outside backups (KIEPE_KEYS), mode 0600.

Losing the master key means losing every stored file; the how-to on backups says so.
"""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def _kept(folder: Path, name: str, make: bytes) -> bytes:
    """The bytes of a key file; written with `make` where it is missing, safe against two processes at once."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        staged = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(make)
        try:
            os.link(staged, path)  # fails where another process was first: then theirs is the key
        except FileExistsError:
            pass
        finally:
            staged.unlink()
    return path.read_bytes()


def secret(folder: Path, name: str) -> str:
    """A random text of 50 and more characters, for Django's SECRET_KEY."""
    return _kept(folder, name, secrets.token_urlsafe(48).encode()).decode()


@cache
def master_key(folder: Path) -> bytes:
    """32 bytes that wrap the key of every stored file (AES-256-GCM)."""
    return _kept(folder, "master.key", secrets.token_bytes(32))


@cache
def signing_key(folder: Path) -> Ed25519PrivateKey:
    """Signs the checkpoints over the record and the list of lawful deletions."""
    fresh = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return Ed25519PrivateKey.from_private_bytes(_kept(folder, "signing.key", fresh))
