"""A draft becomes a case: once, whatever is clicked twice or killed in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.http import Http404
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from kiepe.base.catalogue.entries import Procedure
from kiepe.base.catalogue.pack import city
from kiepe.base.documents import actions as documents
from kiepe.base.documents.models import Scan
from kiepe.base.forms import queries as drafts
from kiepe.base.forms.models import Draft, DraftFile
from kiepe.base.forms.queries import draft_for
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, canonical, completeness, evidence, jobs, mail, parties, record, types
from kiepe.cases.actions.attach import Fresh, laid, put
from kiepe.cases.actions.explain_lack import lack_said, put_lack
from kiepe.cases.case_type import CaseType
from kiepe.cases.models import Answers, Case, EvidenceFile, EvidenceItem
from kiepe.cases.transitions import State, Verb


@dataclass(frozen=True, slots=True)
class Submitted:
    """The case and its access code in clear, for the one page that shows it."""

    case: Case
    code: str


def submit(actor: Actor, draft: Draft) -> Submitted:
    """Make the case: answers, parties, documents, number, day of receipt; mail and receipt follow as jobs.

    Idempotent per draft: the second call returns the same case and code. Raises Http404 for a draft of somebody
    else, Refused (422) while answers are open without which nobody could work on it.
    """
    draft_for(actor, draft.pk)
    with transaction.atomic():
        locked = Draft.objects.select_for_update(no_key=True).filter(pk=draft.pk).first()
        if locked is None:  # discarded in another tab this moment
            raise Http404
        made = Case.objects.filter(draft=locked.pk).first()
        if made is None:
            locked.account_id = locked.account_id or actor.account  # signed in on the way
            made = _make(actor, locked)
            _finish(locked)
    return Submitted(made, access.shown(access.code(locked.pk)))


def _make(actor: Actor, draft: Draft) -> Case:
    case_type = types.case_type(draft.form)
    answers, procedure = _whole(case_type, draft), _procedure(case_type)
    language = get_language() or settings.LANGUAGE_CODE
    with override(settings.LANGUAGE_CODE):  # what a case keeps is German; evidence.retold says it in other languages
        return _kept(actor, draft, case_type, answers, procedure, language)


def _kept(
    actor: Actor, draft: Draft, case_type: CaseType, answers: dict[str, object], procedure: Procedure, language: str
) -> Case:
    taking_part = list(case_type.parties(answers))
    case = _new_case(case_type, draft, taking_part, procedure, language)
    kept = Answers.objects.create(
        case=case, form=draft.form, form_version=draft.form_version, json=canonical.plain(answers)
    )
    parties.keep(case, taking_part)
    files, lacks = _evidence(case, case_type, answers, draft)
    completeness.settle(case)
    case.state = State.READY if case.complete else State.RECEIVED
    content = {
        "number": case.number,
        "received_on": case.received_on,
        "parties_digest": parties.fingerprint(case.parties.order_by("position")),
        "answers_digest": canonical.fingerprint(kept.json),
        "form_version": kept.form_version,
        "files": {str(one.stored_file_id): one.stored_file.sha256 for one in files},
        "laid": {key: place for item in case.evidence.all() for key, place in laid(item).items()},
        "lacks": {key: said for item in lacks for key, said in lack_said(item).items()},
        "missing": case.docs_needed - case.docs_settled,
    }
    record.append(case, Verb.SUBMITTED, actor, content)
    mail.received(case)
    jobs.make_receipt(case.pk)
    return case


def _whole(case_type: CaseType, draft: Draft) -> dict[str, object]:
    """The pruned answers; raises Refused (422) while required ones are open."""
    form = types.form(case_type.key)
    answers = dict(form.prune(draft.answers))
    if form.missing(answers, soft=False):
        raise Refused(
            _("Es fehlen noch Angaben."),
            _("Gehen Sie zurück zu „Angaben prüfen“. Dort steht, welche Fragen noch offen sind."),
            status=422,
        )
    return answers


def _procedure(case_type: CaseType) -> Procedure:
    found = city().procedures.get(case_type.key)
    if found is None:
        raise Refused(
            _("Diesen Antrag nimmt die Stadt online nicht entgegen."),
            _("Ihre Angaben sind gespeichert. Rufen Sie uns bitte an."),
        )
    return found


def _new_case(
    case_type: CaseType,
    draft: Draft,
    taking_part: Sequence[parties.PartyData],
    procedure: Procedure,
    language: str,
) -> Case:
    today = clock.today()
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
        language=language,
        received_on=today,
        access_code_hash=access.hashed(number, access.code(draft.pk)),
        created_at=clock.now(),
    )


def _evidence(
    case: Case, case_type: CaseType, answers: dict[str, object], draft: Draft
) -> tuple[list[DraftFile], list[EvidenceItem]]:
    """An item per document that is needed, with the files of the draft in their order, or why it is not there.

    Returns the files that were laid to an item, and the items of which the applicant says that they are not there.
    """
    uploaded, lacks, lacking = _clean(draft), drafts.lacks(draft), []
    for position, need in enumerate(evidence.needs(case_type, answers)):
        item = EvidenceItem.objects.create(
            case=case,
            key=need.key,
            item_id=need.item_id,
            position=position,
            title=need.title[:300],
            hint=need.whole,
            norm=need.norm,
            changed_at=clock.now(),
        )
        own = [one for one in uploaded if (one.evidence_key, one.item) == (need.key, need.item_id)]
        lack = lacks.get((need.key, need.item_id))
        _lay(item, own)
        if lack is not None and not lack.problem and not own:
            put_lack(item, lack.why, lack.words)
            lacking.append(item)
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
    return uploaded, lacking


def _clean(draft: Draft) -> list[DraftFile]:
    """The draft's files. One in which a virus was found since stays behind, as its page said, and goes."""
    found = drafts.files(draft)
    for one in found:
        if one.stored_file.scan == Scan.FOUND:
            one.delete()
            documents.remove(one.stored_file)
    return [one for one in found if one.stored_file.scan != Scan.FOUND]


def _lay(item: EvidenceItem, uploaded: Sequence[DraftFile]) -> None:
    for one in uploaded:
        documents.keep_until(one.stored_file, None)
    if uploaded:
        put(item, [Fresh(one.stored_file, one.sent_sha256) for one in uploaded], by_staff=False)


def _finish(draft: Draft) -> None:
    """The draft is spent: its files are the case's now, its answers are gone from it."""
    DraftFile.objects.filter(draft=draft).delete()
    draft.lacks.all().delete()
    draft.answers, draft.raw, draft.done = {}, {}, []
    draft.submitted_at = clock.now()
    draft.save(update_fields=["answers", "raw", "done", "submitted_at"])
