"""Every shared read. Who may see a file is decided by the room that holds it; nobody lists files here."""

from __future__ import annotations

import hashlib
import logging

from django.utils.translation import gettext as _

from kiepe.base.documents import sandbox, vault
from kiepe.base.documents.models import StoredFile
from kiepe.base.kernel.refusal import Unavailable

MAX_WIDTH = 2400
log = logging.getLogger(__name__)


def content(file: StoredFile) -> bytes:
    """The readable bytes. Raises Unavailable where the blob is gone, damaged or of another master key."""
    data = vault.get(file.pk, vault.Seal(file.key_id, bytes(file.wrapped_key)))
    if hashlib.sha256(data).hexdigest() != file.sha256:
        log.error("file %s: the row and the blob do not belong together", file.pk)
        raise Unavailable(_("Die Ablage für Dateien"))
    return data


def page_image(file: StoredFile, number: int, width: int) -> bytes:
    """Page `number` (from 1) of a stored PDF as PNG, `width` pixels wide (100 to 2400).

    Nothing of it is kept on disk. Raises Refused where there is no such page.
    """
    return sandbox.page_image(content(file), number, max(100, min(width, MAX_WIDTH)))
