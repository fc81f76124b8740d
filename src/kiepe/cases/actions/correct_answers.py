"""The applicant corrects what was sent, before anybody decided: the form opens again, and a new version is sent.

The version before stays as it was. What a caseworker corrected or accepted stays too, where it still has its place.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiepe.base.forms import actions as drafts
from kiepe.base.forms import doubts
from kiepe.base.forms.models import Draft, OwnPart
from kiepe.base.forms.queries import draft_for, parts
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import canonical, completeness, facts, parties, queries, record, types, versions
from kiepe.cases.actions.opening import opened
from kiepe.cases.actions.renew_evidence import renew_evidence
from kiepe.cases.actions.resume import way_back
from kiepe.cases.actions.submit import apart, finish, whole
from kiepe.cases.models import Answers, Case, CorrectedValue, CorrectionDraft
from kiepe.cases.queries import visible
from kiepe.cases.transitions import Verb


@dataclass(frozen=True, slots=True)
class Corrected:
    """The case, and how many answers read differently now."""

    case: Case
    count: int


def begin_correction(actor: Actor, case_id: int) -> Draft:
    """Open the form with the answers as they were sent; what was begun before is gone on with.

    The caller notes the draft's id in the browser's session. Raises Refused (409) once it is decided or taken back.
    """
    if actor.is_staff:  # staff put their values beside the answers
        raise Http404
    with opened(actor, case_id, Verb.ANSWERS_CORRECTED) as case:
        if not case.whole:
            raise Refused(
                _("Ihr Antrag ist noch nicht ganz ausgefüllt."),
                _("Gehen Sie zum Vorgang und wählen Sie „Angaben ergänzen“. Dort können Sie auch alles ändern."),
            )
        begun = CorrectionDraft.objects.select_related("draft").filter(case=case, sent_at=None).first()
        if begun is not None and begun.draft.delete_on > clock.today():
            return begun.draft
        if begun is not None:
            drafts.erase(begun.draft)
        latest = _latest(case)
        flow = types.form(case.case_type)
        draft = Draft.objects.create(
            form=case.case_type,
            form_version=flow.form.version,
            answers=_to_change(case, latest.json),
            done=[at.address for at in flow.pages(latest.json)],
            account_id=actor.account,
        )
        CorrectionDraft.objects.create(case=case, draft=draft, from_version=latest.version)
        _keep_apart(case, draft, latest.json)
        way_back(Actor(ActorKind.CITIZEN, drafts=frozenset({str(draft.pk)})), draft.pk)  # where the session ends
    return draft


def correct_answers(actor: Actor, draft: Draft) -> Corrected:
    """Send the corrected answers as a new version: parties, documents and completeness follow from them.

    Sent twice it is one version. Raises Http404 for a draft of somebody else; Refused: 409 once it is decided or the
    answers were corrected elsewhere meanwhile, 422 while answers are open or where nothing was changed.
    """
    draft_for(actor, draft.pk)
    begun = CorrectionDraft.objects.filter(draft=draft.pk).first()
    if begun is None or actor.is_staff:
        raise Http404
    if begun.sent_at is not None:
        return Corrected(_seen(actor, begun.case_id), 0)
    with opened(actor, begun.case_id, Verb.ANSWERS_CORRECTED) as case:
        locked = Draft.objects.select_for_update(no_key=True).filter(pk=draft.pk).first()
        if locked is None:  # discarded in another tab this moment
            raise Http404
        if locked.submitted_at is not None:
            return Corrected(case, 0)
        before = _latest(case)
        if before.version != begun.from_version:
            raise Refused(
                _("Die Angaben wurden inzwischen schon einmal berichtigt."),
                _("Öffnen Sie „Angaben berichtigen“ noch einmal. Dann sehen Sie den neuen Stand."),
            )
        count = _renew(actor, case, locked, before)
        CorrectionDraft.objects.filter(pk=begun.pk).update(sent_at=clock.now())
        finish(locked)
    return Corrected(case, count)


def _keep_apart(case: Case, draft: Draft, sent: Mapping[str, Any]) -> None:
    """What members said for themselves stays as it is, out of the applicant's sight; no code opens it here."""
    speakers, now = {one.item_id: one for one in queries.speakers(case)}, clock.now()
    items = [one for value in sent.values() if isinstance(value, list) for one in value if isinstance(one, dict)]
    kept = [
        OwnPart(
            draft=draft,
            item_id=one["id"],
            answers=one,
            shared=not speakers[one["id"]].own_part,
            invited_at=now,
            opened_at=now,
            done_at=now,
        )
        for one in items
        if one.get("id") in speakers
    ]
    if kept:  # what was said to kind questions about them nobody has to say again
        finder, own = types.case_type(case.case_type).doubts, _answers_of(sent)
        told = {one["name"] for one in draft.answers.get(doubts.CONFIRMED, ())}
        said = doubts.carried(finder, own, sent.get(doubts.DOUBTS))
        kept[0].confirmed = [one for one in said if one["name"] not in told]
    OwnPart.objects.bulk_create(kept)


