"""Every shared read of one case. Each takes the actor: what is not theirs does not exist (Http404). Lists: queue.py."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from kiepe.base.documents.models import StoredFile
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, ActorKind, Role
from kiepe.cases import explaining, facts, history
from kiepe.cases.explaining import Decided
from kiepe.cases.facts import Prepared
from kiepe.cases.history import Entry
from kiepe.cases.models import (
    AccessEntry,
    Case,
    CorrectedValue,
    Decision,
    Delivery,
    EvidenceItem,
    EvidenceRequest,
    NoticeDocument,
    Party,
    PortalConsent,
    Way,
)


def visible(actor: Actor) -> QuerySet[Case]:
    """The cases that exist for this actor: the unit's, all for the record's auditors, one's own for citizens."""
    if actor.kind is ActorKind.SYSTEM or actor.has(Role.AUDITOR):
        return Case.objects.all()
    if actor.is_staff:
        worker = actor.has(Role.CASEWORKER, Role.LEAD) and actor.unit
        return Case.objects.filter(unit=actor.unit) if worker else Case.objects.none()
    own = Q(pk__in=actor.cases)
    if actor.account is not None:
        own |= Q(account=actor.account)
    return Case.objects.filter(own)


def case_for(actor: Actor, number: str, *, page: str = "overview") -> Case:
    """One case by its number. A read by staff goes to the access log under the name of the page."""
    case = visible(actor).select_related("claimed_by").filter(number=number).first()
    if case is None:
        raise Http404
    note_read(actor, case, page)
    return case


def note_read(actor: Actor, case: Case, what: str) -> None:
    """Write down that a member of staff read this; takes no lock on the case."""
    if actor.is_staff:
        AccessEntry.objects.create(case_id=case.pk, account_id=actor.account, what=what[:60], at=clock.now())


def mine(actor: Actor) -> list[Case]:
    """A citizen's cases, by account or opened in this browser, newest first."""
    if actor.is_staff or (actor.account is None and not actor.cases):
        return []
    return list(visible(actor).order_by("-received_on", "-pk")[:200])


def _seen(actor: Actor, case: Case) -> Case:
    """Every read below starts here: the case again, if it exists for the actor."""
    if not visible(actor).filter(pk=case.pk).exists():
        raise Http404
    return case


def events(actor: Actor, case: Case) -> list[Entry]:
    """The history in sentences, newest first. Citizens read what concerns them, and no names of staff."""
    rows = _seen(actor, case).events.select_related("content").order_by("-seq")
    if not actor.is_staff:
        rows = rows.filter(verb__in=history.FOR_APPLICANTS)
    return [history.told(row, for_staff=actor.is_staff) for row in rows]


def proposal(actor: Actor, case: Case) -> Prepared:
    """What the law proposes now, with digest and keyed hints. For staff."""
    if not actor.is_staff:
        raise Http404
    return facts.prepare(_seen(actor, case))


def answers(actor: Actor, case: Case) -> Mapping[str, object]:
    """The answers as submitted."""
    return facts.answers(_seen(actor, case))


def corrections(actor: Actor, case: Case) -> list[CorrectedValue]:
    """The corrections in force, oldest first. For staff."""
    if not actor.is_staff:
        raise Http404
    return list(
        _seen(actor, case).corrections.filter(dropped_at__isnull=True).select_related("created_by").order_by("pk")
    )


def evidence(actor: Actor, case: Case) -> list[EvidenceItem]:
    """The documents of the case with their files (`item.files.all()`, each with `stored_file`)."""
    return list(_seen(actor, case).evidence.prefetch_related("files__stored_file").order_by("position", "pk"))


def requests(actor: Actor, case: Case) -> list[EvidenceRequest]:
    """What was asked for, newest first."""
    return list(_seen(actor, case).requests.prefetch_related("items").order_by("-pk"))


def parties(actor: Actor, case: Case) -> list[Party]:
    """Who takes part."""
    return list(_seen(actor, case).parties.order_by("position"))


def decision(actor: Actor, case: Case) -> Decision | None:
    """The decision with its notice. Citizens see it once the notice is issued."""
    found = Decision.objects.select_related("notice", "decided_by").filter(case=_seen(actor, case)).first()
    if found is None or actor.is_staff:
        return found
    return found if found.notice.issued_at is not None and not must_sign_in(actor, case) else None


def must_sign_in(actor: Actor, case: Case) -> bool:
    """Whether the notice lies in the portal, and this is not the account that may retrieve it (§ 37 Abs. 2a Satz 3)."""
    if actor.kind is not ActorKind.CITIZEN or (actor.account is not None and actor.account == case.account_id):
        return False
    return Delivery.objects.filter(case=case, way=Way.PORTAL).exists()


def deliveries(actor: Actor, case: Case) -> list[Delivery]:
    """How the notice went out, oldest first."""
    return list(_seen(actor, case).deliveries.order_by("pk"))


def consent(actor: Actor, case: Case) -> PortalConsent | None:
    """The consent to delivery in the portal that is in force."""
    return _seen(actor, case).consents.filter(revoked_at__isnull=True).first()


def decided(actor: Actor, case: Case) -> Decided:
    """The decision for those who explain it; Http404 where there is none to be read."""
    found = decision(actor, case)
    if found is None or not found.periods:
        raise Http404
    return explaining.decided(found, facts.facts(case), clock.today())


def notice(actor: Actor, case: Case) -> NoticeDocument:
    """The notice as `decision` shows it; Http404 where there is none."""
    found = decision(actor, case)
    if found is None:
        raise Http404
    return found.notice


def file_for(actor: Actor, case: Case, file_id: UUID) -> StoredFile:
    """An uploaded file of the case; staff's read is logged with the file's id."""
    _seen(actor, case)
    item = EvidenceItem.objects.filter(case=case, files__stored_file=file_id).first()
    if item is None:
        raise Http404
    note_read(actor, case, f"file {file_id}")
    return StoredFile.objects.get(pk=file_id)
