"""Correcting an answer, taking a correction back, setting the period. Each recomputes at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kiepe.base.accounts.gates import staff_only
from kiepe.base.accounts.middleware import acting
from kiepe.base.forms import values
from kiepe.base.forms.form import Field, Type
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.templatetags.ui import day
from kiepe.cases import actions, queries, types
from kiepe.cases.desk_forms import day_typed
from kiepe.cases.models import Case
from kiepe.cases.views.desk import overview_page
from kiepe.cases.views.desk_answers import sheet, value_at
from kiepe.cases.views.desk_shared import DECIDERS, case_page, may_act, seen, version_of


@dataclass(frozen=True, slots=True)
class OptionRow:
    value: str
    label: str


@staff_only(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, number: str) -> HttpResponse:
    """Put another value beside an answer, in the notation of the citizens' form, with the reason."""
    case = seen(request, number, "correct")
    if request.method != "POST":
        return _correct_page(request, case, request.GET.get("angabe", ""))
    answer, post = request.POST.get("answer", ""), request.POST
    try:
        actions.correct(
            acting(request),
            case.pk,
            answer,
            _raw(_field(case, answer), request),
            post.get("reason", ""),
            day_typed(post.get("valid_from", ""), "valid_from"),
            version=version_of(request),
        )
    except Refused as refusal:
        return _correct_page(request, seen(request, number, "correct"), answer, refusal)
    return redirect(f"{reverse('cases:desk_case', args=[number])}?getan=berichtigt")


def _field(case: Case, answer: str) -> Field:
    try:
        return types.form(case.case_type).field(answer).field
    except KeyError:
        raise Http404 from None


def _raw(field: Field, request: HttpRequest) -> str | list[str]:
    return request.POST.getlist("value") if field.type is Type.CHOICES else request.POST.get("value", "")


def _correct_page(request: HttpRequest, case: Case, answer: str, refusal: Refused | None = None) -> HttpResponse:
    field, actor = _field(case, answer), acting(request)
    found = sheet(actor, case).row(answer)
    stored = value_at(queries.answers(actor, case), answer)
    if stored is None and not may_act(actor, case):
        raise Http404
    typed: object = request.POST if request.method == "POST" else {"value": values.edit(field, stored)}
    return case_page(
        request,
        case,
        "correct",
        "desk_application",
        refusal=refusal,
        typed=typed,
        chosen=_chosen(request, field, stored),
        many=field.type is Type.CHOICES,
        options=_options(field),
        row={
            "answer": answer,
            "label": found.label if found is not None else values.said(field.name),
            "shown": values.show(field, stored),
            "correction": found.correction if found is not None else None,
        },
        value_hint=_("Zum Beispiel %(example)s") % {"example": field.example} if field.example else "",
    )


def _chosen(request: HttpRequest, field: Field, stored: object) -> list[str]:
    if request.method == "POST":
        return request.POST.getlist("value")
    if isinstance(stored, list):
        return [str(one) for one in stored]
    return [values.edit(field, stored)] if stored is not None else []


def _options(field: Field) -> list[OptionRow]:
    """The answers to choose from; empty where a value is typed."""
    if field.type is Type.YESNO:
        return [OptionRow("yes", _("Ja")), OptionRow("no", _("Nein"))]
    return [OptionRow(option.value, values.said(option.label)) for option in field.options]


@staff_only(*DECIDERS)
@require_POST
def drop(request: HttpRequest, number: str, correction_id: int) -> HttpResponse:
    """Take a correction back."""
    case = seen(request, number, "drop correction")
    try:
        actions.drop_correction(acting(request), case.pk, correction_id, version=version_of(request))
    except Refused as refusal:
        return overview_page(request, seen(request, number, "overview"), refusal)
    return redirect(f"{reverse('cases:desk_case', args=[number])}?getan=zurueckgenommen")


@staff_only(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def period(request: HttpRequest, number: str) -> HttpResponse:
    """Set the period, or leave it to the law again."""
    case, post = seen(request, number, "period"), request.POST
    if request.method != "POST":
        return _period_page(request, case, {"start": day(case.period_start), "end": day(case.period_end)})
    try:
        start, end = day_typed(post.get("start", ""), "start"), day_typed(post.get("end", ""), "end")
        actions.set_period(
            acting(request), case.pk, start, end, reason=post.get("reason", ""), version=version_of(request)
        )
    except Refused as refusal:
        return _period_page(request, seen(request, number, "period"), post, refusal)
    return redirect(f"{reverse('cases:desk_case', args=[number])}?getan=zeitraum")


def _period_page(request: HttpRequest, case: Case, typed: object, refusal: Refused | None = None) -> HttpResponse:
    return case_page(request, case, "period", "desk_case", refusal=refusal, typed=typed)
