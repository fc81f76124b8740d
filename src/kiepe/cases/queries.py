"""Every shared read. Each takes the actor: what is not theirs does not exist (Http404)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from kiepe.base.documents.models import StoredFile
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, ActorKind, Role
from kiepe.cases import facts, history
from kiepe.cases.facts import Prepared
from kiepe.cases.history import Entry
from kiepe.cases.models import (
    AccessEntry,
    Case,
    CorrectedValue,
    Decision,
    EvidenceItem,
    EvidenceRequest,
    NoticeDocument,
    Party,
)
from kiepe.cases.parties import sort_key
from kiepe.cases.transitions import State

PAGE = 50


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
        AccessEntry.objects.create(case_id=case.pk, account_id=actor.account, what=what[:40], at=clock.now())


def mine(actor: Actor) -> list[Case]:
    """A citizen's cases, by account or opened in this browser, newest first."""
    if actor.is_staff or (actor.account is None and not actor.cases):
        return []
    return list(visible(actor).order_by("-received_on", "-pk")[:200])


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue shows. `words`: a number or the beginning of a name; `after`: the cursor of the page before."""

    state: str = ""
    claimed: str = ""  # 'mine', 'nobody' or empty
    overdue: bool = False
    words: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases of the queue in the order of their due day; `next` is the cursor for `Filters.after`, or empty."""

    cases: list[Case]
    next: str


def queue(actor: Actor, filters: Filters = Filters(), size: int = PAGE) -> Page:
    """The open cases (with words: also closed ones), most urgent first, one page by keyset."""
    found = _filtered(actor, filters)
    if filters.after:
        found = found.filter(_beyond(filters.after))
    ordered = found.select_related("claimed_by").order_by(F("due_on").asc(nulls_last=True), "pk")
    cases = list(ordered[: size + 1])
    more = len(cases) > size
    last = cases[size - 1] if more else None
    return Page(cases[:size], f"{last.due_on or ''}_{last.pk}" if last is not None else "")


def _filtered(actor: Actor, filters: Filters) -> QuerySet[Case]:
    found = visible(actor) if actor.is_staff else Case.objects.none()
    if filters.words:
        words = filters.words.strip()
        found = found.filter(Q(number__iexact=words) | Q(applicant_sort__startswith=sort_key(words)))
    else:
        found = found.filter(open=True)
    if filters.state in State.values:
        found = found.filter(state=filters.state)
    if filters.claimed == "mine":
        found = found.filter(claimed_by=actor.account)
    elif filters.claimed == "nobody":
        found = found.filter(claimed_by__isnull=True)
    return found.filter(due_on__lt=clock.today()) if filters.overdue else found


def _beyond(cursor: str) -> Q:
    due, _, pk = cursor.partition("_")
    try:
        last, day = int(pk), date.fromisoformat(due) if due else None
    except ValueError:
        raise Http404 from None
    if day is None:
        return Q(due_on__isnull=True, pk__gt=last)
    return Q(due_on__gt=day) | Q(due_on=day, pk__gt=last) | Q(due_on__isnull=True)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many open cases of the unit stand where. `mine`: claimed by the actor and not yet decided."""

    open: int
    received: int
    waiting: int
    ready: int
    decided: int
    overdue: int
    mine: int
    unclaimed: int


def counts(actor: Actor) -> Counts:
    """One query over the open cases."""
    undecided = ~Q(state=State.DECIDED)
    found = _filtered(actor, Filters()).aggregate(
        open=Count("pk"),
        received=Count("pk", filter=Q(state=State.RECEIVED)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        ready=Count("pk", filter=Q(state=State.READY)),
        decided=Count("pk", filter=Q(state=State.DECIDED)),
        overdue=Count("pk", filter=Q(due_on__lt=clock.today()) & undecided),
        mine=Count("pk", filter=Q(claimed_by=actor.account) & undecided),
        unclaimed=Count("pk", filter=Q(claimed_by__isnull=True) & undecided),
    )
    return Counts(**found)


def _seen(actor: Actor, case: Case) -> Case:
    """Every read below starts here: the case again, if it exists for the actor."""
    if not visible(actor).filter(pk=case.pk).exists():
        raise Http404
    return case


def events(actor: Actor, case: Case) -> list[Entry]:
    """The history in sentences, newest first. Citizens read of staff by their office, not by name."""
    rows = _seen(actor, case).events.select_related("content").order_by("-seq")
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
    return found if found.notice.issued_at is not None else None


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
    note_read(actor, case, f"file {file_id}"[:40])
    return StoredFile.objects.get(pk=file_id)
