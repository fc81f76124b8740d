"""What several verbs share that make a case of a draft: the lock, the number, the documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.documents import actions as documents
from kiepe.base.forms.models import Draft, DraftFile
from kiepe.base.forms.queries import draft_for
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, evidence, parties
from kiepe.cases.actions.attach import put
from kiepe.cases.case_type import CaseType
from kiepe.cases.models import Case, EvidenceFile, EvidenceItem
from kiepe.cases.parties import PartyData
from kiepe.cases.transitions import State


def locked_draft(actor: Actor, draft_id: UUID) -> Draft:
    """The actor's draft under its row lock, given to the account that signed in on the way; else Http404."""
    draft_for(actor, draft_id)
    locked = Draft.objects.select_for_update(no_key=True).filter(pk=draft_id).first()
    if locked is None:  # discarded in another tab this moment
        raise Http404
    locked.account_id = locked.account_id or actor.account
    return locked


def new_case(case_type: CaseType, draft: Draft, taking_part: Sequence[PartyData], *, received: date) -> Case:
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
        received_on=received,
        access_code_hash=access.hashed(number, access.code_of(draft.pk)),
        created_at=clock.now(),
    )


def lay_evidence(case: Case, case_type: CaseType, answers: dict[str, object], draft: Draft) -> dict[str, str]:
    """An item per document that is needed, with the files of the draft; returns the files' hashes by id."""
    uploaded = list(DraftFile.objects.filter(draft=draft).select_related("stored_file").order_by("pk"))
    for position, need in enumerate(evidence.needs(case_type, answers)):
        item = EvidenceItem.objects.create(
            case=case,
            key=need.key,
            item_id=need.item_id,
            position=position,
            title=need.title[:300],
            hint=need.explained,
            norm=need.norm,
            changed_at=clock.now(),
        )
        _lay(item, [one for one in uploaded if (one.evidence_key, one.item) == (need.key, need.item_id)])
    placed = set(EvidenceFile.objects.filter(item__case=case).values_list("stored_file_id", flat=True))
    rest = [one for one in uploaded if one.stored_file_id not in placed]
    if rest:  # uploaded for a question that was answered otherwise later: nothing that was sent is thrown away
        other = EvidenceItem.objects.create(
            case=case,
            key="other",
            position=999,
            title=_("Weitere Unterlagen"),
            norm="§ 60 Abs. 1 SGB I",
            changed_at=clock.now(),
        )
        _lay(other, rest)
    return {str(one.stored_file_id): one.stored_file.sha256 for one in uploaded}


def _lay(item: EvidenceItem, uploaded: Sequence[DraftFile]) -> None:
    for one in uploaded:
        documents.keep_until(one.stored_file, None)
    if uploaded:
        put(item, [one.stored_file for one in uploaded], by_staff=False)
