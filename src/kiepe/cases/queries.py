"""Every shared read of one case. Each takes the actor: what is not theirs does not exist (Http404). Lists: queue.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from kiepe.base.documents.models import StoredFile
from kiepe.base.forms.models import Draft
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor, ActorKind, Role
from kiepe.cases import explaining, facts, history
from kiepe.cases import versions as answers_versions
from kiepe.cases.explaining import Decided
from kiepe.cases.facts import Prepared
from kiepe.cases.history import Entry
from kiepe.cases.models import (
    ACTING,
    AccessEntry,
    Case,
    CaseEvent,
    ChangeReport,
    CorrectedValue,
    CorrectionDraft,
    Decision,
    Delivery,
    Direction,
    EvidenceFile,
    EvidenceItem,
    EvidenceRequest,
    Message,
    NoticeDocument,
    Party,
    PartyAccess,
    PartyRole,
    PortalConsent,
    Way,
)
from kiepe.cases.transitions import Verb
from kiepe.cases.versions import Version


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
    if actor.parties or actor.account is not None:
        own |= Q(pk__in=accesses(actor).filter(party__role__in=ACTING).values("case"))
    return Case.objects.filter(own)


def accesses(actor: Actor) -> QuerySet[PartyAccess]:
    """The ways of their own by which this actor came in and which nobody ended."""
    mine = Q(party__in=actor.parties)
    if actor.account is not None:
        mine |= Q(account=actor.account)
    return PartyAccess.objects.filter(mine, revoked_at=None)


def private_items(case: Case) -> frozenset[str]:
    """Items of people who spoke for themselves and did not let the applicant read it."""
    own = case.parties.filter(own_part=True).values_list("item_id", flat=True)
    return frozenset(own)


def shared_items(case: Case) -> frozenset[str]:
    """Items of members whose own part, and what they write to the office, the applicant may read."""
    open_to_all = case.parties.filter(role=PartyRole.MEMBER, own_part=False).exclude(item_id="")
    return frozenset(open_to_all.values_list("item_id", flat=True))


def speakers(case: Case) -> list[Party]:
    """Members who answer for themselves, also who lets the applicant read it: it is not the applicant's to change."""
    own = Q(own_part=True) | Q(access__isnull=False)
    return list(case.parties.filter(own, role=PartyRole.MEMBER).exclude(item_id="").order_by("position"))


def is_private(item: EvidenceItem, private: frozenset[str]) -> bool:
    """Whether a document is of one of those people."""
    return bool(item.item_id) and item.item_id.partition(".")[0] in private


def acting_party(actor: Actor, case: Case) -> Party | None:
    """For whom a citizen speaks who sees the whole case: the one who applied, or the one whose code was given.

    For staff the applicant, to whom they speak.
    """
    if not actor.is_staff and not is_applicant(actor, case):
        way = accesses(actor).filter(case=case, party__role__in=ACTING).select_related("party").first()
        if way is not None:
            return way.party
    return case.parties.filter(role=PartyRole.APPLICANT).first()


def may_be_given_access(actor: Actor, case: Case) -> list[Party]:
    """Who acts for or with the applicant, each with `access` where there is one. For the applicant and for staff."""
    _seen(actor, case)
    if is_applicant(actor, case) or actor.has(Role.CASEWORKER, Role.LEAD):
        return list(case.parties.filter(role__in=ACTING).select_related("access").order_by("position"))
    return []


def began(actor: Actor, case: Case) -> bool:
    """Whether this member of staff recorded the wish that the case began with."""
    first = case.events.filter(seq=1, verb=Verb.BEGUN, actor_kind=ActorKind.STAFF, actor_id=actor.account)
    return actor.is_staff and actor.account is not None and first.exists()


def is_applicant(actor: Actor, case: Case) -> bool:
    """Whether the actor came in as the one who applied: by the case's own code or account, not by a party's."""
    return not actor.is_staff and (case.pk in actor.cases or (actor.account or 0) == case.account_id)


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
    if actor.is_staff or (actor.account is None and not actor.cases and not actor.parties):
        return []
    return list(visible(actor).order_by("-received_on", "-pk")[:200])


def _seen(actor: Actor, case: Case) -> Case:
    """Every read below starts here: the case again, if it exists for the actor."""
    if not visible(actor).filter(pk=case.pk).exists():
        raise Http404
    return case


