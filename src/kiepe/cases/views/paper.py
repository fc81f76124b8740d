"""The form on paper, to fetch: a blank for everybody, or printed from one's own draft."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kiepe.base.accounts.middleware import acting
from kiepe.base.documents.views import serve_pdf
from kiepe.base.forms import taking_in
from kiepe.base.forms.values import said
from kiepe.base.kernel import limits
from kiepe.cases import paper_form, types
from kiepe.cases.applying import Application, procedure_of

HOUR = 3600
COPIES = 40  # an hour and address: enough for a library, too few for a script


@require_GET
def blank(request: HttpRequest, service: str) -> HttpResponse:
    """An empty form with a number of its own. Public; sets no cookie and asks for nothing."""
    limits.hit("paper-form", limits.origin(request), limit=COPIES, seconds=HOUR)
    case_type, _entry, _procedure = procedure_of(service)
    copy = taking_in.print_form(types.form(case_type.key))
    name = _("Antrag %(title)s.pdf") % {"title": said(case_type.title)}
    return serve_pdf(paper_form.pdf(case_type, copy), name)


@require_GET
def begun(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """The form with what was answered so far; when it comes back, its number finds the draft."""
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is not None:
        return redirect("cases:apply_sent", service, draft)
    limits.hit("paper-form", limits.origin(request), limit=COPIES, seconds=HOUR)
    copy = taking_in.print_form(application.flow, application.draft)
    shown = application.walk.answers
    data = paper_form.pdf(application.case_type, copy, shown)
    return serve_pdf(data, _("Antrag %(title)s.pdf") % {"title": said(application.case_type.title)})
