"""Every write: take in what a person sends, keep what we made, remove, say until when."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from datetime import date
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from kiepe.base.documents import sandbox, vault
from kiepe.base.documents.models import StoredFile

MAX_BYTES = 20_000_000
NAME_LENGTH = 120
PDF = "application/pdf"


def take(upload: UploadedFile[bytes], *, purpose: str) -> StoredFile:
    """Take in a PDF, JPEG, PNG or HEIC file that a person sends; what is kept is always a PDF.

    The content decides, not the name. A picture is turned upright, loses its metadata and becomes one page. A PDF
    stays byte for byte as it is, unless it carries scripts or attachments: then its visible pages are kept
    (`flattened`). Raises Refused (422) with a sentence that helps; nothing is left behind then.
    """
    if not upload.size:
        raise sandbox.refusal("empty")
    if upload.size > MAX_BYTES:
        raise sandbox.refusal("large")
    upload.seek(0)
    taken = sandbox.take(upload.read())
    return _store(
        taken.data,
        name=_pdf_name(upload.name or ""),
        content_type=PDF,
        purpose=purpose,
        pages=taken.pages,
        flattened=taken.flattened,
    )


def keep(data: bytes, *, name: str, content_type: str, purpose: str, pages: int = 0) -> StoredFile:
    """Keep bytes that we made ourselves, such as a notice. They are not converted."""
    return _store(data, name=clean_name(name), content_type=content_type, purpose=purpose, pages=pages)


def remove(file: StoredFile) -> None:
    """Remove a file: the row, and with it the only key, now; the blob when the transaction is through."""
    file_id = file.pk
    with transaction.atomic():
        StoredFile.objects.filter(pk=file_id).delete()
        transaction.on_commit(lambda: vault.drop(file_id), robust=True)  # else the cleaner does it


def keep_until(file: StoredFile, day: date | None) -> None:
    """Set the day on which the file goes (None: it stays until somebody removes it)."""
    file.delete_on = day
    file.save(update_fields=["delete_on"])


def clean_name(raw: str) -> str:
    """A file's name as it may be shown and offered: no folders, no control characters, composed letters, short."""
    name = PurePosixPath(unicodedata.normalize("NFC", raw).replace("\\", "/")).name
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*/')
    name = re.sub(r"\s+", " ", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 5:
        return f"{stem[: NAME_LENGTH - 6].strip()}.{ending}" if stem else ending
    return name[:NAME_LENGTH]


def _pdf_name(raw: str) -> str:
    name = clean_name(raw)
    stem = re.sub(r"(^|\.)(pdf|jpe?g|jfif|png|hei[cf])$", "", name, flags=re.IGNORECASE)
    return f"{stem or _('Unterlage')}.pdf"


def _store(
    data: bytes, *, name: str, content_type: str, purpose: str, pages: int, flattened: bool = False
) -> StoredFile:
    """Blob first, row after: a kill in between leaves a blob without a row, which the cleaner removes."""
    file_id = uuid.uuid4()
    seal = vault.put(file_id, data)
    return StoredFile.objects.create(
        id=file_id,
        name=name,
        content_type=content_type,
        size=len(data),
        pages=pages,
        sha256=hashlib.sha256(data).hexdigest(),
        purpose=purpose,
        flattened=flattened,
        key_id=seal.key_id,
        wrapped_key=seal.wrapped_key,
    )