def events(actor: Actor, case: Case) -> list[Entry]:
    """The history in sentences, newest first. Citizens read what concerns them, and no names of staff."""
    rows = own_events(actor, case).select_related("content", "case").order_by("-seq")
    return [history.told(row, for_staff=actor.is_staff) for row in rows]


def proposal(actor: Actor, case: Case) -> Prepared:
    """What the law proposes now, with digest and keyed hints. For staff."""
    if not actor.is_staff:
        raise Http404
    return facts.prepare(_seen(actor, case))


def answers(actor: Actor, case: Case) -> Mapping[str, object]:
    """The answers as submitted; for the applicant without what members said for themselves."""
    if actor.is_staff:
        return facts.answers(_seen(actor, case))
    return facts.answers_for_applicant(_seen(actor, case))


def corrections(actor: Actor, case: Case) -> list[CorrectedValue]:
    """The corrections in force, oldest first. For staff."""
    if not actor.is_staff:
        raise Http404
    return list(
        _seen(actor, case).corrections.filter(dropped_at__isnull=True).select_related("created_by").order_by("pk")
    )


def evidence(actor: Actor, case: Case) -> list[EvidenceItem]:
    """The documents of the case with their files (`item.files.all()`, each with `stored_file`).

    Who is not staff sees that a member's own documents are asked for or there: no file of them, and no reason.
    """
    items = list(_seen(actor, case).evidence.prefetch_related("files__stored_file").order_by("position", "pk"))
    private = frozenset() if actor.is_staff or actor.kind is ActorKind.SYSTEM else private_items(case)
    for item in items:
        item.private = is_private(item, private)
        if item.private:
            item.lack = item.lack_words = item.reason = ""
            item._prefetched_objects_cache["files"] = EvidenceFile.objects.none()  # type: ignore[attr-defined]  # noqa: SLF001 - Django's own place for prefetched rows
    return items


def requests(actor: Actor, case: Case) -> list[EvidenceRequest]:
    """What was asked for, newest first. Words that were meant for a member alone are not the applicant's to read."""
    found = list(_seen(actor, case).requests.prefetch_related("items").order_by("-pk"))
    reached = frozenset() if actor.is_staff or actor.kind is ActorKind.SYSTEM else reached_items(case)
    for one in found:
        if meant_for(one.items.all(), reached):
            one.words = ""
    return found


def reached_items(case: Case) -> frozenset[str]:
    """Items of members who spoke for themselves and come in by a way of their own."""
    own = case.accesses.filter(revoked_at=None, party__role=PartyRole.MEMBER, party__own_part=True)
    return frozenset(own.values_list("party__item_id", flat=True))


def meant_for(items: Iterable[EvidenceItem], reached: frozenset[str]) -> str:
    """The member whom a request concerns alone: whose all these documents are; empty where it is the applicant's."""
    whose = {item.item_id.partition(".")[0] for item in items}
    return next(iter(whose & reached), "") if len(whose) == 1 else ""


def parties(actor: Actor, case: Case) -> list[Party]:
    """Who takes part."""
    return list(_seen(actor, case).parties.order_by("position"))


def messages(actor: Actor, case: Case) -> list[Message]:
    """All messages that the actor may read, oldest first, with their files."""
    rows = readable(actor, _seen(actor, case)).select_related("party").prefetch_related("files__stored_file")
    found, reader = list(rows.order_by("sent_at", "pk")), acting_party(actor, case)
    for one in found:
        by_reader = one.party_id is None or (reader is not None and one.party_id == reader.pk)
        one.own = not one.of_member and (one.direction == Direction.OUT or by_reader)
    return found


def readable(actor: Actor, case: Case) -> QuerySet[Message]:
    """Staff read every thread. Who came in as the applicant or acts for them reads the applicant's, and those of
    members who let the applicant read their part; nobody's whose part is their own.
    """
    if actor.is_staff or actor.kind is ActorKind.SYSTEM:
        return case.messages.all()
    return case.messages.filter(of_member__in=["", *shared_items(case)])


def unread_for(actor: Actor, case: Case) -> int:
    """How many messages to the actor's side are new."""
    found = _seen(actor, case).messages.filter(read_at__isnull=True)
    if actor.is_staff:
        return found.filter(direction=Direction.IN).count()
    return found.filter(direction=Direction.OUT, of_member="").count()


