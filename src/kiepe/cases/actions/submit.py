"""A draft becomes a case: once, whatever is clicked twice or killed in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.documents import actions as documents
from kiepe.base.documents.models import Scan
from kiepe.base.forms import queries as drafts
from kiepe.base.forms.models import Channel, Draft, DraftFile, Intake, OwnPart
from kiepe.base.forms.queries import draft_for
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, canonical, completeness, evidence, jobs, mail, own_parts, parties, record, types
from kiepe.cases.actions.attach import Fresh, laid, put
from kiepe.cases.actions.explain_lack import lack_said, put_lack
from kiepe.cases.applying import PAPER
from kiepe.cases.case_type import CaseType
from kiepe.cases.models import Answers, Case, EvidenceFile, EvidenceItem, EvidenceState
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
            if not actor.is_staff:
                locked.account_id = locked.account_id or actor.account  # signed in on the way
            made = _make(actor, locked)
            _finish(locked)
    return Submitted(made, access.shown(access.code(locked.pk)))


def _make(actor: Actor, draft: Draft) -> Case:
    case_type = types.case_type(draft.form)
    own, intake = drafts.parts(draft), drafts.intake_of(draft)
    answers = _whole(case_type, draft, own)
    taking_part = list(case_type.parties(answers))
    case = _new_case(case_type, draft, taking_part, intake)
    kept = Answers.objects.create(
        case=case, form=draft.form, form_version=draft.form_version, json=canonical.plain(answers)
    )
    parties.keep(case, taking_part, apart={key for key, part in own.items() if not part.shared})
    files, lacks = _evidence(case, case_type, answers, draft, own, by_staff=intake is not None)
    own_parts.follow(case, own)
    completeness.settle(case)
    case.state = State.READY if case.complete else State.RECEIVED
    content: dict[str, object] = {
        "number": case.number,
        "received_on": case.received_on,
        "parties_digest": parties.fingerprint(case.parties.order_by("position")),
        "answers_digest": canonical.fingerprint(kept.json),
        "form_version": kept.form_version,
        "files": {str(one.stored_file_id): one.stored_file.sha256 for one in files},
        "laid": {key: place for item in case.evidence.all() for key, place in laid(item).items()},
        "lacks": {key: said for item in lacks for key, said in lack_said(item).items()},
        "missing": case.docs_needed - case.docs_settled,
        "channel": case.channel,
        "own_parts": sorted(own),
    }
    if intake is not None:
        content |= {"arrived_reason": intake.reason, "hands": intake.hands, "begun_at": intake.begun_at}
    record.append(case, Verb.SUBMITTED, actor, content)
    mail.received(case)
    jobs.make_receipt(case.pk)
    return case


def _whole(case_type: CaseType, draft: Draft, own: Mapping[str, OwnPart]) -> dict[str, object]:
    """The pruned answers, with what members said for themselves; raises Refused (422) while required ones are open.

    An own part that is not finished holds nobody up: the office asks for it afterwards (§ 16 Abs. 3 SGB I).
    """
    form = types.form(case_type.key)
    answers = dict(form.prune(drafts.whole(draft)))
    if form.walk(answers, apart=own).missing(soft=False):
        raise Refused(
            _("Es fehlen noch Angaben."),
            _("Gehen Sie zurück zu „Angaben prüfen“. Dort steht, welche Fragen noch offen sind."),
            status=422,
        )
    return answers


def _new_case(
    case_type: CaseType, draft: Draft, taking_part: Sequence[parties.PartyData], intake: Intake | None
) -> Case:
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
        received_on=intake.arrived_on if intake is not None else today,
        channel=intake.channel if intake is not None else Channel.ONLINE,
        access_code_hash=access.hashed(number, access.code(draft.pk)),
        created_at=clock.now(),
    )


def _evidence(
    case: Case,
    case_type: CaseType,
    answers: dict[str, object],
    draft: Draft,
    apart: Mapping[str, OwnPart],
    *,
    by_staff: bool,
) -> tuple[list[DraftFile], list[EvidenceItem]]:
    """An item per document that is needed, with the files of the draft in their order, or why it is not there.

    Returns the files that were laid to an item, and the items of which the applicant says that they are not there.
    """
    uploaded, lacks, lacking = _clean(draft), drafts.lacks(draft), []
    _lay_paper(case, [one for one in uploaded if one.evidence_key == PAPER])
    for position, need in enumerate(evidence.needs(case_type, answers)):
        item = EvidenceItem.objects.create(
            case=case,
            key=need.key,
            item_id=need.item_id,
            position=position,
            title=need.title[:300],
            hint=" ".join(part for part in (need.explained, need.blackout) if part),
            norm=need.norm,
            changed_at=clock.now(),
        )
        own = [one for one in uploaded if (one.evidence_key, one.item) == (need.key, need.item_id)]
        lack = lacks.get((need.key, need.item_id))
        _lay(item, own, by_staff)
        if lack is not None and not lack.problem and not own:
            put_lack(item, lack.why, lack.words)
            lacking.append(item)
    placed = set(EvidenceFile.objects.filter(item__case=case).values_list("stored_file_id", flat=True))
    _lay_rest(case, [one for one in uploaded if one.stored_file_id not in placed], apart, by_staff)
    return uploaded, lacking


def _lay_rest(case: Case, rest: Sequence[DraftFile], apart: Mapping[str, OwnPart], by_staff: bool) -> None:
    """Uploaded for a question that was answered otherwise later: nothing that was sent is thrown away.

    What a member sent stays the member's.
    """
    whose = [person if (person := one.item.partition(".")[0]) in apart else "" for one in rest]
    for person in sorted(set(whose)):
        other = EvidenceItem.objects.create(
            case=case,
            key="other",
            item_id=person,
            position=999,
            title=_("Weitere Unterlagen"),
            norm="§ 60 Abs. 1 SGB I",
            changed_at=clock.now(),
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


def _lay_paper(case: Case, scans: Sequence[DraftFile]) -> None:
    """The application on paper goes into the file. It is no proof that somebody would have to judge."""
    if not scans:
        return
    item = EvidenceItem.objects.create(
        case=case,
        key=PAPER,
        position=0,
        title=_("Antrag auf Papier (Scan)"),
        norm="§ 16 Abs. 1 SGB I",
        changed_at=clock.now(),
    )
    _lay(item, scans, by_staff=True)
    completeness.move(item, EvidenceState.ACCEPTED)


def _lay(item: EvidenceItem, uploaded: Sequence[DraftFile], by_staff: bool) -> None:
    for one in uploaded:
        documents.keep_until(one.stored_file, None)
    if uploaded:
        put(item, [Fresh(one.stored_file, one.sent_sha256) for one in uploaded], by_staff=by_staff)


def _finish(draft: Draft) -> None:
    """The draft is spent: its files are the case's now, its answers are gone from it."""
    DraftFile.objects.filter(draft=draft).delete()
    draft.lacks.all().delete()
    draft.answers, draft.raw, draft.done = {}, {}, []
    draft.submitted_at = clock.now()
    draft.save(update_fields=["answers", "raw", "done", "submitted_at"])
