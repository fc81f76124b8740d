"""'Ich habe das nicht, weil …': an answer to a document that is asked for. It settles nothing; a caseworker decides."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiepe.base.forms.models import lack_problem
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import completeness, evidence, queries, record
from kiepe.cases.actions.opening import only_own, opened
from kiepe.cases.models import Case, EvidenceItem, EvidenceState, Party
from kiepe.cases.transitions import Verb
from kiepe.cases.types import case_type

MAX_WORDS = 1000  # characters


def explain_lack(
    actor: Actor, case_id: int, evidence_id: int, *, why: str, words: str, member: Party | None = None
) -> Case:
    """Say why a document is not there. `why` is a LackReason; 'other' needs words. `member`: see attach.

    Raises Refused (422) without a reason, and where the document is there already; Http404 for staff, who waive.
    """
    if actor.is_staff:
        raise Http404
    with opened(actor, case_id, Verb.LACK_EXPLAINED, member=member) as case:
        item = completeness.item_of(case, evidence_id)
        only_own(actor, case, item, member)
        if item.settled:
            raise Refused(
                _("Das Dokument „%(title)s“ ist schon da.")
                % {"title": evidence.retold(case_type(case.case_type), item.title)},
                _("Sie müssen nichts weiter tun."),
                status=422,
            )
        problem = lack_problem(why, words)
        if problem:
            raise Refused(_("Es fehlt noch der Grund."), problem, fields={"why": problem}, status=422)
        put_lack(item, why, words)
        completeness.settle(case)
        content, answered = _content(case, item), completeness.answered(case)
        record.append(case, Verb.LACK_EXPLAINED, actor, content, answered=answered, member=member)
    return case


def put_lack(item: EvidenceItem, why: str, words: str) -> None:
    """Keep with the item why it is not there."""
    item.lack, item.lack_words, item.due_on = why, words.strip()[:MAX_WORDS], None
    completeness.move(item, EvidenceState.LACKING)


def _content(case: Case, item: EvidenceItem) -> dict[str, object]:
    """What the event says, in German; `lacks` is what verifying holds the row against."""
    with override(settings.LANGUAGE_CODE):
        sentence = item.lack_sentence
    return {
        "evidence": item.pk,
        "title": item.title,
        "reason": " ".join(part for part in (sentence, item.lack_words) if part),
        "private": queries.is_private(item, queries.private_items(case)),
        "lacks": lack_said(item),
    }


def lack_said(item: EvidenceItem) -> dict[str, list[str]]:
    """Why an item is not there, as its event says it."""
    return {str(item.pk): [item.lack, item.lack_words]}
