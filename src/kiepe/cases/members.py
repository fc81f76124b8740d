"""A member of the household who spoke for themselves: what they see of a case, and how the office speaks with them.

Each read takes the actor: who did not come in by that member's own code gets Http404. What is the applicant's is in
queries.py; nothing of it is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from kiepe.base.documents.models import StoredFile
from kiepe.base.forms.part_answers import own_answers
from kiepe.base.kernel.actor import Actor
from kiepe.cases import facts, history, queries, types
from kiepe.cases.history import Entry
from kiepe.cases.models import (
    AccessEntry,
    Answers,
    Case,
    CaseEvent,
    CorrectedValue,
    Decision,
    Direction,
    EvidenceItem,
    EvidenceRequest,
    Message,
    Party,
    PartyAccess,
    PartyRole,
)


def own_party(actor: Actor, number: str) -> Party:
    """The member of the household that this actor is in this case; Http404 for everybody else."""
    if actor.is_staff:
        raise Http404
    mine = queries.accesses(actor).filter(case__number=number, party__role=PartyRole.MEMBER)
    found = mine.select_related("party__case", "party__access").order_by("pk").first()
    if found is None:
        raise Http404
    return found.party


def as_member(actor: Actor, party: Party) -> QuerySet[Case]:
    """The case of this member, for a verb on what is theirs; Http404 where the actor did not come in as them."""
    _case(actor, party)
    return Case.objects.filter(pk=party.case_id)


def _case(actor: Actor, party: Party) -> Case:
    """Every read below starts here: the case, where the actor came in as this member."""
    mine = queries.accesses(actor).filter(party=party, party__role=PartyRole.MEMBER)
    if actor.is_staff or not mine.exists():
        raise Http404
    return party.case


def ways(actor: Actor) -> list[Party]:
    """Every party that this actor is in somebody else's case, by a way of their own, oldest first."""
    if actor.is_staff or (actor.account is None and not actor.parties):
        return []
    found = queries.accesses(actor).filter(case__erased_at__isnull=True).select_related("party__case", "party__access")
    return [way.party for way in found.order_by("pk")]


def reachable(party: Party) -> bool:
    """Whether this is a member of the household who reads what the office writes to them: with a way of their own."""
    if party.role != PartyRole.MEMBER or not party.item_id:
        return False
    return PartyAccess.objects.filter(party=party, revoked_at=None).exists()


def is_of(item: EvidenceItem, party: Party) -> bool:
    """Whether a document is this member's."""
    return bool(party.item_id) and item.item_id.partition(".")[0] == party.item_id


def evidence(actor: Actor, party: Party) -> list[EvidenceItem]:
    """The documents that this member is asked for, with their files; nothing of the others'."""
    case = _case(actor, party)
    items = case.evidence.prefetch_related("files__stored_file").order_by("position", "pk")
    return [item for item in items if is_of(item, party)]


def messages(actor: Actor, party: Party) -> list[Message]:
    """What passed between this member and the office, oldest first, with its files."""
    rows = _thread(_case(actor, party), party).prefetch_related("files__stored_file")
    found = list(rows.order_by("sent_at", "pk"))
    for one in found:
        one.own = True
    return found


def _thread(case: Case, party: Party) -> QuerySet[Message]:
    return case.messages.filter(of_member=party.item_id) if party.item_id else case.messages.none()


def unread(actor: Actor, party: Party) -> int:
    """How many messages from the office are new to this member."""
    case = _case(actor, party)
    return _thread(case, party).filter(direction=Direction.OUT, read_at__isnull=True).count()


def file_for(actor: Actor, party: Party, file_id: UUID) -> StoredFile:
    """One of the member's own papers, or a file of a message to or from them."""
    held = [one.stored_file_id for item in evidence(actor, party) for one in item.files.all()]
    if file_id not in held and not _thread(party.case, party).filter(files__stored_file=file_id).exists():
        raise Http404
    return StoredFile.objects.get(pk=file_id)


