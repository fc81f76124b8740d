"""The encrypted folder: AES-256-GCM, a key of its own for every file, wrapped by the master key.

Layout of a blob: `KPE1`, 12 bytes nonce, ciphertext with its 16 byte tag; the file's id is associated data, so a blob
laid under another id does not open. Layout of a wrapped key: 12 bytes nonce, ciphertext with tag, same association.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from kiepe.base.kernel import keys
from kiepe.base.kernel.refusal import Unavailable

MAGIC = b"KPE1"
NONCE = 12
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seal:
    """What the row must keep so that its blob can be read."""

    key_id: str
    wrapped_key: bytes


def folder() -> Path:
    """Where the blobs lie."""
    return Path(settings.VAR) / "files"


def path(file_id: UUID) -> Path:
    """The blob of a file; 256 folders keep each of them short."""
    return folder() / file_id.hex[:2] / str(file_id)


def key_id(master: bytes) -> str:
    """Names a master key without giving it away, so that a wrong one is told from a damaged blob."""
    return hashlib.sha256(b"kiepe master key" + master).hexdigest()[:16]


def put(file_id: UUID, data: bytes) -> Seal:
    """Encrypt and write; when this returns, the blob is on the disk under its final name.

    Raises Unavailable where it cannot be written. A kill before the row is written leaves an orphan at most.
    """
    master = keys.master_key(settings.KEYS)
    own, nonce, wrapping = secrets.token_bytes(32), secrets.token_bytes(NONCE), secrets.token_bytes(NONCE)
    blob = MAGIC + nonce + AESGCM(own).encrypt(nonce, data, _bound(file_id, b"file"))
    try:
        _write(path(file_id), blob)
    except OSError:
        log.exception("file %s cannot be written", file_id)
        raise Unavailable(_("Die Ablage für Dateien")) from None
    return Seal(key_id(master), wrapping + AESGCM(master).encrypt(wrapping, own, _bound(file_id, b"key")))


def get(file_id: UUID, seal: Seal) -> bytes:
    """The readable bytes. Raises Unavailable where the blob is missing or changed, or the master key is another."""
    own = _own_key(file_id, seal)
    try:
        blob = path(file_id).read_bytes()
        magic, nonce, body = blob[: len(MAGIC)], blob[len(MAGIC) : len(MAGIC) + NONCE], blob[len(MAGIC) + NONCE :]
        return AESGCM(own).decrypt(nonce, body, _bound(file_id, b"file", magic))
    except (InvalidTag, OSError, ValueError) as trouble:
        log.error("file %s cannot be read: %s", file_id, type(trouble).__name__)  # noqa: TRY400 - no trace needed
        raise Unavailable(_("Die Ablage für Dateien")) from None


def closed(file_id: UUID, seal: Seal, data: bytes) -> bytes:
    """A little something about the file (its preview), encrypted with the file's own key, for a row."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_own_key(file_id, seal)).encrypt(nonce, data, _bound(file_id, b"preview"))


def opened(file_id: UUID, seal: Seal, data: bytes) -> bytes:
    """What `closed` made, readable again. Raises Unavailable where it was changed."""
    try:
        return AESGCM(_own_key(file_id, seal)).decrypt(data[:NONCE], data[NONCE:], _bound(file_id, b"preview"))
    except (InvalidTag, ValueError):
        log.error("preview of file %s cannot be read", file_id)  # noqa: TRY400 - no trace needed
        raise Unavailable(_("Die Ablage für Dateien")) from None


def _own_key(file_id: UUID, seal: Seal) -> bytes:
    master = keys.master_key(settings.KEYS)
    if seal.key_id != key_id(master):
        log.error("file %s: wrapped by master key %s, here is %s", file_id, seal.key_id, key_id(master))
        raise Unavailable(_("Die Ablage für Dateien"))
    try:
        return AESGCM(master).decrypt(seal.wrapped_key[:NONCE], seal.wrapped_key[NONCE:], _bound(file_id, b"key"))
    except (InvalidTag, ValueError):
        log.error("the key of file %s cannot be unwrapped", file_id)  # noqa: TRY400 - no trace needed
        raise Unavailable(_("Die Ablage für Dateien")) from None


def drop(file_id: UUID) -> None:
    """Remove the blob; no trouble where it is gone already."""
    path(file_id).unlink(missing_ok=True)


def _bound(file_id: UUID, what: bytes, magic: bytes = MAGIC) -> bytes:
    """The associated data: layout, kind and id. Not secret, but a blob opens only where all three are right."""
    return magic + b":" + what + b":" + file_id.bytes


def _write(target: Path, blob: bytes) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    staged = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(blob)
            file.flush()
            os.fsync(file.fileno())
        staged.rename(target)
    except OSError:
        staged.unlink(missing_ok=True)
        raise
    for made in (target.parent, target.parent.parent):  # the new names, too, must outlive a power cut
        _sync_folder(made)


def _sync_folder(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
