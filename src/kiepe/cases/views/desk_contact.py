"""What came in after sending, at the desk: messages of each person, reported changes, corrected answers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiepe.base.accounts.gates import staff_only
from kiepe.base.accounts.middleware import acting
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import actions, mail, members, queries
from kiepe.cases.changes import duty
from kiepe.cases.models import Case, ChangeReport, Direction, Party
from kiepe.cases.views.desk_shared import DECIDERS, case_page, seen, version_of
from kiepe.cases.views.portal_contact import mark_of


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A reported change with the duty that it fulfils."""

    change: ChangeReport
    norm: str
    hint: str | Promise


@staff_only()
@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest, number: str, item: str = "") -> HttpResponse:
    """One thread, and an answer to its person: the applicant's, or that of a member named in the address.

    Looking does not mark anything as read: somebody has to deal with it.
    """
    case, member = _spoken_with(request, number, item)
    if request.method != "POST":
        return _thread(request, case, item)
    post = request.POST
    try:
        actions.send_message(
            acting(request),
            case.pk,
            post.get("text", ""),
            request.FILES.getlist("files"),
            once=mark_of(post),
            answers=_number(post.get("shown", "")),
            member=member,
        )
    except Refused as refusal:
        return _thread(request, case, item, refusal)
    unheard = member is not None and not mail.hears(member)
    return redirect(f"{_address(number, item)}?getan={'gelegt' if unheard else 'geantwortet'}")


def _spoken_with(request: HttpRequest, number: str, item: str) -> tuple[Case, Party | None]:
    """The case, with the look at this thread in the access log, and the member whose thread it is."""
    if not item:
        return seen(request, number, "messages"), None
    case = seen(request, number, members.page_of(item))
    return case, members.spoken_with(case, item)


def _address(number: str, item: str) -> str:
    if item:
        return reverse("cases:desk_member_messages", args=[number, item])
    return reverse("cases:desk_messages", args=[number])


def _thread(request: HttpRequest, case: Case, item: str, refusal: Refused | None = None) -> HttpResponse:
    actor = acting(request)
    threads, thread = members.threads(actor, case), members.thread(actor, case, item)
    return case_page(
        request,
        case,
        "messages",
        "desk_messages",
        refusal=refusal,
        threads=[(one, _address(case.number, one.item)) for one in threads],
        now=next((one for one in threads if one.item == item), None),
        item=item,
        thread=thread,
        unread=any(one.direction == Direction.IN and one.read_at is None for one in thread),
        shown=thread[-1].pk if thread else 0,
        mark=request.POST.get("once") or uuid.uuid4(),
        typed=request.POST,
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0


@staff_only(*DECIDERS)
@require_POST
def read(request: HttpRequest, number: str, item: str = "") -> HttpResponse:
    """Nothing is to be answered: the messages of one thread up to the last one shown are read."""
    case, member = _spoken_with(request, number, item)
    actions.mark_read(acting(request), case.pk, _number(request.POST.get("shown", "")), member=member)
    return redirect(f"{_address(number, item)}?getan=gelesen")


@staff_only()
@require_GET
def changes(request: HttpRequest, number: str) -> HttpResponse:
    """Reported changes with their duties, and what was corrected in the answers, before and now."""
    return _changes_page(request, seen(request, number, "changes"))


def _changes_page(request: HttpRequest, case: Case, refusal: Refused | None = None, failed: int = 0) -> HttpResponse:
    actor = acting(request)
    rows = []
    for report in queries.changes(actor, case):
        known = duty(case, report)
        rows.append(ChangeRow(report, known.norm, known.words))
    return case_page(
        request,
        case,
        "changes",
        "desk_changes",
        refusal=refusal,
        rows=rows,
        failed=failed,
        versions=queries.versions(actor, case),
        typed=request.POST,
    )


@staff_only(*DECIDERS)
@require_POST
def handle(request: HttpRequest, number: str, change_id: int) -> HttpResponse:
    """Say what comes of a reported change."""
    case = seen(request, number, "handle change")
    try:
        answer = request.POST.get("answer", "")
        actions.handle_change(acting(request), case.pk, change_id, answer, version=version_of(request))
    except Refused as refusal:
        return _changes_page(request, seen(request, number, "changes"), refusal, change_id)
    return redirect(f"{reverse('cases:desk_changes', args=[number])}?getan=bearbeitet")