def events(actor: Actor, party: Party) -> list[Entry]:
    """What happened to the member's papers and in their thread, newest first."""
    case = _case(actor, party)
    own = [item.pk for item in case.evidence.only("pk", "item_id") if is_of(item, party)]
    about = Q(content__json__evidence__in=own) | Q(content__json__of_member=party.item_id)
    rows = CaseEvent.objects.filter(about, case=case, verb__in=history.FOR_MEMBERS)
    return [history.told_member(row, party) for row in rows.select_related("content", "case").order_by("-seq")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the office asked this member for in one request. `words` only where they were meant for the member alone."""

    request: EvidenceRequest
    items: list[EvidenceItem]
    words: str


def requests(actor: Actor, party: Party) -> list[Asked]:
    """What was asked for of the member's documents, newest first."""
    case, found = _case(actor, party), []
    for one in case.requests.prefetch_related("items").order_by("-pk"):
        items = list(one.items.all())
        own = [item for item in items if is_of(item, party)]
        if own:
            found.append(Asked(one, own, one.words if len(own) == len(items) else ""))
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """The member's answers in one version of the application, and what they said to kind questions about them."""

    version: int
    form: str
    form_version: int
    answers: dict[str, Any]
    doubts: list[dict[str, Any]]


def said(actor: Actor, party: Party) -> list[Said]:
    """What the member answered, version by version; without what only the applicant says of them."""
    case = _case(actor, party)
    flow, found = types.form(case.case_type), []
    for row in Answers.objects.filter(case=case).order_by("version"):
        own = own_answers(flow, row.json, party.item_id)
        if own:
            asked = facts.doubts_of(row.json, party.item_id)
            found.append(Said(row.version, row.form, row.form_version, own, asked))
    return found


def corrections(actor: Actor, party: Party) -> list[CorrectedValue]:
    """Values that a caseworker put beside the member's answers, once it is decided (§ 25 Abs. 1 Satz 2 SGB X)."""
    case = _case(actor, party)
    if not decided(case):
        return []
    given = facts.answers(case)
    return [row for row in facts.corrections(case) if facts.whose(given, row.answer) == party.item_id]


def decided(case: Case) -> bool:
    """Whether the notice is issued: before that nobody outside the office is told of a decision."""
    return Decision.objects.filter(case=case, notice__issued_at__isnull=False).exists()


def reads(actor: Actor, party: Party) -> int:
    """How many times staff opened the member's messages or one of their files within the last year."""
    files = [one.stored_file_id for item in evidence(actor, party) for one in item.files.all()]
    files += [one.stored_file_id for message in messages(actor, party) for one in message.files.all()]
    what = [page_of(party.item_id), *(f"file {file}" for file in files)]
    return AccessEntry.objects.filter(case=party.case, what__in=what).count()


@dataclass(frozen=True, slots=True)
class Thread:
    """One person with whom the office speaks in a case. `item` is empty for the applicant.

    `reachable`: a message is read by somebody; `mailed`: they hear of it by mail; `shared`: the applicant reads it too.
    """

    item: str
    name: str
    count: int
    unread: int
    reachable: bool = True
    mailed: bool = False
    shared: bool = False


def threads(actor: Actor, case: Case) -> list[Thread]:
    """For staff: the applicant's thread, then that of each member who has an own way in or wrote. Else Http404."""
    case = _for_staff(actor, case)
    people = list(_members(case).select_related("access").order_by("position"))
    to_read = Q(direction=Direction.IN, read_at__isnull=True)
    rows = case.messages.order_by().values_list("of_member").annotate(all=Count("pk"), new=Count("pk", filter=to_read))
    counted = {item: (count, new) for item, count, new in rows} if people else {}
    return [Thread("", case.applicant, *counted.get("", (0, 0))), *(_of(party, counted) for party in people)]


def _of(party: Party, counted: dict[str, tuple[int, int]]) -> Thread:
    access = getattr(party, "access", None)
    way = access if access is not None and access.revoked_at is None else None
    counts = counted.get(party.item_id, (0, 0))
    mailed = way is not None and bool(way.email)
    return Thread(party.item_id, party.name, *counts, way is not None, mailed, not party.own_part)


def _members(case: Case) -> QuerySet[Party]:
    """The members with whom the office speaks, or spoke."""
    wrote = Message.objects.filter(case=case, of_member=OuterRef("item_id"))
    speaks = Q(access__revoked_at=None, access__isnull=False) | Q(Exists(wrote))
    return case.parties.filter(speaks, role=PartyRole.MEMBER).exclude(item_id="")


def spoken_with(case: Case, item_id: str) -> Party:
    """The member whose thread an address of the desk names; Http404 for nobody."""
    party = _members(case).filter(item_id=item_id).first()
    if party is None:
        raise Http404
    return party


def thread(actor: Actor, case: Case, item_id: str) -> list[Message]:
    """For staff: one person's messages, oldest first, with their files; the applicant's for an empty id."""
    found = _for_staff(actor, case).messages.filter(of_member=item_id)
    return list(found.prefetch_related("files__stored_file").order_by("sent_at", "pk"))


def _for_staff(actor: Actor, case: Case) -> Case:
    if not actor.is_staff or not queries.visible(actor).filter(pk=case.pk).exists():
        raise Http404
    return case


def page_of(item_id: str) -> str:
    """Under what name a member of staff's look at this member's thread goes to the access log."""
    return f"messages {item_id}"
