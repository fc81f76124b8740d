"""Applying at once, so that the day counts: the offer, and the confirmation with number and code."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from kiepe.base.accounts.middleware import CASES, acting, hold
from kiepe.base.kernel import limits
from kiepe.cases import actions
from kiepe.cases.applying import Application
from kiepe.cases.views.apply import render_page
from kiepe.cases.views.resume import HOUR, holder

PER_ORIGIN = 60  # cases begun in an hour from one address; a library with a queue stays below


@holder
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """What is sent now, what can wait, which day is at stake. POST makes the case."""
    application = Application(acting(request), service, draft)
    if application.actor.is_staff:
        return redirect("cases:desk_taken_in", draft)
    if application.draft.filed_at is not None or application.draft.submitted_at is not None:
        return redirect(application.url("kept"))
    if request.method == "POST":
        limits.hit("keep-date-origin", limits.origin(request), limit=PER_ORIGIN, seconds=HOUR)
        case = actions.keep_date(acting(request), application.draft).case
        hold(request, CASES, case.pk)
        return redirect(application.url("kept"))
    if not application.may_keep_date:
        return redirect(application.here())
    named = [section for section in application.walk.summary() if section.key in _named(application)]
    context = {"summary": named, "here": application.here(), "previous": application.here()}
    return render_page(request, "keep", application, "", context)


def _named(application: Application) -> set[str]:
    form = application.flow.form
    return {page.section for page in form.pages if page.key in form.keeps_date}


@holder
@require_GET
def kept(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """The day is kept: number, day, code, until when the rest is asked for."""
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is not None:
        return redirect("cases:apply_sent", service, draft)
    if application.case is None or application.actor.is_staff:
        return redirect(application.url("keep"))
    made = actions.keep_date(acting(request), application.draft)  # a repeated one reads the case that was made
    context = {
        "case": made.case,
        "code": made.code,
        "service": service,
        "draft": application.draft,
        "form_title": application.title,
        "here": application.here(),
        "known": made.case.pk in acting(request).cases or made.case.account_id is not None,
        "demo": settings.DEMO,
    }
    return render(request, "cases/apply/kept.html", context)
