"""Whether all documents are there, item by item, and what follows for the promise."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.kernel import clock
from kiepe.base.kernel.refusal import Refused
from kiepe.cases.models import Case, EvidenceItem, EvidenceState
from kiepe.cases.models.evidence import ANSWERED, SETTLED
from kiepe.cases.working_days import working_day_from


def settle(case: Case) -> None:
    """Count the items anew and set the day of completeness and the promised day. The caller saves the case."""
    states = list(EvidenceItem.objects.filter(case=case).values_list("state", flat=True))
    case.docs_needed = len(states)
    case.docs_settled = sum(state in SETTLED for state in states)
    if not case.complete:  # a document, or the rest of the answers
        case.complete_on, case.due_on = None, None
    elif case.complete_on is None:
        case.complete_on = clock.today()
        case.due_on = promised(case.case_type, case.complete_on)


def answered(case: Case) -> bool:
    """Whether the applicant sent or explained every document; none is left that somebody waits for."""
    return unanswered(case) == 0


def unanswered(case: Case) -> int:
    """How many documents were neither sent nor explained."""
    return EvidenceItem.objects.filter(case=case).exclude(state__in=ANSWERED).count()


def promised(key: str, complete_on: date) -> date | None:
    """The day until which the city promises a decision: calendar days from completeness (units.yaml).

    A day that falls on a Saturday, Sunday or public holiday of the Land moves to the next working day, as § 26
    Abs. 3 SGB X has it for periods. None where the city promises nothing.
    """
    procedure = city().procedures.get(key)
    if procedure is None or not procedure.promise_days:
        return None
    return working_day_from(complete_on + timedelta(days=procedure.promise_days))


def item_of(case: Case, evidence_id: int) -> EvidenceItem:
    """An item of this case; Refused (422) for one of another."""
    item = EvidenceItem.objects.filter(case=case, pk=evidence_id).first()
    if item is None:
        raise Refused(_("Diese Unterlage gehört nicht zu diesem Vorgang."), _("Laden Sie die Seite neu."), status=422)
    return item


def move(item: EvidenceItem, state: EvidenceState, *, reason: str = "") -> None:
    """Put one item into another state."""
    item.state, item.reason, item.changed_at = state, reason, clock.now()
    if item.settled:
        item.due_on = None
    item.save()
