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
from kiepe.base.documents.models import Preview, Scan, StoredFile
from kiepe.base.documents.ports import scanner
from kiepe.base.documents.uploads import MAX_BYTES
from kiepe.base.kernel.refusal import Unavailable

NAME_LENGTH = 120
PDF = "application/pdf"


def take(upload: UploadedFile[bytes], *, purpose: str) -> StoredFile:
    """Take in a PDF, JPEG, PNG or HEIC file that a person sends; what is kept is always a PDF.

    The content decides, not the name. A picture is turned upright, loses its metadata, is made as small as it stays
    legible, and becomes one page. A PDF stays byte for byte as it is, unless it carries scripts or attachments (then
    its visible pages are kept: `flattened`), or names the places of its photographs (then these go). Looked at for
    viruses where there is a scanner. Raises Refused (422) with a sentence that helps; nothing is left behind then.
    """
    fits(upload)
    upload.seek(0)
    data = upload.read()
    scan = _scanned(data)
    taken = sandbox.take(data)
    return _store(
        taken.data,
        name=_pdf_name(upload.name or ""),
        content_type=PDF,
        purpose=purpose,
        pages=taken.pages,
        flattened=taken.flattened,
        photo=taken.photo,
        scan=scan,
        preview=taken.preview,
    )


def fits(upload: UploadedFile[bytes]) -> None:
    """Raises Refused (422) for a file that is empty or larger than 30 MB, without reading it."""
    if not upload.size:
        raise sandbox.refusal("empty")
    dropped = getattr(upload, "dropped", "")
    if dropped or upload.size > MAX_BYTES:
        raise sandbox.refusal(dropped or "large")


def _scanned(data: bytes) -> Scan:
    """What a scanner says of these bytes, as they were sent. Raises Refused where it found a virus."""
    if not scanner().present:
        return Scan.NONE
    try:
        found = scanner().scan(data)
    except Unavailable:
        return Scan.PENDING
    if found.virus:
        raise sandbox.refusal("virus")
    return Scan.CLEAN if found.checked else Scan.PENDING


def turn(file: StoredFile, degrees: int) -> None:
    """Turn a file's pages by quarters, clockwise where positive. The stored bytes stay as they are."""
    file.turn = (file.turn + degrees) % 360
    file.save(update_fields=["turn"])


def mark_scan(file: StoredFile, scan: Scan) -> None:
    """Write down what a later look for viruses brought."""
    file.scan = scan
    file.save(update_fields=["scan"])


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
    nameless = _("Unterlage")
    stem = re.sub(r"(^|\.)(pdf|jpe?g|jfif|png|hei[cf])$", "", name, flags=re.IGNORECASE)
    return f"{stem or nameless}.pdf"


def _store(
    data: bytes,
    *,
    name: str,
    content_type: str,
    purpose: str,
    pages: int,
    flattened: bool = False,
    photo: bool = False,
    scan: Scan = Scan.NONE,
    preview: bytes = b"",
) -> StoredFile:
    """Blob first, row after: a kill in between leaves a blob without a row, which the cleaner removes."""
    file_id = uuid.uuid4()
    seal = vault.put(file_id, data)
    with transaction.atomic():
        file = StoredFile.objects.create(
            id=file_id,
            name=name,
            content_type=content_type,
            size=len(data),
            pages=pages,
            sha256=hashlib.sha256(data).hexdigest(),
            purpose=purpose,
            flattened=flattened,
            photo=photo,
            scan=scan,
            key_id=seal.key_id,
            wrapped_key=seal.wrapped_key,
        )
        if preview:
            Preview.objects.create(file=file, data=vault.closed(file_id, seal, preview))
    return file