def changes(actor: Actor, case: Case) -> list[ChangeReport]:
    """Every reported change, newest first, with its files."""
    return list(_seen(actor, case).changes.prefetch_related("files__stored_file").order_by("-pk"))


def contact_counts(actor: Actor, case: Case) -> tuple[int, int]:
    """How many messages there are; how many changes were reported and corrections of the answers sent."""
    found = (
        visible(actor)
        .filter(pk=case.pk)
        .aggregate(
            messages=Count("messages", distinct=True),
            changes=Count("changes", distinct=True),
            corrected=Count("events", filter=Q(events__verb=Verb.ANSWERS_CORRECTED), distinct=True),
        )
    )
    return found["messages"], found["changes"] + found["corrected"]


def own_events(actor: Actor, case: Case) -> QuerySet[CaseEvent]:
    """The events that the actor may be told of: as `readable` for what passed between a member and the office."""
    rows = CaseEvent.objects.filter(case=_seen(actor, case))
    if actor.is_staff:
        return rows
    theirs = Q(content__isnull=True) | ~Q(content__json__has_key="of_member")
    theirs |= Q(content__json__of_member__in=["", *shared_items(case)])
    return rows.filter(theirs, verb__in=history.FOR_APPLICANTS)


def corrections_begun() -> QuerySet[CorrectionDraft, UUID]:
    """Ids of the drafts that correct a case: no applications of their own. Never shown, only left out of lists."""
    return CorrectionDraft.objects.values_list("draft_id", flat=True)


def correction_of(actor: Actor, case: Case) -> Draft | None:
    """The correction of the answers that was begun and not sent."""
    today = clock.today()
    begun = CorrectionDraft.objects.select_related("draft").filter(
        case=_seen(actor, case), sent_at=None, draft__delete_on__gt=today
    )
    found = begun.first()
    return found.draft if found is not None else None


def versions(actor: Actor, case: Case) -> list[Version]:
    """What the applicant corrected after sending, newest first; for citizens without what members said themselves."""
    return answers_versions.of_case(_seen(actor, case), for_applicant=not actor.is_staff)


def decision(actor: Actor, case: Case) -> Decision | None:
    """The decision with its notice. Citizens see it once the notice is issued."""
    found = Decision.objects.select_related("notice", "decided_by").filter(case=_seen(actor, case)).first()
    if found is None or actor.is_staff:
        return found
    return found if found.notice.issued_at is not None and not must_sign_in(actor, case) else None


def must_sign_in(actor: Actor, case: Case) -> bool:
    """Whether the notice lies in the portal, and this is not the account that may retrieve it (§ 37 Abs. 2a Satz 3).

    Without an account nothing is retrieved any more: what was not, came as a letter when the account went, and number
    and code show a copy, as they do of every letter.
    """
    if actor.kind is not ActorKind.CITIZEN or case.account_id is None or actor.account == case.account_id:
        return False
    return Delivery.objects.filter(case=case, way=Way.PORTAL).exists()


def deliveries(actor: Actor, case: Case) -> list[Delivery]:
    """How the notice went out, oldest first."""
    return list(_seen(actor, case).deliveries.order_by("pk"))


def consent(actor: Actor, case: Case) -> PortalConsent | None:
    """The consent to delivery in the portal that is in force."""
    return _seen(actor, case).consents.filter(revoked_at__isnull=True).first()


def consents(actor: Actor, case: Case) -> list[PortalConsent]:
    """Every consent to delivery in the portal that was given, oldest first."""
    return list(_seen(actor, case).consents.order_by("pk"))


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
    """A file of the case: of a document, a message or a reported change. Staff's read is logged with the file's id."""
    _seen(actor, case)
    own = (
        readable(actor, case).filter(files__stored_file=file_id),
        ChangeReport.objects.filter(case=case, files__stored_file=file_id),
    )
    item = EvidenceItem.objects.filter(case=case, files__stored_file=file_id).first()
    hidden = item is not None and not actor.is_staff and is_private(item, private_items(case))
    if hidden or (item is None and not any(found.exists() for found in own)):
        raise Http404
    note_read(actor, case, f"file {file_id}")
    return StoredFile.objects.get(pk=file_id)
