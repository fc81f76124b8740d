"""Ask for everything that is missing in one message (§ 60 SGB I): what, why, until when, how."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import completeness, mail, queries, record
from kiepe.cases.actions.opening import opened_by_staff
from kiepe.cases.models import Case, EvidenceItem, EvidenceRequest, EvidenceState
from kiepe.cases.transitions import Verb


@dataclass(frozen=True, slots=True)
class Extra:
    """A document that evidence.yaml does not know, wanted in this case; the norm says why it may be asked for."""

    title: str
    norm: str = "§ 60 Abs. 1 SGB I"
    hint: str = ""


def request_evidence(
    actor: Actor,
    case_id: int,
    evidence_ids: Collection[int],
    *,
    words: str,
    due: date,
    version: int,
    extra: Sequence[Extra] = (),
) -> EvidenceRequest:
    """Write one request over all these items; the case waits, the applicant gets a mail without content.

    So does a member of the household whose documents are among them. Words about theirs alone are theirs alone.

    Refused (422) without an item, with one that is settled already, or with a day that is not to come.
    """
    with opened_by_staff(actor, case_id, version, Verb.REQUESTED) as case:
        _check_day(due)
        items = [completeness.item_of(case, evidence_id) for evidence_id in sorted(set(evidence_ids))]
        items += [_extra(case, wanted) for wanted in extra if wanted.title.strip()]
        if not items:
            _refuse(_("Wählen Sie mindestens eine Unterlage aus, die Sie nachfordern möchten."), "evidence")
        for item in items:
            if item.state == EvidenceState.ACCEPTED:
                _refuse(_("„%(title)s“ ist schon anerkannt.") % {"title": item.title}, "evidence")
            item.due_on = due
            completeness.move(item, EvidenceState.REQUESTED)
        completeness.settle(case)
        request = EvidenceRequest.objects.create(
            case=case, words=words.strip(), due_on=due, created_at=clock.now(), created_by_id=actor.account
        )
        request.items.set(items)
        content = {
            "request": request.pk,
            "titles": [item.title for item in items],
            "norms": [item.norm for item in items],
            "due_on": due,
            "words": words.strip(),
            "private": bool(queries.meant_for(items, queries.reached_items(case))),
        }
        event = record.append(case, Verb.REQUESTED, actor, content)
        mail.news(case, event)
        for whose in {item.item_id.partition(".")[0] for item in items}:
            mail.news_of_part(case, event, whose)
    return request


def _check_day(due: date) -> None:
    today = clock.today()
    if not today < due <= today + timedelta(days=366):
        _refuse(_("Nennen Sie einen Tag in der Zukunft, höchstens ein Jahr von heute an."), "due")


def _refuse(sentence: str, field: str) -> None:
    raise Refused(_("Die Nachforderung wurde nicht verschickt."), sentence, fields={field: sentence}, status=422)


def _extra(case: Case, wanted: Extra) -> EvidenceItem:
    return EvidenceItem.objects.create(
        case=case,
        key="extra",
        item_id=secrets.token_hex(4),
        position=900,
        title=wanted.title.strip()[:300],
        hint=wanted.hint.strip(),
        norm=wanted.norm,
        changed_at=clock.now(),
    )
