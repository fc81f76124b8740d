"""Words and files that somebody sends about a case, made ready to be kept."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from kiepe.base.documents import actions as documents
from kiepe.base.documents.models import StoredFile
from kiepe.base.forms.values import clean
from kiepe.base.kernel.refusal import Refused

LONGEST = 5000  # signs of a message or a report; about two pages
MAX_FILES = 10  # with one message or report


def typed(text: str) -> str:
    """What was typed, line by line in composed letters, without invisible signs and blank ends."""
    return "\n".join(clean(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def not_too_long(text: str, *, why: str, field: str = "text") -> None:
    """Raise Refused (422) for a text above LONGEST."""
    if len(text) > LONGEST:
        sentence = _("Schreiben Sie höchstens %(longest)d Zeichen. Es sind jetzt %(now)d.") % {
            "longest": LONGEST,
            "now": len(text),
        }
        raise Refused(why, sentence, fields={field: sentence}, status=422)


def take_all(uploads: Iterable[UploadedFile[bytes]], *, purpose: str, why: str) -> list[StoredFile]:
    """Take in every file, or none: raises Refused (422) that names each that cannot be used.

    Call it inside the transaction that keeps them: the rows of files that were taken go with a refusal.
    """
    sent = list(uploads)
    if len(sent) > MAX_FILES:
        sentence = _("Schicken Sie höchstens %(max)d Dateien auf einmal. Den Rest können Sie danach schicken.")
        raise Refused(why, fields={"files": sentence % {"max": MAX_FILES}}, status=422)
    taken, refused = [], []
    for upload in sent:
        try:
            taken.append(documents.take(upload, purpose=purpose))
        except Refused as no:
            refused.append(f"{upload.name or ''}: {no.why} {no.remedy}".strip())
    if refused:
        again = _("Wählen Sie bitte alle Dateien noch einmal aus; Ihr Text steht noch da.")
        raise Refused(why, fields={"files": " ".join([*refused, again])}, status=422)
    return taken


def drop(files: Iterable[StoredFile]) -> None:
    """Remove files that nobody keeps after all."""
    for file in files:
        documents.remove(file)
