"""After sending, for the applicant: messages, a change of circumstances, correcting the answers, papers."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiepe.base.accounts.middleware import DRAFTS, hold
from kiepe.base.kernel import limits
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.languages import switching
from kiepe.cases import actions, casefile, changes, confirmations, papers, queries
from kiepe.cases.actions import Change
from kiepe.cases.desk_forms import day_typed
from kiepe.cases.models import Case
from kiepe.cases.transitions import UNDECIDED, State
from kiepe.cases.views import words_kept
from kiepe.cases.views.portal import own_case
from kiepe.cases.wording import office

PAPERS_AN_HOUR = 60  # typesetting takes a while: a person never meets this


@words_kept.writer
@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest, number: str) -> HttpResponse:
    """The thread with the office, and a form for the next message. Looking at it marks the office's as read."""
    actor, case = own_case(request, number)
    if request.method != "POST" or switching(request):
        return _thread(request, actor, case)
    try:
        text, files = request.POST.get("text", ""), request.FILES.getlist("files")
        actions.send_message(actor, case.pk, text, files, once=mark_of(request.POST))
    except Refused as refusal:
        return _thread(request, actor, case, refusal)
    return redirect(f"{reverse('cases:messages', args=[number])}?getan=ja#ende")


def _thread(request: HttpRequest, actor: Actor, case: Case, refusal: Refused | None = None) -> HttpResponse:
    thread, kept = queries.messages(actor, case), words_kept.taken_up(request)
    if thread and request.method == "GET":
        actions.mark_read(actor, case.pk, thread[-1].pk)
    context = {
        "case": case,
        "thread": thread,
        "office": office(case),
        "refusal": refusal,
        "typed": kept or request.POST,
        "kept": kept,
        "mark": kept.get("once") or request.POST.get("once") or uuid.uuid4(),
        "sent": "getan" in request.GET,
        "may_write": case.erased_at is None,
        "files_lost": bool(request.FILES) and switching(request),
        "language_form": "nachricht" if case.erased_at is None else "",
    }
    return render(request, "cases/messages.html", context, status=refusal.status if refusal else 200)


def mark_of(post: QueryDict) -> uuid.UUID | None:
    """The form's own mark, by which sending it twice is noticed; None where it is unusable."""
    try:
        return uuid.UUID(post.get("once", ""))
    except ValueError:
        return None


@words_kept.writer
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: str) -> HttpResponse:
    """Tell the office that something has changed."""
    actor, case = own_case(request, number)
    if request.method != "POST" or switching(request):
        return _change_page(request, case)
    post = request.POST
    try:
        told = Change(post.get("kind", ""), day_typed(post.get("since", ""), "since"), post.get("text", ""))
        actions.report_change(actor, case.pk, told, request.FILES.getlist("files"), once=mark_of(post))
    except Refused as refusal:
        return _change_page(request, case, refusal)
    return redirect(f"{reverse('cases:status', args=[number])}?getan=mitgeteilt")


def _change_page(request: HttpRequest, case: Case, refusal: Refused | None = None) -> HttpResponse:
    kept, may_report = words_kept.taken_up(request), case.state != State.WITHDRAWN and case.erased_at is None
    context = {
        "case": case,
        "choices": changes.choices(),
        "refusal": refusal,
        "typed": kept or request.POST,
        "kept": kept,
        "mark": kept.get("once") or request.POST.get("once") or uuid.uuid4(),
        "may_report": may_report,
        "files_lost": bool(request.FILES) and switching(request),
        "language_form": "aenderung" if may_report else "",
        "may_correct": case.state in UNDECIDED and case.whole,
    }
    return render(request, "cases/change.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: str) -> HttpResponse:
    """Say what correcting means; POST opens the form with the answers as they were sent."""
    actor, case = own_case(request, number)
    if request.method == "POST":
        draft = actions.begin_correction(actor, case.pk)
        hold(request, DRAFTS, draft.pk)
        return redirect("cases:apply_check", case.service, draft.pk)
    context = {
        "case": case,
        "may_correct": case.state in UNDECIDED and case.whole,
        "begun": queries.correction_of(actor, case),
        "apart": [party.name for party in queries.speakers(case)],
    }
    return render(request, "cases/correct.html", context)


@require_POST
def discard(request: HttpRequest, number: str) -> HttpResponse:
    """Throw away a correction that was begun."""
    actor, case = own_case(request, number)
    actions.discard_correction(actor, case.pk)
    return redirect(f"{reverse('cases:status', args=[number])}?getan=verworfen")


@require_GET
def confirmed(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """The confirmation of something that was sent, as PDF."""
    actor, case = own_case(request, number)
    made = confirmations.paper(actor, case, seq)
    limits.hit("case-paper", str(case.pk), limit=PAPERS_AN_HOUR, seconds=3600)
    return papers.answer(made)


@require_GET
def everything(request: HttpRequest, number: str) -> HttpResponse:
    """The whole file of the case as one PDF."""
    actor, case = own_case(request, number)
    if case.erased_at is not None:
        raise Refused(
            _("Die Inhalte dieses Vorgangs sind gelöscht."), _("Es gibt nichts mehr, was darin stehen könnte.")
        )
    limits.hit("case-paper", str(case.pk), limit=PAPERS_AN_HOUR, seconds=3600)
    actions.retrieve(actor, case)  # the notice's words are in it
    return papers.answer(casefile.paper(actor, case))
