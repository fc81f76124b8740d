"""Hand in files to a document that is asked for. What can be taken is taken; what cannot is named, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.documents import actions as documents
from kiepe.base.documents.models import StoredFile
from kiepe.base.forms.actions import MAX_OF_DOCUMENT, sent_digest
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, Role
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import completeness, record
from kiepe.cases.actions.opening import only_own, opened
from kiepe.cases.members import as_member
from kiepe.cases.models import Case, EvidenceFile, EvidenceItem, EvidenceState, Party
from kiepe.cases.queries import visible
from kiepe.cases.transitions import UNDECIDED, Verb

MAX_FILES = 400  # a case; a person never meets it, a script does
PURPOSE = "evidence"


@dataclass(frozen=True, slots=True)
class Attached:
    """What came of an upload: the files that the item holds of it now, those that it had already among them.

    `refused` names each file that could not be taken, with the sentence that helps.
    """

    case: Case
    files: tuple[StoredFile, ...]
    refused: tuple[tuple[str, Refused], ...]


def attach(
    actor: Actor,
    case_id: int,
    evidence_id: int,
    uploads: Iterable[UploadedFile[bytes]],
    *,
    member: Party | None = None,
) -> Attached:
    """Store the files and settle the item; the case becomes ready where nothing else is missing.

    The same file sent again (a double click, a line that broke before the answer) is there already and is not laid to
    the item twice, unless the item was sent back. `member` hands in to documents of their own only (else Http404), and
    nobody else but staff to those. Raises Refused where not one file could be taken, or where it is too late (decided,
    withdrawn).
    """
    _may_attach(actor, case_id, evidence_id, member)
    with _blobs_go_with_the_rows() as taken:
        refused, known = _take(evidence_id, uploads, taken)
        if known and not taken and not refused:
            return _sent_before(case_id, evidence_id, known)
        if not taken:
            raise _none_taken(refused)
        with opened(actor, case_id, Verb.ATTACHED, member=member) as case:
            item = completeness.item_of(case, evidence_id)
            only_own(actor, case, item, member)
            fresh, held = _not_held(item, taken)
            known += held
            if not fresh:
                return Attached(case, tuple(known), tuple(refused))
            _room(case, item, len(fresh))
            put(item, fresh, by_staff=actor.is_staff)
            completeness.settle(case)
            files = [one.file for one in fresh]
            content = {
                "evidence": item.pk,
                "title": item.title,
                "count": len(files),
                "files": {str(file.pk): file.sha256 for file in files},
                "laid": laid(item),
            }
            record.append(case, Verb.ATTACHED, actor, content, answered=completeness.answered(case), member=member)
    return Attached(case, (*known, *files), tuple(refused))


@dataclass(frozen=True, slots=True)
class Fresh:
    """A file to lay to an item; `sent_sha256` of the bytes as they were sent."""

    file: StoredFile
    sent_sha256: str


def _not_held(item: EvidenceItem, taken: Iterable[Fresh]) -> tuple[list[Fresh], list[StoredFile]]:
    """What the item does not hold yet, asked under the lock, and the files that it holds.

    Copies that a second click brought meanwhile go.
    """
    there, fresh, held = _files_by_digest(item.pk), [], []
    for one in taken:
        if one.sent_sha256 in there:
            held.append(there[one.sent_sha256])
            documents.remove(one.file)
        else:
            fresh.append(one)
    return fresh, held


def _files_by_digest(evidence_id: int) -> dict[str, StoredFile]:
    """What lies at an item, by the digest of what was sent."""
    rows = EvidenceFile.objects.filter(item=evidence_id).exclude(sent_sha256="").select_related("stored_file")
    return {row.sent_sha256: row.stored_file for row in rows}


def put(item: EvidenceItem, fresh: Iterable[Fresh], *, by_staff: bool) -> None:
    """Lay files to an item, after those that are there; it is settled by that."""
    now, first = clock.now(), _next_position(item)
    EvidenceFile.objects.bulk_create(
        EvidenceFile(
            item=item,
            stored_file=one.file,
            added_at=now,
            by_staff=by_staff,
            position=first + place,
            sent_sha256=one.sent_sha256,
        )
        for place, one in enumerate(fresh)
    )
    item.lack = item.lack_words = ""
    completeness.move(item, EvidenceState.RECEIVED)


def laid(item: EvidenceItem) -> dict[str, list[int]]:
    """Where each file of an item lies and how it is turned, as its event says it: item, place, degrees."""
    rows = EvidenceFile.objects.filter(item=item).select_related("stored_file")
    return {str(row.stored_file_id): [item.pk, row.position, row.stored_file.turn] for row in rows}


def _next_position(item: EvidenceItem) -> int:
    last = EvidenceFile.objects.filter(item=item).aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


@contextmanager
def _blobs_go_with_the_rows() -> Iterator[list[Fresh]]:
    """One transaction; where it is rolled back, the rows of the files are gone, and their blobs go too.

    The case is locked only after the files are converted.
    """
    taken: list[Fresh] = []
    try:
        with transaction.atomic():
            yield taken
    except Exception:
        for one in taken:
            documents.remove(one.file)
        raise


def _sent_before(case_id: int, evidence_id: int, known: list[StoredFile]) -> Attached:
    """Every file is there already: a double click, or what was sent back is sent once more."""
    case = Case.objects.get(pk=case_id)  # _may_attach looked whose it is
    if not completeness.item_of(case, evidence_id).settled:
        raise Refused(
            _("Genau diese Datei haben Sie schon geschickt."),
            _("Sie genügt leider nicht. Bitte schicken Sie ein neues Foto oder eine andere Datei."),
            status=422,
        )
    return Attached(case, tuple(known), ())


def _room(case: Case, item: EvidenceItem, more: int) -> None:
    if EvidenceFile.objects.filter(item=item).count() + more > MAX_OF_DOCUMENT:
        raise Refused(
            _("Zu diesem Dokument nehmen wir höchstens %(max)d Dateien an.") % {"max": MAX_OF_DOCUMENT},
            _("Machen Sie aus mehreren Seiten eine PDF-Datei. Oder rufen Sie uns an."),
            status=422,
        )
    if EvidenceFile.objects.filter(item__case=case).count() + more > MAX_FILES:
        raise Refused(_("Zu diesem Vorgang liegen schon sehr viele Dateien."), _("Rufen Sie uns bitte an."))


def _may_attach(actor: Actor, case_id: int, evidence_id: int, member: Party | None) -> None:
    """Look before minutes of converting; the lock decides later."""
    if actor.is_staff and not actor.has(Role.CASEWORKER, Role.LEAD):
        raise Http404
    mine = visible(actor) if member is None else as_member(actor, member)
    case = mine.filter(pk=case_id).first()
    if case is None:
        raise Http404
    if case.state not in UNDECIDED:
        with opened(actor, case_id, Verb.ATTACHED, member=member):
            pass
    only_own(actor, case, completeness.item_of(case, evidence_id), member)


def _take(
    evidence_id: int, uploads: Iterable[UploadedFile[bytes]], taken: list[Fresh]
) -> tuple[list[tuple[str, Refused]], list[StoredFile]]:
    """Add to `taken` what can be taken; what cannot, with why; and the files that were there already."""
    refused, known, there = [], list[StoredFile](), _files_by_digest(evidence_id)
    for upload in uploads:
        try:
            documents.fits(upload)
            digest = sent_digest(upload)
            if digest in there:
                if there[digest] not in known and all(there[digest] is not one.file for one in taken):
                    known.append(there[digest])
                continue
            with transaction.atomic():
                taken.append(Fresh(documents.take(upload, purpose=PURPOSE), digest))
            there[digest] = taken[-1].file
        except Refused as why:
            refused.append((upload.name or "", why))
    return refused, known


def _none_taken(refused: list[tuple[str, Refused]]) -> Refused:
    if len(refused) == 1:
        return refused[0][1]
    if refused:
        sentences = {name: f"{why.why} {why.remedy}".strip() for name, why in refused}
        return Refused(_("Keine der Dateien konnte angenommen werden."), fields=sentences, status=422)
    sentence = _("Wählen Sie mindestens eine Datei aus oder machen Sie ein Foto.")
    return Refused(_("Es wurde keine Datei ausgewählt."), sentence, fields={"files": sentence}, status=422)
