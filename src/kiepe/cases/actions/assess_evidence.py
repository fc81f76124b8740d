"""A caseworker looks at a document: it proves what it should, goes back with a reason, or is not needed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import completeness, mail, queries, record
from kiepe.cases.actions.opening import opened_by_staff, reason_given
from kiepe.cases.models import Case, EvidenceState
from kiepe.cases.transitions import Verb


def accept_evidence(actor: Actor, case_id: int, evidence_id: int, *, version: int) -> Case:
    """The document proves what it should. Refused where nothing was handed in."""
    with opened_by_staff(actor, case_id, version, Verb.ACCEPTED) as case:
        item = completeness.item_of(case, evidence_id)
        if not item.files.exists():
            raise Refused(
                _("Zu „%(title)s“ wurde noch nichts eingereicht.") % {"title": item.title},
                _("Fordern Sie die Unterlage nach oder verzichten Sie mit einer Begründung darauf."),
            )
        completeness.move(item, EvidenceState.ACCEPTED)
        completeness.settle(case)
        record.append(case, Verb.ACCEPTED, actor, {"evidence": item.pk, "title": item.title})
    return case


def return_evidence(actor: Actor, case_id: int, evidence_id: int, *, reason: str, version: int) -> Case:
    """The document does not do; the applicant reads why on the status page and gets a mail."""
    with opened_by_staff(actor, case_id, version, Verb.RETURNED) as case:
        said = reason_given(reason, why=_("Schreiben Sie der antragstellenden Person, was an der Unterlage fehlt."))
        item = completeness.item_of(case, evidence_id)
        if not item.files.exists():
            raise Refused(
                _("Zu „%(title)s“ wurde noch nichts eingereicht.") % {"title": item.title},
                _("Fordern Sie die Unterlage nach."),
            )
        completeness.move(item, EvidenceState.RETURNED, reason=said)
        completeness.settle(case)
        private = queries.is_private(item, queries.private_items(case))
        content = {"evidence": item.pk, "title": item.title, "reason": said, "private": private}
        event = record.append(case, Verb.RETURNED, actor, content)
        mail.news(case, event)
        mail.news_of_part(case, event, item.item_id)
    return case


def waive_evidence(actor: Actor, case_id: int, evidence_id: int, *, reason: str, version: int) -> Case:
    """The document is not needed after all, and why."""
    with opened_by_staff(actor, case_id, version, Verb.WAIVED) as case:
        said = reason_given(reason, why=_("Schreiben Sie, warum Sie ohne diese Unterlage entscheiden können."))
        item = completeness.item_of(case, evidence_id)
        completeness.move(item, EvidenceState.WAIVED, reason=said)
        completeness.settle(case)
        record.append(case, Verb.WAIVED, actor, {"evidence": item.pk, "title": item.title, "reason": said})
    return case
