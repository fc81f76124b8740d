"""Hand in files to a document that is asked for. What can be taken is taken; what cannot is named, file by file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.documents import actions as documents
from kiepe.base.documents.models import StoredFile
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, Role
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import completeness, record
from kiepe.cases.actions.opening import opened
from kiepe.cases.models import Case, EvidenceFile, EvidenceItem, EvidenceState
from kiepe.cases.queries import visible
from kiepe.cases.transitions import UNDECIDED, Verb

MAX_FILES = 200  # a case; a person never meets it, a script does
PURPOSE = "evidence"


@dataclass(frozen=True, slots=True)
class Attached:
    """What came of an upload. `refused` names each file that could not be taken, with the sentence that helps."""

    case: Case
    files: tuple[StoredFile, ...]
    refused: tuple[tuple[str, Refused], ...]


def attach(actor: Actor, case_id: int, evidence_id: int, uploads: Iterable[UploadedFile[bytes]]) -> Attached:
    """Store the files and settle the item; the case becomes ready where nothing else is missing.

    The same file sent again (a double click, a line that broke before the answer) is there already and is not laid to
    the item twice, unless the item was sent back. Raises Refused where not one file could be taken, or where it is too
    late (decided, withdrawn).
    """
    _may_attach(actor, case_id)
    with transaction.atomic():  # the files' rows go with it; the case is locked only when they are converted
        taken, refused = _take(uploads)
        if not taken:
            raise _none_taken(refused)
        with opened(actor, case_id, Verb.ATTACHED) as case:
            item = completeness.item_of(case, evidence_id)
            taken, known = _new(item, taken)
            if not taken:
                return Attached(case, known, tuple(refused))
            if EvidenceFile.objects.filter(item__case=case).count() + len(taken) > MAX_FILES:
                raise Refused(_("Zu diesem Vorgang liegen schon sehr viele Dateien."), _("Rufen Sie uns bitte an."))
            put(item, taken, by_staff=actor.is_staff)
            completeness.settle(case)
            content = {
                "evidence": item.pk,
                "title": item.title,
                "count": len(taken),
                "files": {str(file.pk): file.sha256 for file in taken},
            }
            record.append(case, Verb.ATTACHED, actor, content)
    return Attached(case, (*taken, *known), tuple(refused))


def _new(item: EvidenceItem, taken: list[StoredFile]) -> tuple[list[StoredFile], tuple[StoredFile, ...]]:
    """What the item does not hold yet, and what it holds already; the second copies go."""
    if not item.settled:
        return taken, ()
    held = {file.stored_file.sha256: file.stored_file for file in item.files.select_related("stored_file")}
    fresh = [file for file in taken if file.sha256 not in held]
    again = [file for file in taken if file.sha256 in held]
    for file in again:
        documents.remove(file)
    return fresh, tuple(held[file.sha256] for file in again)


def put(item: EvidenceItem, files: Iterable[StoredFile], *, by_staff: bool) -> None:
    """Lay files to an item, which is settled by that."""
    now = clock.now()
    EvidenceFile.objects.bulk_create(
        EvidenceFile(item=item, stored_file=file, added_at=now, by_staff=by_staff) for file in files
    )
    completeness.move(item, EvidenceState.RECEIVED)


def _may_attach(actor: Actor, case_id: int) -> None:
    """Look before minutes of converting; the lock decides later."""
    if actor.is_staff and not actor.has(Role.CASEWORKER, Role.LEAD):
        raise Http404
    state = visible(actor).filter(pk=case_id).values_list("state", flat=True).first()
    if state is None:
        raise Http404
    if state not in UNDECIDED:
        with opened(actor, case_id, Verb.ATTACHED):
            pass


def _take(uploads: Iterable[UploadedFile[bytes]]) -> tuple[list[StoredFile], list[tuple[str, Refused]]]:
    taken, refused = [], []
    for upload in uploads:
        try:
            with transaction.atomic():
                taken.append(documents.take(upload, purpose=PURPOSE))
        except Refused as why:
            refused.append((upload.name or "", why))
    return taken, refused


def _none_taken(refused: list[tuple[str, Refused]]) -> Refused:
    if len(refused) == 1:
        return refused[0][1]
    if refused:
        sentences = {name: f"{why.why} {why.remedy}".strip() for name, why in refused}
        return Refused(_("Keine der Dateien konnte angenommen werden."), fields=sentences, status=422)
    sentence = _("Wählen Sie mindestens eine Datei aus oder machen Sie ein Foto.")
    return Refused(_("Es wurde keine Datei ausgewählt."), sentence, fields={"files": sentence}, status=422)
