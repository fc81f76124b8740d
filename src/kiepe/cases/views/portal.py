"""A citizen's cases: the list, one case with what happens next, documents handed in, the notice."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiepe.base.accounts.middleware import CASES, DRAFTS, PARTIES, PARTS, acting, hold
from kiepe.base.documents.views import serve, serve_preview
from kiepe.base.forms import queries as drafts
from kiepe.base.forms.models import Draft, LackReason
from kiepe.base.forms.values import said
from kiepe.base.kernel import limits
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.languages import own_link, switching
from kiepe.cases import access, actions, confirmations, members, queries, status
from kiepe.cases.forms import OpenForm
from kiepe.cases.models import ACTING, Case, EvidenceItem, PartyRole
from kiepe.cases.notice import Notice
from kiepe.cases.notice_in_short import in_short
from kiepe.cases.told_delivery import told
from kiepe.cases.transitions import UNDECIDED, State
from kiepe.cases.types import case_type
from kiepe.cases.views import words_kept
from kiepe.cases.wording import office

HOUR = 3600
UNKNOWN_PER_HOUR = 40
log = logging.getLogger(__name__)
# What has just been done, named in the address by a word and told in a sentence.
DONE = {
    "berichtigt": gettext_lazy("Ihre Berichtigung ist angekommen. Wir entscheiden mit den neuen Angaben."),
    "verworfen": gettext_lazy("Die Berichtigung ist gelöscht. Ihr Antrag bleibt, wie er war."),
    "mitgeteilt": gettext_lazy("Ihre Mitteilung ist angekommen. Wir prüfen, was daraus folgt, und schreiben Ihnen."),
    "zurueckgenommen": gettext_lazy("Ihr Antrag ist zurückgenommen. Die Bestätigung finden Sie auf dieser Seite."),
}


def own_case(request: HttpRequest, number: str) -> tuple[Actor, Case]:
    """The case, if it is this citizen's. Staff have the desk."""
    actor = acting(request)
    if actor.is_staff:
        raise Http404
    try:
        return actor, queries.case_for(actor, number)
    except Http404:  # trying out numbers ends soon, whether they exist or not
        limits.hit("case-unknown", limits.origin(request), limit=UNKNOWN_PER_HOUR, seconds=HOUR)
        log.info("a case that is not theirs was asked for")
        raise


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """All cases of this account or opened in this browser, and what was begun and not sent."""
    actor = acting(request)
    known = actor.account is not None or actor.cases or actor.drafts
    context = {
        "cases": [
            (case, said(case_type(case.case_type).title), status.standing(case, [])) for case in queries.mine(actor)
        ],
        "drafts": _begun(actor) if known else [],
        "own_parts": [
            (party, said(case_type(party.case.case_type).title), members.unread(actor, party))
            for party in members.ways(actor)
            if party.role == PartyRole.MEMBER
        ],
        "signed_in": actor.account is not None,
    }
    return render(request, "cases/mine.html", context)


def _begun(actor: Actor) -> list[tuple[Draft, str]]:
    """What is being filled in, with the title of its form. What belongs to a case already stands with it."""
    listed = {case.draft for case in queries.mine(actor) if not case.whole}
    found = drafts.visible(actor).filter(submitted_at=None).exclude(pk__in=listed)
    newest = found.exclude(pk__in=queries.corrections_begun()).order_by("-changed_at")[:20]
    return [(draft, said(case_type(draft.form).title)) for draft in newest]


