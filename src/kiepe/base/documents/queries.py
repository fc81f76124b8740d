"""Every shared read. Who may see a file is decided by the room that holds it; nobody lists files here."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence

from django.utils.translation import gettext as _

from kiepe.base.documents import sandbox, vault
from kiepe.base.documents.models import Preview, Scan, StoredFile
from kiepe.base.kernel.refusal import Refused, Unavailable

MAX_WIDTH = 2400
MAX_TOGETHER = 150_000_000  # bytes of one PDF made of many
log = logging.getLogger(__name__)


def content(file: StoredFile) -> bytes:
    """The readable bytes, unturned. Raises Unavailable where the blob is gone, damaged or of another master key.

    Raises Refused for a file in which a virus was found after it was taken: nobody gets it.
    """
    _free(file)
    data = vault.get(file.pk, _seal(file))
    if hashlib.sha256(data).hexdigest() != file.sha256:
        log.error("file %s: the row and the blob do not belong together", file.pk)
        raise Unavailable(_("Die Ablage für Dateien"))
    return data


def as_shown(file: StoredFile) -> bytes:
    """The readable bytes with their pages turned as they are to be shown."""
    return sandbox.joined([(content(file), file.turn)]) if file.turn else content(file)


def together(files: Sequence[StoredFile]) -> bytes:
    """Several PDFs as one, in this order, turned as they are to be shown. Raises Refused (422) for too much at once."""
    if sum(file.size for file in files) > MAX_TOGETHER:
        raise Refused(
            _("Das sind zusammen zu viele Daten für eine einzige PDF-Datei."),
            _("Öffnen Sie die Dateien einzeln."),
            status=422,
        )
    return sandbox.joined([(content(file), file.turn) for file in files])


def page_image(file: StoredFile, number: int, width: int) -> bytes:
    """Page `number` (from 1) of a stored PDF as PNG, turned as it is to be shown, `width` pixels wide (100 to 2400).

    Nothing of it is kept on disk. Raises Refused where there is no such page.
    """
    return sandbox.page_image(content(file), number, max(100, min(width, MAX_WIDTH)), file.turn)


def preview(file: StoredFile) -> bytes | None:
    """The first page as a small JPEG, unturned; None for files that we made ourselves."""
    _free(file)
    kept = Preview.objects.filter(file=file).first()
    return None if kept is None else vault.opened(file.pk, _seal(file), bytes(kept.data))


def pending(limit: int) -> list[StoredFile]:
    """Files that wait to be looked at for viruses, oldest first."""
    return list(StoredFile.objects.filter(scan=Scan.PENDING).order_by("created_at")[:limit])


def _seal(file: StoredFile) -> vault.Seal:
    return vault.Seal(file.key_id, bytes(file.wrapped_key))


def _free(file: StoredFile) -> None:
    if file.scan == Scan.FOUND:
        raise Refused(
            _("In dieser Datei wurde ein Virus gefunden. Sie ist gesperrt."),
            _("Sie kann nicht geöffnet werden. Das Dokument muss noch einmal geschickt werden."),
        )
