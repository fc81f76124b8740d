"""A draft becomes a case: once, whatever is clicked twice or killed in between.

Where its day was kept before (keep_date.py), the same case gets the rest of the answers instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiepe.base.documents import actions as documents
from kiepe.base.forms import doubts
from kiepe.base.forms import queries as drafts
from kiepe.base.forms.models import Draft, DraftFile, OwnPart
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import access, canonical, completeness, jobs, mail, own_parts, parties, record, types
from kiepe.cases.actions.attach import laid
from kiepe.cases.actions.explain_lack import lack_said
from kiepe.cases.actions.filing import lay_evidence, locked_draft, new_case, reader_language
from kiepe.cases.case_type import CaseType
from kiepe.cases.models import Answers, Case, EvidenceItem
from kiepe.cases.parties import PartyData
from kiepe.cases.transitions import FROM, State, Verb, why_not


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
    with transaction.atomic():
        locked = locked_draft(actor, draft.pk)
        made = Case.objects.filter(draft=locked.pk).first()
        if made is None:
            made = _make(actor, locked)
            finish(locked)
        elif not made.whole:
            made = _complete(actor, made.pk, locked)
            finish(locked)
    return Submitted(made, access.shown(access.code_of(locked.pk)))


def _make(actor: Actor, draft: Draft) -> Case:
    case_type = types.case_type(draft.form)
    own = drafts.parts(draft)
    answers = whole(case_type, draft, own)
    with override(settings.LANGUAGE_CODE):
        taking_part = list(case_type.parties(answers))
    case = new_case(case_type, draft, taking_part, received=clock.today())
    with override(settings.LANGUAGE_CODE):  # what a case keeps is German; evidence.retold says it in other languages
        return _kept(actor, draft, case, answers, taking_part, own)


def _kept(
    actor: Actor,
    draft: Draft,
    case: Case,
    answers: dict[str, object],
    taking_part: Sequence[PartyData],
    own: Mapping[str, OwnPart],
) -> Case:
    case_type = types.case_type(case.case_type)
    kept = Answers.objects.create(
        case=case, form=draft.form, form_version=draft.form_version, json=canonical.plain(answers)
    )
    parties.keep(case, taking_part, apart=apart(own))
    files, lacks = lay_evidence(case, case_type, answers, draft, own)
    own_parts.follow(case, own)
    completeness.settle(case)
    case.state = State.READY if case.complete else State.RECEIVED
    content: dict[str, object] = {
        "number": case.number,
        "received_on": case.received_on,
        "channel": case.channel,
        "parties_digest": parties.fingerprint(case.parties.order_by("position")),
        "answers_digest": canonical.fingerprint(kept.json),
        "form_version": kept.form_version,
        "own_parts": sorted(own),
        **_papers(case, files, lacks),
    }
    record.append(case, Verb.SUBMITTED, actor, content)
    mail.received(case)
    jobs.make_receipt(case.pk)
    return case


def _complete(actor: Actor, case_id: int, draft: Draft) -> Case:
    """The rest of the answers to a case whose day was kept: a second version, parties and documents anew."""
    case = Case.objects.select_for_update(no_key=True).get(pk=case_id)
    if State(case.state) not in FROM[Verb.COMPLETED]:
        raise Refused(why_not(State(case.state)), _("Rufen Sie uns bitte an. Ihre Angaben sind noch gespeichert."))
    own = drafts.parts(draft)
    answers = whole(types.case_type(case.case_type), draft, own)
    if not actor.is_staff:
        case.language = reader_language()
    with override(settings.LANGUAGE_CODE):
        return _completed(actor, case, draft, answers, own)


def _completed(actor: Actor, case: Case, draft: Draft, answers: dict[str, object], own: Mapping[str, OwnPart]) -> Case:
    case_type, intake = types.case_type(case.case_type), drafts.intake_of(draft)
    taking_part: Sequence[PartyData] = list(case_type.parties(answers))
    version = case.answers.count() + 1
    kept = Answers.objects.create(
        case=case,
        version=version,
        form=draft.form,
        form_version=draft.form_version,
        json=canonical.plain(answers),
    )
    parties.renew(case, taking_part, apart=apart(own))
    case.applicant, case.applicant_sort = parties.named(taking_part)
    case.account_id = case.account_id or draft.account_id
    files, lacks = lay_evidence(case, case_type, answers, draft, own, by_staff=intake is not None)
    own_parts.follow(case, own)
    case.whole, case.answers_due_on = True, None
    completeness.settle(case)
    first_receipt, case.receipt = case.receipt, None  # the new one says more, and the day of receipt too
    content = {
        "parties_digest": parties.fingerprint(case.parties.order_by("position")),
        "answers_digest": canonical.fingerprint(kept.json),
        "answers_version": version,
        "form_version": kept.form_version,
        "own_parts": sorted(own),
        "hands": intake.hands if intake is not None else [],
        **_papers(case, files, lacks),
    }
    record.append(case, Verb.COMPLETED, actor, content, answered=completeness.answered(case))
    if first_receipt is not None:
        documents.remove(first_receipt)
    mail.completed(case)
    jobs.make_receipt(case.pk)
    return case


def apart(own: Mapping[str, OwnPart]) -> set[str]:
    """Members who spoke for themselves and did not let the applicant read it."""
    return {item_id for item_id, part in own.items() if not part.shared}


def _papers(case: Case, files: Sequence[DraftFile], lacks: Sequence[EvidenceItem]) -> dict[str, object]:
    """What the event says of the documents: which files, where they lie, what is not there and why."""
    return {
        "files": {str(one.stored_file_id): one.stored_file.sha256 for one in files},
        "laid": {key: place for item in case.evidence.all() for key, place in laid(item).items()},
        "lacks": {key: said for item in lacks for key, said in lack_said(item).items()},
        "missing": case.docs_needed - case.docs_settled,
    }


def whole(case_type: CaseType, draft: Draft, own: Mapping[str, OwnPart]) -> dict[str, object]:
    """The pruned answers, with what members said for themselves, and what hardly fits together in all of them.

    Raises Refused (422) while required ones are open. An own part that is not finished holds nobody up: the office
    asks for it afterwards (§ 16 Abs. 3 SGB I).
    """
    form = types.form(case_type.key)
    answers = dict(form.prune(drafts.whole(draft)))
    if form.walk(answers, apart=own).missing(soft=False):
        raise Refused(
            _("Es fehlen noch Angaben."),
            _("Gehen Sie zurück zu „Angaben prüfen“. Dort steht, welche Fragen noch offen sind."),
            status=422,
        )
    said = [*(draft.answers.get(doubts.CONFIRMED) or []), *(one for part in own.values() for one in part.confirmed)]
    doubtful = doubts.for_case(case_type.doubts, form.walk(drafts.whole(draft)), said)
    return {**answers, doubts.DOUBTS: doubtful} if doubtful else answers


def finish(draft: Draft) -> None:
    """The draft is spent: its files are the case's now, its answers are gone from it."""
    DraftFile.objects.filter(draft=draft).delete()
    draft.lacks.all().delete()
    draft.parts.update(answers={}, raw={}, done=[], windows={}, confirmed=[], email="")
    draft.answers, draft.raw, draft.done, draft.windows = {}, {}, [], {}
    draft.submitted_at = clock.now()
    draft.save(update_fields=["answers", "raw", "done", "windows", "submitted_at"])