@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: HttpRequest) -> HttpResponse:
    """Open a case by number and code; this browser then keeps it until it is closed."""
    form, refusal = OpenForm(request.POST or None), None
    words = words_kept.carried(request) if request.method == "POST" else None
    if words is not None and request.POST.get("action") == "sign_in":
        return words_kept.sign_in(request, words)
    if switching(request):
        form = OpenForm(initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"].strip().upper()
        limits.hit("case-code-origin", limits.origin(request), limit=30, seconds=HOUR)
        limits.hit("case-code-number", number, limit=10, seconds=HOUR)
        try:
            found = access.opened(number, form.cleaned_data["code"])
        except Refused as no:
            refusal = no
            log.info("a number and a code did not fit")
        else:
            arrived = _enter(request, found)
            member = found.party is not None and found.party.role == PartyRole.MEMBER  # has pages of their own
            fits = words is not None and words.of_member == member and words.number.upper() == found.case.number
            if words is not None and fits:
                words_kept.keep(request, words)
                return redirect(own_link(words.path))
            return arrived
    status = 422 if refusal or form.errors else 200
    if words is not None:
        return words_kept.ask(request, words, form=form, refusal=refusal, status=status)
    context = {"form": form, "refusal": refusal, "kept": None, "language_form": "oeffnen"}
    return render(request, "cases/open.html", context, status=status)


def _enter(request: HttpRequest, found: access.Opened) -> HttpResponse:
    """With the case's code to the case; with a party's own to what that party may see.

    Where a household shares a device, a member's part is open to the one whose code came last, and to nobody before.
    """
    others = found.case.parties.filter(role=PartyRole.MEMBER).values_list("pk", flat=True)
    left = {int(pk) for pk in request.session.get(PARTIES, [])}.difference(others)
    if PARTIES in request.session:
        request.session[PARTIES] = sorted(left)
    if found.party is None:
        hold(request, CASES, found.case.pk, by_code=True)
        return redirect("cases:status", found.case.number)
    hold(request, PARTIES, found.party.pk, by_code=True)
    if found.party.role == PartyRole.MEMBER:
        return redirect("cases:own_part", found.case.number)
    actions.link_account(acting(request), found.party)
    return redirect("cases:status", found.case.number)


@require_GET
def case_status(request: HttpRequest, number: str) -> HttpResponse:
    """Where it stands, what is missing, what was said."""
    actor, case = own_case(request, number)
    return render(request, "cases/status.html", _status(actor, case, request.GET))


def _status(actor: Actor, case: Case, news: Mapping[str, str]) -> dict[str, object]:
    items = queries.evidence(actor, case)
    parties = queries.parties(actor, case)
    undecided = case.state in UNDECIDED  # then nothing was sent, and there is nothing to lock
    return {
        "case": case,
        "type_title": said(case_type(case.case_type).title),
        "standing": status.standing(case, items),
        "done": DONE.get(news.get("getan", ""), ""),
        "unread": queries.unread_for(actor, case),
        "changes": queries.changes(actor, case),
        "correction": queries.correction_of(actor, case) if undecided else None,
        "confirmations": confirmations.listed(actor, case),
        "may_report": case.state != State.WITHDRAWN,
        "missing": [item for item in items if not item.settled],
        "wanted": sum(not item.answered for item in items),
        "settled": [(item, status.item_words(item)) for item in items if item.settled],
        "arrived": next((item for item in items if str(item.pk) == news.get("angekommen")), None),
        "lack_told": next((item for item in items if str(item.pk) == news.get("erklaert")), None),
        "requests": queries.requests(actor, case),
        "entries": queries.events(actor, case),
        "decision": None if undecided else queries.decision(actor, case),
        "told": None if undecided else told(queries.deliveries(actor, case)),
        "consent": queries.consent(actor, case),
        "locked": not undecided and queries.must_sign_in(actor, case),
        "explained": bool(case_type(case.case_type).explain),
        "office": office(case),
        "may_act": undecided,
        "may_correct": undecided and case.whole,
        "acting": [party for party in parties if party.role in ACTING],
        "helpers": [party for party in parties if party.role == PartyRole.HELPER],
        "payee": next((party for party in parties if party.role == PartyRole.PAYEE), None),
        "as_applicant": queries.is_applicant(actor, case),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, number: str, evidence: int) -> HttpResponse:
    """Hand in files to one document. What could not be taken is named, file by file."""
    actor, case = own_case(request, number)
    item = next((item for item in queries.evidence(actor, case) if item.pk == evidence), None)
    if item is None or item.private:
        raise Http404
    context = _one(case, item)
    if request.method != "POST":
        return render(request, "cases/upload.html", context)
    try:
        attached = actions.attach(actor, case.pk, evidence, request.FILES.getlist("files"))
    except Refused as no:
        return render(request, "cases/upload.html", {**context, "refusal": no}, status=no.status)
    if attached.refused:
        context |= {"refused": attached.refused, "taken": attached.files}
        return render(request, "cases/upload.html", context, status=422)
    return redirect(f"{reverse('cases:status', args=[number])}?angekommen={evidence}")


def _one(case: Case, item: EvidenceItem) -> dict[str, object]:
    """The page of one document."""
    return {"case": case, "item": item, "may_act": case.state in UNDECIDED, "reasons": LackReason.choices}


@require_http_methods(["GET", "HEAD", "POST"])
def lack(request: HttpRequest, number: str, evidence: int) -> HttpResponse:
    """'Ich habe das nicht, weil …', instead of the document."""
    actor, case = own_case(request, number)
    item = next((item for item in queries.evidence(actor, case) if item.pk == evidence), None)
    if item is None or item.private:
        raise Http404
    context = {**_one(case, item), "why": item.lack, "words": item.lack_words, "language_form": "fehlt"}
    if request.method != "POST":
        return render(request, "cases/lack.html", context)
    typed = {"why": request.POST.get(f"grund-{item.pk}", ""), "words": request.POST.get(f"worte-{item.pk}", "")}
    if switching(request):
        return render(request, "cases/lack.html", {**context, **typed})
    try:
        actions.explain_lack(actor, case.pk, evidence, why=typed["why"], words=typed["words"])
    except Refused as no:
        return render(request, "cases/lack.html", {**context, **typed, "refusal": no}, status=no.status)
    return redirect(f"{reverse('cases:status', args=[number])}?erklaert={evidence}")


@require_GET
def preview(request: HttpRequest, number: str, file_id: UUID) -> HttpResponse:
    """A small picture of a file's first page."""
    actor, case = own_case(request, number)
    return serve_preview(queries.file_for(actor, case, file_id))


@require_GET
def file(request: HttpRequest, number: str, file_id: UUID) -> HttpResponse:
    """A file that was handed in, to look at again."""
    actor, case = own_case(request, number)
    return serve(queries.file_for(actor, case, file_id), download=False)


@require_GET
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """The notice as a page."""
    actor, case = own_case(request, number)
    if queries.must_sign_in(actor, case):
        return sign_in_first(request, case)
    document = queries.notice(actor, case)
    actions.retrieve(actor, case)
    shown = Notice.from_data(document.notice)
    html = case_type(case.case_type).notice.html(shown)
    context = {
        "case": case,
        "document": document,
        "notice": shown,
        "in_short": [] if get_language() == settings.LANGUAGE_CODE else in_short(document.decision),
        "told": told(queries.deliveries(actor, case)),
        "explained": bool(case_type(case.case_type).explain),
        "html": mark_safe(html),  # noqa: S308 - rendered from the notice by a template that escapes
    }
    return render(request, "cases/notice.html", context)


@require_GET
def notice_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The sealed file where the notice lies in the portal; else a copy of the letter."""
    actor, case = own_case(request, number)
    if queries.must_sign_in(actor, case):
        return sign_in_first(request, case)
    document = queries.notice(actor, case)
    actions.retrieve(actor, case)
    lying = next((one for one in queries.deliveries(actor, case) if one.sealed is not None), None)
    file = lying.sealed if lying is not None else document.pdf
    if file is None:
        raise Http404
    return serve(file, download=True)


def sign_in_first(request: HttpRequest, case: Case) -> HttpResponse:
    """The notice lies in the portal: number and code do not open it (§ 37 Abs. 2a Satz 3 SGB X)."""
    return render(request, "cases/sign_in_first.html", {"case": case}, status=403)


@require_GET
def confirmation(request: HttpRequest, number: str) -> HttpResponse:
    """The confirmation of receipt with the answers. A job makes it, within seconds."""
    _actor, case = own_case(request, number)
    if case.receipt is None:
        raise Refused(
            _("Die Eingangsbestätigung wird gerade erstellt."),
            _("Das dauert nur einen Augenblick. Laden Sie die Seite gleich noch einmal."),
        )
    return serve(case.receipt, download=True)


@words_kept.writer
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Ask whether it is meant, then take the application back."""
    actor, case = own_case(request, number)
    context: dict[str, object] = {"case": case, "may_act": case.state in UNDECIDED, "refusal": None}
    context["language_form"] = "ruecknahme" if context["may_act"] else ""
    if request.method != "POST":
        kept = words_kept.taken_up(request)
        return render(request, "cases/withdraw.html", {**context, "reason": kept.get("reason", ""), "kept": kept})
    reason = request.POST.get("reason", "")
    if switching(request):
        return render(request, "cases/withdraw.html", {**context, "reason": reason, "kept": {}})
    try:
        actions.withdraw(actor, case.pk, reason=reason)
    except Refused as no:
        if no.status != 422:
            raise
        return render(
            request, "cases/withdraw.html", {**context, "refusal": no, "reason": reason, "kept": {}}, status=no.status
        )
    return redirect(f"{reverse('cases:status', args=[case.number])}?getan=zurueckgenommen")


@require_POST
def go_on(request: HttpRequest, number: str) -> HttpResponse:
    """Fill in the rest of an application whose day was kept, also on a device that never saw it."""
    actor, case = own_case(request, number)
    draft = actions.go_on(actor, case.pk)
    hold(request, DRAFTS, draft.pk)
    return redirect("cases:apply_back", case.service, draft.pk)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget what was opened here by code, own parts among it: for a device that others use too."""
    for opened in (CASES, PARTIES, PARTS):
        request.session.pop(opened, None)
    return redirect("cases:mine")
