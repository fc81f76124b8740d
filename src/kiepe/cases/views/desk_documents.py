"""Documents at the desk: look at them beside the answers, judge them, ask for what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from kiepe.base.accounts.gates import staff_only
from kiepe.base.accounts.middleware import acting
from kiepe.base.documents.models import Scan
from kiepe.base.documents.views import serve, serve_page, serve_together
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import actions, mail, queries
from kiepe.cases.desk_forms import Asked
from kiepe.cases.models import Case, EvidenceFile, EvidenceItem, EvidenceState
from kiepe.cases.views.desk_answers import evidence_row, sheet
from kiepe.cases.views.desk_shared import DECIDERS, case_page, seen, version_of

PAGE_WIDTH = 1100  # pixels of a page's picture: sharp on a large screen, under 200 kB
ASKABLE = (EvidenceState.MISSING, EvidenceState.LACKING, EvidenceState.REQUESTED, EvidenceState.RETURNED)


@dataclass(frozen=True, slots=True)
class FilePage:
    number: int  # through the whole document, from 1
    url: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """One uploaded file with its pages as pictures."""

    id: str
    name: str
    added_at: datetime
    flattened: bool
    scan: str
    url: str
    pages: tuple[FilePage, ...]


@staff_only()
@require_GET
def documents(request: HttpRequest, number: str, evidence_id: int | None = None) -> HttpResponse:
    """One piece of evidence, page by page, beside the answers that it bears on."""
    return documents_page(request, seen(request, number, f"documents {evidence_id or ''}".strip()), evidence_id)


def documents_page(
    request: HttpRequest, case: Case, evidence_id: int | None = None, refusal: Refused | None = None
) -> HttpResponse:
    """The documents, with what was typed where an action was refused."""
    answers = sheet(acting(request), case)
    chosen = _chosen(answers.evidence, evidence_id)
    asked = Asked.typed(request.POST)
    return case_page(
        request,
        case,
        "documents",
        "desk_documents",
        refusal=refusal,
        typed=request.POST,
        asked=asked,
        askable=[
            {"id": item.pk, "title": item.title, "norm": item.norm, "ticked": asked.ticked(item)}
            for item in answers.evidence
            if item.state in ASKABLE
        ],
        evidence=[evidence_row(case, item) for item in answers.evidence],
        chosen=chosen,
        files=(files := _files(case, chosen) if chosen is not None else []),
        all_pages=sum(len(one.pages) for one in files),
        beside=answers.beside(chosen) if chosen is not None else [],
    )


def _chosen(items: tuple[EvidenceItem, ...], evidence_id: int | None) -> EvidenceItem | None:
    """The item that was asked for; without one the first that waits to be looked at, else the first of all."""
    if evidence_id is not None:
        found = next((item for item in items if item.pk == evidence_id), None)
        if found is None:
            raise Http404
        return found
    waiting = (item for item in items if item.state == EvidenceState.RECEIVED)
    return next(waiting, items[0] if items else None)


def _files(case: Case, item: EvidenceItem) -> list[FileRow]:
    """The files of one document in the order that the applicant gave them; pages count through."""
    held = list(item.files.all())
    firsts = [sheet.first_page for sheet in item.sheets]
    return [_file(case, one, first) for one, first in zip(held, firsts, strict=True)]


def _file(case: Case, one: EvidenceFile, first: int) -> FileRow:
    kept = one.stored_file
    shown = 0 if kept.scan == Scan.FOUND else kept.pages
    numbers = range(1, shown + 1)
    return FileRow(
        id=str(kept.pk),
        name=kept.name,
        added_at=one.added_at,
        flattened=kept.flattened,
        scan=kept.scan,
        url=reverse("cases:desk_file", args=[case.number, kept.pk]),
        pages=tuple(
            FilePage(first + at - 1, reverse("cases:desk_page", args=[case.number, kept.pk, at])) for at in numbers
        ),
    )


@staff_only()
@require_GET
def file(request: HttpRequest, number: str, file_id: UUID) -> HttpResponse:
    """An uploaded file as it was sent (as PDF)."""
    case = seen(request, number, "file")
    return serve(queries.file_for(acting(request), case, file_id), download=False)


@staff_only()
@require_GET
def whole(request: HttpRequest, number: str, evidence_id: int) -> HttpResponse:
    """One document as one PDF: all its files in order, turned as the applicant turned them."""
    case = seen(request, number, f"document {evidence_id}")
    item = next((one for one in queries.evidence(acting(request), case) if one.pk == evidence_id), None)
    files = [] if item is None else [one.stored_file for one in item.files.all() if one.stored_file.scan != Scan.FOUND]
    if item is None or not files:
        raise Http404
    return serve_together(files, item.title)


@staff_only()
@require_GET
def page(request: HttpRequest, number: str, file_id: UUID, page: int) -> HttpResponse:
    """One page of an uploaded file as a picture."""
    case = seen(request, number, f"page {page}")
    return serve_page(queries.file_for(acting(request), case, file_id), page, PAGE_WIDTH)


@staff_only(*DECIDERS)
@require_POST
def judge(request: HttpRequest, number: str, evidence_id: int) -> HttpResponse:
    """Accept a piece of evidence, send it back, or do without it."""
    case, actor, version = seen(request, number, "judge"), acting(request), version_of(request)
    reason, step = request.POST.get("reason", ""), request.POST.get("step", "")
    try:
        if step == "accept":
            actions.accept_evidence(actor, case.pk, evidence_id, version=version)
        elif step == "return":
            actions.return_evidence(actor, case.pk, evidence_id, reason=reason, version=version)
        elif step == "waive":
            actions.waive_evidence(actor, case.pk, evidence_id, reason=reason, version=version)
        else:
            raise Http404
    except Refused as refusal:
        return documents_page(request, seen(request, number, "documents"), evidence_id, refusal)
    done = {"accept": "anerkannt", "return": "zurueckgegeben", "waive": "verzichtet"}[step]
    return redirect(f"{reverse('cases:desk_documents', args=[number])}?getan={done}")


@staff_only(*DECIDERS)
@require_POST
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for everything that is missing: look at the message first, then send it."""
    case, step, asked = seen(request, number, "request"), request.POST.get("step"), Asked.typed(request.POST)
    if step == "change":
        return documents_page(request, case)
    try:
        items = asked.items(queries.evidence(acting(request), case))
        if step == "preview":
            hidden = asked.hidden(version_of(request))
            more: dict[str, Any] = {
                "items": [*items, *asked.extras],
                "has_mail": bool(mail.address(case)),
                "words": asked.words.strip(),
                "due_on": asked.day,
            }
            return case_page(request, case, "ask_preview", "desk_documents", hidden=hidden, **more)
        ids = [item.pk for item in items]
        actions.request_evidence(
            acting(request),
            case.pk,
            ids,
            words=asked.words,
            due=asked.day,
            version=version_of(request),
            extra=asked.extras,
        )
    except Refused as refusal:
        return documents_page(request, seen(request, number, "documents"), None, refusal)
    return redirect(f"{reverse('cases:desk_documents', args=[number])}?getan=nachgefordert")
