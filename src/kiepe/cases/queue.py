"""The desk's queue: filtered, sorted three ways, page by page by keyset.

A cursor is the number of a case, never a name: it stands in an address. The sort key behind it is looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.letters import search_pattern
from kiepe.cases.models import Case, EvidenceItem, EvidenceState
from kiepe.cases.queries import visible
from kiepe.cases.transitions import UNDECIDED, State

PAGE = 25
SORTS = {"due": "day", "received": "received_on", "name": "applicant_sort"}  # key -> column, made unique by pk


class _Day(TypedDict):
    day: date | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Dated = WithAnnotations[Case, _Day]

ASKED = (EvidenceState.REQUESTED, EvidenceState.RETURNED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the desk shows: `view` is open, begun (answers follow), ready, due, waiting, received, closed or all.

    `who`: team, mine or nobody.
    `words`: a number, or the beginning of a name. `after` and `before`: the number of the case at the page's edge.
    """

    view: str = "open"
    who: str = "team"
    words: str = ""
    sort: str = "due"
    descending: bool = False
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A case as the desk lists it. `due_on`: the promised day, or the one by which documents were asked for."""

    case: Case
    due_on: date | None

    @property
    def state(self) -> str:
        return self.case.state


@dataclass(frozen=True, slots=True)
class Lines:
    """One page. `before` and `after` are cursors of the neighbouring pages, empty where there is none."""

    lines: list[Line]
    total: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many undecided cases of the actor's unit stand where. No figure is of a person but the actor's own `mine`."""

    open: int
    ready: int
    due: int
    waiting: int
    received: int
    mine: int


def tally(actor: Actor) -> Tally:
    """For rail and counters: one query over the open cases."""
    found = _undecided(actor).aggregate(
        open=Count("pk"),
        ready=Count("pk", filter=Q(state=State.READY)),
        due=Count("pk", filter=_due()),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        received=Count("pk", filter=Q(state=State.RECEIVED)),
        mine=Count("pk", filter=Q(claimed_by=actor.account)),
    )
    return Tally(**found)


def lines(actor: Actor, wanted: Wanted, size: int = PAGE) -> Lines:
    """One page of the cases that `wanted` describes."""
    found = _found(actor, wanted)
    total = found.count()
    backwards = bool(wanted.before)
    order = replace(wanted, descending=wanted.descending != backwards)
    edge = _dated(visible(actor)).filter(number=wanted.before or wanted.after).first()
    if edge is not None:
        found = found.filter(_beyond(order, edge))
    rows = list(_ordered(found, order)[: size + 1])
    more, page = len(rows) > size, [Line(row, row.day) for row in rows[:size]]
    if backwards:
        page.reverse()
    first, last = (page[0].case.number, page[-1].case.number) if page else ("", "")
    has_before = more if backwards else edge is not None
    has_after = True if backwards and edge is not None else more
    return Lines(page, total, first if has_before else "", last if has_after else "")


def exact(actor: Actor, words: str) -> Case | None:
    """The case whose number was typed, if it exists for the actor."""
    return visible(actor).filter(number=words.strip().upper()).first() if actor.is_staff else None


def _undecided(actor: Actor) -> QuerySet[Case]:
    found = visible(actor) if actor.is_staff else Case.objects.none()
    return found.filter(open=True, state__in=sorted(UNDECIDED))


def _due() -> Q:
    """Due today or earlier: the promised day, or the day by which documents or answers were asked for."""
    late = EvidenceItem.objects.filter(case=OuterRef("pk"), state__in=ASKED, due_on__lt=clock.today())
    passed = Q(answers_due_on__lt=clock.today())
    return Q(due_on__lte=clock.today()) | (Q(state=State.WAITING) & Q(Exists(late))) | passed


def _found(actor: Actor, wanted: Wanted) -> QuerySet[Dated]:
    everything = visible(actor) if actor.is_staff else Case.objects.none()
    views: Mapping[str, QuerySet[Case]] = {
        "ready": everything.filter(open=True, state=State.READY),
        "waiting": everything.filter(open=True, state=State.WAITING),
        "received": everything.filter(open=True, state=State.RECEIVED),
        "begun": _undecided(actor).filter(whole=False),
        "due": _undecided(actor).filter(_due()),
        "closed": everything.filter(Q(open=False) | Q(state=State.DECIDED)),
        "all": everything,
    }
    found = views.get(wanted.view, _undecided(actor))
    if wanted.who == "mine":
        found = found.filter(claimed_by=actor.account)
    elif wanted.who == "nobody":
        found = found.filter(claimed_by__isnull=True)
    words = wanted.words.replace("\x00", "").strip()
    if words:
        found = found.filter(_named(words))
    return _dated(found)


def _named(words: str) -> Q:
    """A number, the beginning of the family name, or words anywhere in the name."""
    inside = Q()
    for word in words.split():
        inside &= Q(applicant_sort__regex=search_pattern(word))
    return Q(number__icontains=words) | inside


def _dated(found: QuerySet[Case]) -> QuerySet[Dated]:
    """With the day that counts: the promised one; while the case waits, the one by which an answer was asked for."""
    asked = EvidenceItem.objects.filter(case=OuterRef("pk"), state__in=ASKED).order_by(F("due_on").asc(nulls_last=True))
    return found.annotate(day=Coalesce("due_on", Subquery(asked.values("due_on")[:1]), "answers_due_on"))


def _ordered(found: QuerySet[Dated], wanted: Wanted) -> QuerySet[Dated]:
    column = F(SORTS[wanted.sort])
    if wanted.descending:
        return found.select_related("claimed_by").order_by(column.desc(nulls_first=True), "-pk")
    return found.select_related("claimed_by").order_by(column.asc(nulls_last=True), "pk")


def _beyond(wanted: Wanted, edge: Dated) -> Q:
    """What comes after `edge` in this order; a case without a due day comes last (first where descending)."""
    column = SORTS[wanted.sort]
    at: date | str | None = getattr(edge, column)
    side, tie = ("lt", Q(pk__lt=edge.pk)) if wanted.descending else ("gt", Q(pk__gt=edge.pk))
    if at is None:
        rest = Q(**{f"{column}__isnull": False}) if wanted.descending else Q(pk__in=[])
        return (Q(**{f"{column}__isnull": True}) & tie) | rest
    rest = Q(pk__in=[]) if wanted.descending else Q(**{f"{column}__isnull": True})
    return Q(**{f"{column}__{side}": at}) | (Q(**{column: at}) & tie) | rest


def line(case: Case) -> Line:
    """One case, which the actor has been shown already, as a line."""
    return Line(case, _dated(Case.objects.filter(pk=case.pk)).get().day)
