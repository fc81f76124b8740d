"""What several verbs share that make a case of a draft: the lock, the number, the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.documents import actions as documents
from kiepe.base.documents.models import Scan
from kiepe.base.forms import queries as drafts
from kiepe.base.forms.actions import sent_digest
from kiepe.base.forms.models import Draft, DraftFile, OwnPart
from kiepe.base.forms.queries import draft_for
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, completeness, evidence, parties, record
from kiepe.cases.actions.attach import PURPOSE, Fresh, laid, put
from kiepe.cases.actions.explain_lack import put_lack
from kiepe.cases.applying import PAPER
from kiepe.cases.case_type import CaseType
from kiepe.cases.evidence import Need
from kiepe.cases.models import Case, CorrectionDraft, EvidenceFile, EvidenceItem, EvidenceState
from kiepe.cases.parties import PartyData
from kiepe.cases.transitions import State, Verb
from kiepe.cases.wish import Channel


def locked_draft(actor: Actor, draft_id: UUID) -> Draft:
    """The actor's draft under its row lock, given to the account that signed in on the way; else Http404.

    What staff fill in for a person stays the person's. A correction of a case is no application: for it there is
    Http404 too.
    """
    draft_for(actor, draft_id)
    locked = Draft.objects.select_for_update(no_key=True).filter(pk=draft_id).first()
    if locked is None or CorrectionDraft.objects.filter(draft=draft_id).exists():  # or discarded this moment
        raise Http404
    if not actor.is_staff:
        locked.account_id = locked.account_id or actor.account
    return locked


def reader_language() -> str:
    """The language that the case of what is sent now keeps: mails and confirmations follow it."""
    return get_language() or settings.LANGUAGE_CODE


def new_case(
    case_type: CaseType,
    draft: Draft,
    taking_part: Sequence[PartyData],
    *,
    received: date,
    channel: Channel = Channel.ONLINE,
) -> Case:
    """A case with the next number in the unit that is responsible; Refused where the city takes none online."""
    today = clock.today()
    procedure = city().procedures.get(case_type.key)
    if procedure is None:
        raise Refused(
            _("Diesen Antrag nimmt die Stadt online nicht entgegen."),
            _("Ihre Angaben sind gespeichert. Rufen Sie uns bitte an."),
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_number')")
        running = cursor.fetchone()[0]
    number = f"{procedure.number_prefix or case_type.prefix}-{today.year}-{running:06d}"
    name, sort = parties.named(taking_part)
    return Case.objects.create(
        number=number,
        case_type=case_type.key,
        service=case_type.key,
        unit=procedure.unit,
        state=State.RECEIVED,
        draft=draft.pk,
        account_id=draft.account_id,
        applicant=name,
        applicant_sort=sort,
        language=reader_language(),
        received_on=received,
        channel=channel,
        access_code_hash=access.hashed(number, access.code_of(draft.pk)),
        created_at=clock.now(),
    )


def lay_evidence(
    case: Case,
    case_type: CaseType,
    answers: dict[str, object],
    draft: Draft,
    apart: Mapping[str, OwnPart],
    *,
    by_staff: bool = False,
) -> tuple[list[DraftFile], list[EvidenceItem]]:
    """An item per document that is needed, with the files of the draft in their order, or why it is not there.

    `apart` are the own parts of members, whose papers stay theirs. Returns what lay_files returns.
    """
    for position, need in enumerate(evidence.needs(case_type, answers)):
        ask_for(case, need, position)
    return lay_files(case, draft, apart, by_staff=by_staff)


def ask_for(case: Case, need: Need, position: int) -> EvidenceItem:
    """One document more on the list of a case."""
    return EvidenceItem.objects.create(
        case=case,
        key=need.key,
        item_id=need.item_id,
        position=position,
        title=need.title[:300],
        hint=need.whole,
        norm=need.norm,
        changed_at=clock.now(),
    )


def lay_files(
    case: Case, draft: Draft, apart: Mapping[str, OwnPart], *, by_staff: bool = False
) -> tuple[list[DraftFile], list[EvidenceItem]]:
    """Lay the files of a draft to the items of its case, in their order, and keep why others are not there.

    Returns the files that were laid to an item, and the items of which the applicant says that they are not there.
    """
    uploaded, lacks, lacking = _clean(draft), drafts.lacks(draft), []
    _lay_paper(case, [one for one in uploaded if one.evidence_key == PAPER])
    for item in EvidenceItem.objects.filter(case=case).exclude(key=PAPER).order_by("position"):
        own = [one for one in uploaded if (one.evidence_key, one.item) == (item.key, item.item_id)]
        lack = lacks.get((item.key, item.item_id))
        _lay(item, own, by_staff)
        if lack is not None and not lack.problem and not own and not item.settled:
            put_lack(item, lack.why, lack.words)
            lacking.append(item)
    placed = set(EvidenceFile.objects.filter(item__case=case).values_list("stored_file_id", flat=True))
    _lay_rest(case, [one for one in uploaded if one.stored_file_id not in placed], apart, by_staff)
    return uploaded, lacking


def lay_scans(actor: Actor, case: Case, uploads: Sequence[UploadedFile[bytes]]) -> None:
    """The paper that an application came on goes into the file at once; Refused (422) names what cannot be used."""
    if not uploads:
        return
    taken: list[Fresh] = []
    try:
        for upload in uploads:
            taken.append(_scan(upload))  # noqa: PERF401 - those before one that fails must be known
        item = _paper_item(case)
        put(item, taken, by_staff=True)
        completeness.move(item, EvidenceState.ACCEPTED)
        completeness.settle(case)
        content = {
            "evidence": item.pk,
            "title": item.title,
            "count": len(taken),
            "files": {str(one.file.pk): one.file.sha256 for one in taken},
            "laid": laid(item),
        }
        record.append(case, Verb.ATTACHED, actor, content, answered=completeness.answered(case))
    except Exception:  # the rows go with the transaction, the stored bytes by this
        for one in taken:
            documents.remove(one.file)
        raise


def _scan(upload: UploadedFile[bytes]) -> Fresh:
    try:
        documents.fits(upload)
        digest = sent_digest(upload)
        return Fresh(documents.take(upload, purpose=PURPOSE), digest)
    except Refused as no:
        sentence = f"{upload.name}: {no.why} {no.remedy}".strip()
        raise Refused(_("Der Scan kann so nicht übernommen werden."), fields={"scan": sentence}, status=422) from no


def _paper_item(case: Case) -> EvidenceItem:
    """Where the paper lies that an application came on. It is no proof that somebody would have to judge."""
    item, _made = EvidenceItem.objects.get_or_create(
        case=case,
        key=PAPER,
        item_id="",
        defaults={
            "position": 0,
            "title": _("Antrag auf Papier (Scan)"),
            "norm": "§ 16 Abs. 1 SGB I",
            "changed_at": clock.now(),
        },
    )
    return item


def _lay_paper(case: Case, scans: Sequence[DraftFile]) -> None:
    """What was scanned while the questions were gone through."""
    if scans:
        item = _paper_item(case)
        _lay(item, scans, by_staff=True)
        completeness.move(item, EvidenceState.ACCEPTED)


def _lay_rest(case: Case, rest: Sequence[DraftFile], apart: Mapping[str, OwnPart], by_staff: bool) -> None:
    """Uploaded for a question that was answered otherwise later: nothing that was sent is thrown away.

    What a member sent stays the member's.
    """
    whose = [person if (person := one.item.partition(".")[0]) in apart else "" for one in rest]
    for person in sorted(set(whose)):
        other, _made = EvidenceItem.objects.get_or_create(
            case=case,
            key="other",
            item_id=person,
            defaults={
                "position": 999,
                "title": _("Weitere Unterlagen"),
                "norm": "§ 60 Abs. 1 SGB I",
                "changed_at": clock.now(),
            },
        )
        _lay(other, [one for one, held in zip(rest, whose, strict=True) if held == person], by_staff)


def _clean(draft: Draft) -> list[DraftFile]:
    """The draft's files. One in which a virus was found since stays behind, as its page said, and goes."""
    found = drafts.files(draft)
    for one in found:
        if one.stored_file.scan == Scan.FOUND:
            one.delete()
            documents.remove(one.stored_file)
    return [one for one in found if one.stored_file.scan != Scan.FOUND]


def _lay(item: EvidenceItem, uploaded: Sequence[DraftFile], by_staff: bool) -> None:
    for one in uploaded:
        documents.keep_until(one.stored_file, None)
    if uploaded:
        put(item, [Fresh(one.stored_file, one.sent_sha256) for one in uploaded], by_staff=by_staff)
