"""Staff take an application in for a person: begin, take over, read back, hand out number and code."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiepe.base.accounts.gates import staff_only
from kiepe.base.accounts.middleware import acting
from kiepe.base.catalogue.pack import city
from kiepe.base.documents.views import serve_pdf
from kiepe.base.forms import actions as drafts
from kiepe.base.forms import taking_in
from kiepe.base.forms.models import Draft
from kiepe.base.forms.queries import draft_for, in_unit, intake_of
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import handouts, types
from kiepe.cases.actions import Submitted, submit
from kiepe.cases.applying import PAPER, Application, procedure_of
from kiepe.cases.intake_forms import BY_STAFF, Begun, services_of
from kiepe.cases.views.desk_shared import DECIDERS, frame


@staff_only(*DECIDERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """How the application came; then the same questions as online. Below: what the unit has begun."""
    services = services_of(acting(request))
    if not services:  # the unit decides on nothing that has a form
        raise Http404
    typed = Begun.typed(request.POST, services)
    if request.method == "POST":
        try:
            draft = _begin(request, typed, services)
        except Refused as refusal:
            return _new_page(request, typed, services, refusal)
        return redirect("cases:apply_resume", typed.service, draft.pk)
    return _new_page(request, typed, services)


def _begin(request: HttpRequest, typed: Begun, services: dict[str, str]) -> Draft:
    """Begin, with the scan; nothing is begun where the scan cannot be used."""
    actor, service = acting(request), typed.chosen_service(services)
    flow = types.form(procedure_of(service)[0].key)
    paper = taking_in.returned(flow, typed.paper) if typed.paper.strip() else None
    with transaction.atomic():
        draft = taking_in.begin(actor, flow, typed.chosen_channel(), typed.day(), typed.reason, paper)
        for scan in request.FILES.getlist("scan"):
            try:
                drafts.attach(actor, draft.pk, PAPER, "", scan)
            except Refused as no:
                sentence = f"{scan.name}: {no.why} {no.remedy}".strip()
                raise Refused(
                    _("Der Scan kann so nicht übernommen werden."), fields={"scan": sentence}, status=422
                ) from no
    return draft


def _new_page(
    request: HttpRequest, typed: Begun, services: dict[str, str], refusal: Refused | None = None
) -> HttpResponse:
    actor = acting(request)
    begun = in_unit(actor).filter(submitted_at=None).select_related("intake__account").order_by("-changed_at")[:50]
    context = {
        **frame(request, "intake"),
        "typed": typed,
        "services": services,
        "channels": [(channel.value, channel.label) for channel in BY_STAFF],
        "begun": [(draft, handouts.who(draft), draft.intake.account_id == actor.account) for draft in begun],
        "refusal": refusal,
        "errors": refusal.fields if refusal else {},
    }
    return render(request, "cases/intake/new.html", context, status=refusal.status if refusal else 200)


@staff_only(*DECIDERS)
@require_POST
def take_over(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Go on with what a colleague began."""
    taken = taking_in.take_over(acting(request), draft)
    return redirect("cases:apply_resume", _service(taken), taken.pk)


def _service(draft: Draft) -> str:
    """The address part of the Leistung of a draft."""
    return next((one.slug for one in city().services if one.online == draft.form), draft.form)


@staff_only(*DECIDERS)
@require_GET
def read_back(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Everything that was said, to be read out or read, and signed."""
    mine = draft_for(acting(request), draft)
    application = Application(acting(request), _service(mine), draft)
    intake = intake_of(mine)
    if intake is None or mine.submitted_at is not None:
        raise Http404
    return serve_pdf(handouts.read_back(application, intake), _("Zum Unterschreiben.pdf"))


@staff_only(*DECIDERS)
@require_GET
def done(request: HttpRequest, draft: UUID) -> HttpResponse:
    """It is a case now: number and code for the person, the case for the desk."""
    made, _draft = _submitted(request, draft)
    context = {**frame(request, "intake"), "case": made.case, "code": made.code, "draft": draft}
    return render(request, "cases/intake/done.html", context)


@staff_only(*DECIDERS)
@require_GET
def handout(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The confirmation with number and access code, to be handed over or posted."""
    made, _draft = _submitted(request, draft)
    return serve_pdf(handouts.access_slip(made.case, made.code), f"{made.case.number}.pdf")


def _submitted(request: HttpRequest, draft: UUID) -> tuple[Submitted, Draft]:
    """The case made of a draft of the actor's; Http404 before it was sent."""
    mine = draft_for(acting(request), draft)
    if mine.submitted_at is None:
        raise Http404
    return submit(acting(request), mine), mine  # a repeated submit reads the case that was made
