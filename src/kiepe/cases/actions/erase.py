"""Lawful deletion: what was said goes, that it happened stays. Entered on the signed list, so verifying can tell it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from kiepe.base.documents import actions as documents
from kiepe.base.documents.models import StoredFile
from kiepe.base.forms import actions as drafts
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import SYSTEM, Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import deletions, record
from kiepe.cases.actions.opening import opened
from kiepe.cases.models import (
    Answers,
    Case,
    ChangeFile,
    ChangeReport,
    CorrectedValue,
    CorrectionDraft,
    Decision,
    DeletionEntry,
    Delivery,
    EventContent,
    EvidenceFile,
    EvidenceItem,
    EvidenceRequest,
    Message,
    MessageFile,
    NoticeDocument,
    Party,
    PartyAccess,
    PortalConsent,
)
from kiepe.cases.transitions import Verb


def erase(case_id: int, *, norm: str, actor: Actor = SYSTEM) -> DeletionEntry:
    """Remove everything a closed case says, by the rule named in `norm` (e.g. '§ 84 Abs. 2 SGB X, …').

    Contents of events, answers, parties, messages, changes, documents, decision and notice go, with their files; the
    case's skeleton and its chain of events stay. Raises Refused for a case that is open or erased already.
    """
    with opened(actor, case_id, Verb.ERASED) as case:
        if case.erased_at is not None:
            raise Refused(_("Die Inhalte dieses Vorgangs sind schon gelöscht."))
        entry = deletions.enter(case, norm=norm, actor=actor)
        files = _files(case)
        _remove_rows(case)
        case.applicant = case.applicant_sort = case.access_code_hash = ""
        case.language = settings.LANGUAGE_CODE
        case.account = case.claimed_by = case.receipt = None
        case.unread = case.open_changes = 0
        case.erased_at = clock.now()
        record.append(case, Verb.ERASED, actor, {"norm": norm, "deletion": entry.number})
        for file in StoredFile.objects.filter(pk__in=[file for file in files if file is not None]):
            documents.remove(file)
    return entry


def _files(case: Case) -> list[UUID | None]:
    found: list[UUID | None] = list(
        EvidenceFile.objects.filter(item__case=case).values_list("stored_file_id", flat=True)
    )
    found += NoticeDocument.objects.filter(decision__case=case, pdf__isnull=False).values_list("pdf_id", flat=True)
    found += MessageFile.objects.filter(message__case=case).values_list("stored_file_id", flat=True)
    found += ChangeFile.objects.filter(change__case=case).values_list("stored_file_id", flat=True)
    found += Delivery.objects.filter(case=case, sealed__isnull=False).values_list("sealed_id", flat=True)
    return [*found, case.receipt_id]


def _remove_rows(case: Case) -> None:
    """Children before parents; the trigger lets the guarded tables pass because the deletion is entered."""
    EventContent.objects.filter(event__case=case).delete()
    Delivery.objects.filter(case=case).delete()
    PortalConsent.objects.filter(case=case).delete()
    NoticeDocument.objects.filter(decision__case=case).delete()
    Decision.objects.filter(case=case).delete()
    CorrectedValue.objects.filter(case=case).delete()
    MessageFile.objects.filter(message__case=case).delete()
    Message.objects.filter(case=case).delete()
    ChangeFile.objects.filter(change__case=case).delete()
    ChangeReport.objects.filter(case=case).delete()
    for begun in CorrectionDraft.objects.select_related("draft").filter(case=case):
        drafts.erase(begun.draft)
    EvidenceFile.objects.filter(item__case=case).delete()
    EvidenceRequest.objects.filter(case=case).delete()
    EvidenceItem.objects.filter(case=case).delete()
    PartyAccess.objects.filter(case=case).delete()
    Party.objects.filter(case=case).delete()
    Answers.objects.filter(case=case).delete()
