"""The notice explained: the calculation page by page, what would be if, what to do if it seems wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kiepe.base.ui.languages import switching
from kiepe.cases import actions, queries
from kiepe.cases.explaining import Decided, Estimate, Explain, Page, Question, WhatIf
from kiepe.cases.models import Case
from kiepe.cases.notice import Notice
from kiepe.cases.told_delivery import told
from kiepe.cases.types import case_type
from kiepe.cases.views.portal import own_case, sign_in_first
from kiepe.cases.wording import office


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the way through the pages."""

    title: str
    url: str
    now: bool


@dataclass(frozen=True, slots=True)
class _Read:
    case: Case
    decided: Decided
    explain: Explain
    pages: Sequence[Page]
    what_if: WhatIf | None


def _read(request: HttpRequest, number: str) -> _Read | HttpResponse:
    """The stored decision with its pages; the page that asks to sign in where that is needed."""
    actor, case = own_case(request, number)
    if queries.must_sign_in(actor, case):
        return sign_in_first(request, case)
    kind = case_type(case.case_type)
    if kind.explain is None:
        raise Http404
    decided = queries.decided(actor, case)
    actions.retrieve(actor, case)
    what_if = kind.what_if if kind.what_if is not None and kind.what_if.questions(decided) else None
    return _Read(case, decided, kind.explain, kind.explain.pages(decided), what_if)


def _show(
    request: HttpRequest, read: _Read, template: str, now: str, status: int = 200, **more: object
) -> HttpResponse:
    way = _way(read, now)
    place = next((index for index, link in enumerate(way) if link.now), -1)
    context = {
        "case": read.case,
        "decided": read.decided,
        "way": way,
        "before": way[place - 1] if place > 0 else None,
        "after": way[place + 1] if 0 <= place < len(way) - 1 else None,
        **more,
    }
    return render(request, f"cases/explained/{template}.html", context, status=status)


def _way(read: _Read, now: str) -> list[Link]:
    number = read.case.number
    way = [
        Link(page.title, reverse("cases:explained_page", args=[number, page.key]), page.key == now)
        for page in read.pages
    ]
    if read.what_if is not None:
        way.append(Link(_("Was wäre, wenn …"), reverse("cases:what_if", args=[number]), now == "what_if"))
    return [*way, Link(_("Wenn etwas nicht stimmt"), reverse("cases:object", args=[number]), now == "object")]


@require_GET
def index(request: HttpRequest, number: str) -> HttpResponse:
    """The short version, and the pages."""
    read = _read(request, number)
    if isinstance(read, HttpResponse):
        return read
    sums = [(period, read.explain.reason(period)) for period in read.decided.periods]
    return _show(request, read, "index", "", sums=sums)


@require_GET
def page(request: HttpRequest, number: str, page: str) -> HttpResponse:
    """One page of the calculation."""
    read = _read(request, number)
    if isinstance(read, HttpResponse):
        return read
    found = next((one for one in read.pages if one.key == page), None)
    if found is None:
        raise Http404
    return _show(request, read, "page", page, page=found)


@require_http_methods(["GET", "HEAD", "POST"])
def what_if(request: HttpRequest, number: str) -> HttpResponse:
    """A calculator with my numbers. What is typed goes into the answer and nowhere else."""
    read = _read(request, number)
    if isinstance(read, HttpResponse):
        return read
    if read.what_if is None:
        raise Http404
    questions = read.what_if.questions(read.decided)
    typed = {one.key: request.POST.get(one.key, one.now)[:60] for one in questions}
    changed = any(typed[one.key] != one.now for one in questions)
    asked = request.method == "POST" and (changed or not switching(request))
    estimate = read.what_if.estimate(read.decided, typed) if asked else None
    if estimate is not None and estimate.errors and switching(request):
        estimate = None
    status = 422 if estimate is not None and (estimate.errors or estimate.problems) else 200
    fields = _fields(questions, typed, estimate)
    return _show(
        request, read, "what_if", "what_if", status, fields=fields, estimate=estimate, language_form="was-waere-wenn"
    )


@dataclass(frozen=True, slots=True)
class Field:
    """A question as the page shows it."""

    question: Question
    typed: str
    error: str


def _fields(questions: Sequence[Question], typed: dict[str, str], estimate: Estimate | None) -> list[Field]:
    errors = estimate.errors if estimate is not None else {}
    return [Field(one, typed[one.key], errors.get(one.key, "")) for one in questions]


@require_GET
def object_to(request: HttpRequest, number: str) -> HttpResponse:
    """Remedy, until when, whom to ask."""
    read = _read(request, number)
    if isinstance(read, HttpResponse):
        return read
    actor, case = own_case(request, number)
    sections = Notice.from_data(queries.notice(actor, case).notice).sections
    remedy = next((one for one in sections if one.key == "remedy"), None)
    sent = told(queries.deliveries(actor, case))
    return _show(request, read, "object", "object", remedy=remedy, told=sent, office=office(case))