def _answers_of(sent: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in copy.deepcopy(dict(sent)).items() if key != doubts.DOUBTS}


def _to_change(case: Case, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The draft's answers: what the applicant sent, with what was confirmed to kind questions about it."""
    speakers = [one.item_id for one in queries.speakers(case)]
    readable = facts.without(case, copy.deepcopy(dict(sent)), speakers)
    answers = _answers_of(readable)
    confirmed = doubts.carried(types.case_type(case.case_type).doubts, answers, readable.get(doubts.DOUBTS))
    return {**answers, doubts.CONFIRMED: confirmed} if confirmed else answers


def _said(answers: Mapping[str, Any]) -> object:
    """What the person said, whatever words our own questions have by now."""
    own = {key: value for key, value in answers.items() if key != doubts.DOUBTS}
    asked = [(one["rule"], one["answers"], one["stands"], one["reason"]) for one in answers.get(doubts.DOUBTS, ())]
    return canonical.encode([own, asked])


def _seen(actor: Actor, case_id: int) -> Case:
    case = visible(actor).filter(pk=case_id).first()
    if case is None:
        raise Http404
    return case


def _latest(case: Case) -> Answers:
    return Answers.objects.filter(case=case).order_by("-version")[0]


def _renew(actor: Actor, case: Case, draft: Draft, before: Answers) -> int:
    case_type, own = types.case_type(case.case_type), parts(draft)
    if not {one.item_id for one in queries.speakers(case)} <= own.keys():
        raise Refused(
            _("In diesem Antrag antwortet jemand für sich selbst und steht nicht mehr darin."),
            _("Löschen Sie diese Berichtigung. Teilen Sie uns als Änderung mit, wer nicht mehr bei Ihnen wohnt."),
        )
    answers = whole(case_type, draft, own)
    changed = versions.seen_by_applicant(case, before.json, answers)
    if _said(answers) == _said(before.json):
        sentence = _("Sie haben nichts geändert. Ihr Antrag bleibt, wie er ist.")
        raise Refused(sentence, _("Ändern Sie, was nicht stimmt, und senden Sie es dann ab."), status=422)
    with override(settings.LANGUAGE_CODE):  # what a case keeps is German
        _put(actor, case, draft, before, answers, len(changed))
    return len(changed)


def _put(actor: Actor, case: Case, draft: Draft, before: Answers, answers: dict[str, object], changed: int) -> None:
    """Write the new version with everything that follows from it."""
    case_type, own = types.case_type(case.case_type), parts(draft)
    kept = Answers.objects.create(
        case=case,
        version=before.version + 1,
        form=draft.form,
        form_version=draft.form_version,
        json=canonical.plain(answers),
    )
    taking_part = list(case_type.parties(answers))
    parties.renew(case, taking_part, apart=apart(own))
    case.applicant, case.applicant_sort = parties.named(taking_part)
    moved, dropped = _take_along(case, before.json, kept.json)
    evidence = renew_evidence(case, case_type, answers, draft, own)
    completeness.settle(case)
    content = {
        "answers_version": kept.version,
        "parties_digest": parties.fingerprint(case.parties.order_by("position")),
        "answers_digest": canonical.fingerprint(kept.json),
        "form_version": kept.form_version,
        "count": changed,
        "files": evidence.files,
        "laid": evidence.laid,
        "lacks": evidence.lacks,
        "titles": evidence.added,
        "moved": moved,
        "dropped": dropped,
    }
    record.append(case, Verb.ANSWERS_CORRECTED, actor, content, answered=completeness.answered(case))


def _take_along(case: Case, before: dict[str, Any], after: dict[str, Any]) -> tuple[list[list[object]], list[int]]:
    """A caseworker's corrections follow their person or job to its new place; one whose place is gone is dropped.

    Returns [old id, new id, path, value, valid from] of those that moved, and the ids of those that were dropped.
    """
    moved: list[list[object]] = []
    dropped: list[int] = []
    for row in facts.corrections(case):
        place = versions.same_place(before, after, row.answer)
        if place == row.answer:
            continue
        was = row.pk
        CorrectedValue.objects.filter(pk=was).update(dropped_at=clock.now())
        if place is None:
            dropped.append(was)
            continue
        row.pk, row.answer = None, place  # a new row: the old one says what held until now
        row.save(force_insert=True)
        moved.append([was, row.pk, place, row.value, row.valid_from])
    return moved, dropped


def discard_correction(actor: Actor, case_id: int) -> None:
    """Throw away a correction that was begun; the answers stay as they were sent."""
    with transaction.atomic(), opened(actor, case_id, Verb.ANSWERS_CORRECTED) as case:
        begun = CorrectionDraft.objects.select_related("draft").filter(case=case, sent_at=None).first()
        if begun is not None and not actor.is_staff:
            drafts.erase(begun.draft)
