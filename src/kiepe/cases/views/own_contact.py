"""After sending, for a member of the household: messages with the office, the address for news, the part as PDF.

The applicant has pages of the same kind (portal_contact.py) and sees nothing of these.
"""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from kiepe.base.accounts.middleware import acting
from kiepe.base.kernel import limits
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.languages import switching
from kiepe.cases import actions, member_file, members, papers
from kiepe.cases.models import Party
from kiepe.cases.views import words_kept
from kiepe.cases.views.portal_contact import PAPERS_AN_HOUR, mark_of
from kiepe.cases.wording import office

HOUR = 3600


@words_kept.writer
@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest, number: str) -> HttpResponse:
    """The member's thread with the office, and a form for the next message. Looking marks the office's as read."""
    actor = acting(request)
    party = members.own_party(actor, number)
    if request.method != "POST" or switching(request):
        return _thread(request, actor, party)
    try:
        text, files = request.POST.get("text", ""), request.FILES.getlist("files")
        actions.send_message(actor, party.case_id, text, files, once=mark_of(request.POST), member=party)
    except Refused as refusal:
        return _thread(request, actor, party, refusal)
    return redirect(f"{reverse('cases:own_messages', args=[number])}?getan=ja#ende")


def _thread(request: HttpRequest, actor: Actor, party: Party, refusal: Refused | None = None) -> HttpResponse:
    thread, kept = members.messages(actor, party), words_kept.taken_up(request)
    if thread and request.method == "GET":
        actions.mark_read(actor, party.case_id, thread[-1].pk, member=party)
    context = {
        "case": party.case,
        "party": party,
        "member": party,
        "thread": thread,
        "office": office(party.case),
        "refusal": refusal,
        "typed": kept or request.POST,
        "kept": kept,
        "mark": kept.get("once") or request.POST.get("once") or uuid.uuid4(),
        "sent": "getan" in request.GET,
        "may_write": True,
        "files_lost": bool(request.FILES) and switching(request),
        "language_form": "nachricht",
    }
    return render(request, "cases/own_messages.html", context, status=refusal.status if refusal else 200)


@words_kept.writer
@require_http_methods(["GET", "HEAD", "POST"])
def news_address(request: HttpRequest, number: str) -> HttpResponse:
    """Where the member hears of news by mail: give it, change it, take it back."""
    actor = acting(request)
    party = members.own_party(actor, number)
    typed, refusal = party.access.email, None
    if request.method == "POST":
        typed = request.POST.get("email", "")
    if request.method == "POST" and not switching(request):
        limits.hit("own-news-address", str(party.pk), limit=20, seconds=HOUR)
        try:
            actions.set_news_address(actor, party, typed)
        except Refused as no:
            refusal = no
        else:
            return redirect(f"{reverse('cases:own_news', args=[number])}?getan=ja")
    kept = words_kept.taken_up(request)
    context = {
        "case": party.case,
        "address": party.access.email,
        "email": kept.get("email", typed),
        "kept": kept,
        "refusal": refusal,
        "done": "getan" in request.GET,
        "language_form": "mailadresse",
    }
    return render(request, "cases/own_news.html", context, status=refusal.status if refusal else 200)


@require_GET
def everything(request: HttpRequest, number: str) -> HttpResponse:
    """The member's own part of the case as one PDF."""
    actor = acting(request)
    party = members.own_party(actor, number)
    limits.hit("case-paper", f"{party.case_id} {party.pk}", limit=PAPERS_AN_HOUR, seconds=HOUR)
    return papers.answer(member_file.paper(actor, party))
