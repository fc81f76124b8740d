"""Who may see a case besides the applicant: own codes for who acts, and what a member of the household sees."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from kiepe.base.accounts.gates import staff_only
from kiepe.base.accounts.middleware import acting
from kiepe.base.documents.views import serve, serve_preview
from kiepe.base.forms.models import LackReason
from kiepe.base.forms.values import said
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.languages import switching
from kiepe.cases import actions, member_file, members, queries, retention, status
from kiepe.cases.models import Party
from kiepe.cases.transitions import UNDECIDED
from kiepe.cases.types import case_type
from kiepe.cases.views.desk_shared import DECIDERS, case_page, seen
from kiepe.cases.wording import addressee, office, proven


@require_http_methods(["GET", "HEAD", "POST"])
def access(request: HttpRequest, number: str) -> HttpResponse:
    """The applicant gives a representative or partner an own code, or ends it. The code is shown once."""
    actor = acting(request)
    if actor.is_staff:
        raise Http404
    case = queries.case_for(actor, number)
    if not queries.is_applicant(actor, case):
        raise Http404
    context: dict[str, object] = {"case": case}
    if switching(request):  # the code is shown once: it goes along
        context |= {"code": request.POST.get("code", "")[:20], "language_form": "sprache"}
    elif request.method == "POST":
        party = _party_id(request)
        if request.POST.get("action") == "revoke":
            actions.revoke_access(actor, case.pk, party)
            return redirect("cases:access", number)
        context |= {"code": actions.grant_access(actor, case.pk, party), "language_form": "sprache"}
    context["people"] = [(one, _open(one)) for one in queries.may_be_given_access(actor, case)]
    return render(request, "cases/access.html", context)


def _party_id(request: HttpRequest) -> int:
    text = request.POST.get("party", "")
    if not text.isdecimal() or len(text) > 15:
        raise Http404
    return int(text)


def _open(party: Party) -> bool:
    """Whether the party has a way in now."""
    found = getattr(party, "access", None)
    return found is not None and found.revoked_at is None


@require_GET
def own_part(request: HttpRequest, number: str) -> HttpResponse:
    """What a member of the household sees of the case: the own documents and messages, and what happens with them."""
    actor = acting(request)
    party = members.own_party(actor, number)
    items = members.evidence(actor, party)
    context = {
        "case": party.case,
        "party": party,
        "type_title": said(case_type(party.case.case_type).title),
        "items": [(item, status.item_words(item)) for item in items],
        "asked": next((one for one in members.requests(actor, party) if one.words), None),
        "unread": members.unread(actor, party),
        "entries": members.events(actor, party),
        "office": office(party.case),
        "may_act": party.case.state in UNDECIDED,
        "kept": (member_file.purpose(party.case), member_file.seen_by(party), member_file.kept(party.case)),
        "norm": retention.norm(party.case),
    }
    return render(request, "cases/own_part.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_upload(request: HttpRequest, number: str, evidence: int) -> HttpResponse:
    """A member hands in to one of the own documents."""
    actor, party, context = _own_document(request, number, evidence)
    if request.method != "POST":
        return render(request, "cases/upload.html", context)
    try:
        attached = actions.attach(actor, party.case_id, evidence, request.FILES.getlist("files"), member=party)
    except Refused as no:
        return render(request, "cases/upload.html", {**context, "refusal": no}, status=no.status)
    if attached.refused:
        context |= {"refused": attached.refused, "taken": attached.files}
        return render(request, "cases/upload.html", context, status=422)
    return redirect("cases:own_part", number)


def _own_document(request: HttpRequest, number: str, evidence: int) -> tuple[Actor, Party, dict[str, object]]:
    """The member who looks, and what the pages of one of their documents need; Http404 for every other document."""
    actor = acting(request)
    party = members.own_party(actor, number)
    item = next((one for one in members.evidence(actor, party) if one.pk == evidence), None)
    if item is None:
        raise Http404
    shown = {"case": party.case, "item": item, "member": party, "why": item.lack, "words": item.lack_words}
    return actor, party, {**shown, "may_act": party.case.state in UNDECIDED, "reasons": LackReason.choices}


@require_http_methods(["GET", "HEAD", "POST"])
def own_lack(request: HttpRequest, number: str, evidence: int) -> HttpResponse:
    """'Ich habe das nicht, weil …', said by a member of one of the own documents."""
    actor, party, context = _own_document(request, number, evidence)
    context["language_form"] = "fehlt"
    if request.method != "POST":
        return render(request, "cases/lack.html", context)
    typed = {"why": request.POST.get(f"grund-{evidence}", ""), "words": request.POST.get(f"worte-{evidence}", "")}
    if switching(request):
        return render(request, "cases/lack.html", {**context, **typed})
    try:
        actions.explain_lack(actor, party.case_id, evidence, why=typed["why"], words=typed["words"], member=party)
    except Refused as no:
        return render(request, "cases/lack.html", {**context, **typed, "refusal": no}, status=no.status)
    return redirect("cases:own_part", number)


@require_GET
def own_file(request: HttpRequest, number: str, file_id: UUID) -> HttpResponse:
    """One of the member's own papers."""
    actor = acting(request)
    return serve(members.file_for(actor, members.own_party(actor, number), file_id), download=False)


@require_GET
def own_preview(request: HttpRequest, number: str, file_id: UUID) -> HttpResponse:
    """A small picture of its first page."""
    actor = acting(request)
    return serve_preview(members.file_for(actor, members.own_party(actor, number), file_id))


@staff_only()
@require_http_methods(["GET", "POST"])
def desk_people(request: HttpRequest, number: str) -> HttpResponse:
    """Everybody who takes part, with role, scope, proof and access; where letters go; a code for who acts."""
    case, actor = seen(request, number, "people"), acting(request)
    code, refusal = "", None
    if request.method == "POST":
        if not actor.has(*DECIDERS):
            raise Http404
        try:
            if request.POST.get("action") == "revoke":
                actions.revoke_access(actor, case.pk, _party_id(request))
            else:
                code = actions.grant_access(actor, case.pk, _party_id(request))
        except Refused as no:
            refusal = no
    recipient = addressee(case)
    parties = case.parties.select_related("access").order_by("position")
    rows = [
        {
            "party": party,
            "proven": proven(case, party) if party.evidence_key else None,
            "open": _open(party),
            "letters": recipient is not None and recipient.pk == party.pk,
        }
        for party in parties
    ]
    return case_page(request, case, "people", "desk_people", refusal=refusal, rows=rows, code=code)
