"""Stopping and coming back: link and code for another device, what is there again, and 'Fertig, alles löschen'."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiepe.base.accounts.middleware import acting
from kiepe.base.forms import actions as drafts
from kiepe.base.forms.queries import visible
from kiepe.base.kernel import limits
from kiepe.base.ui.languages import switching
from kiepe.cases import actions
from kiepe.cases.applying import Application
from kiepe.cases.models import Case
from kiepe.cases.views.apply import render_page
from kiepe.cases.views.resume import HOUR, holder


@holder
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """Saved: how and until when it can be gone on with, on this device and on another. POST: only the language."""
    if request.method == "POST" and not switching(request):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is not None:
        return redirect("cases:apply_sent", service, draft)
    if application.actor.is_staff:  # it stands in the list of what the unit has begun
        return redirect("cases:desk_take_in")
    return _pause(request, application, request.POST.get("email", "") if switching(request) else "")


def _pause(request: HttpRequest, application: Application, email: str = "", sentence: str = "") -> HttpResponse:
    way = actions.way_back(acting(request), application.draft.pk)
    context = {
        "here": application.here(),
        "way": way,
        "link": _link(request, way.token),
        "email": email,
        "email_error": sentence,
        "mailed": "gemailt" in request.GET,
        "renewed": "neu" in request.GET,
        "signed_in": acting(request).account is not None,
        "language_form": "mail-link",
        "language_path": application.url("pause"),
    }
    response = render_page(request, "pause", application, "", context)
    response.status_code = 422 if sentence else 200
    return response


def _link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("cases:resume_link", args=[token]))


@holder
@require_POST
def mail_link(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """Send the link, without code and content."""
    application = Application(acting(request), service, draft)
    typed = request.POST.get("email", "").strip()
    if switching(request):
        return _pause(request, application, typed)
    try:
        validate_email(typed)
    except ValidationError:
        sentence = _("Geben Sie eine Mailadresse ein, zum Beispiel erika@beispiel.de")
        return _pause(request, application, typed, sentence)
    limits.hit("link-mail-origin", limits.origin(request), limit=20, seconds=HOUR)
    limits.hit("link-mail-draft", str(draft), limit=5, seconds=HOUR)
    limits.hit("link-mail-to", typed.lower(), limit=5, seconds=HOUR)
    way = actions.way_back(acting(request), draft)
    actions.mail_link(acting(request), draft, typed, _link(request, way.token))
    return redirect(f"{application.url('pause')}?gemailt=ja")


@holder
@require_POST
def renew(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """A new link and a new code: for somebody whose old ones were seen."""
    application = Application(acting(request), service, draft)
    actions.renew_way(acting(request), draft)
    return redirect(f"{application.url('pause')}?neu=ja")


@holder
@require_GET
def back(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """Welcome back: what is there, until when, which day is at stake."""
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is not None:
        return redirect("cases:apply_sent", service, draft)
    context = {
        "here": application.here(),
        "files": application.draft.files.count(),
        "case": application.case,
        "open_pages": sum(application.walk.is_open(at) for at in application.walk.pages),
    }
    return render_page(request, "back", application, "", context)


def _put_away(request: HttpRequest, application: Application) -> HttpResponse:
    """What staff took in: only this one goes, and nobody is signed out. The case with its day stays."""
    if request.method == "POST":
        drafts.discard(application.actor, application.draft.pk)
        return redirect("cases:desk_take_in")
    context = {"sent": application.draft.submitted_at is not None, "staying": [], "way": None}
    return render_page(request, "discard", application, "", context)


@holder
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """'Fertig, alles löschen': the drafts of this browser and its session go; or only what this device knows."""
    application = Application(acting(request), service, draft)
    actor = acting(request)
    if actor.is_staff:
        return _put_away(request, application)
    held = {application.draft.pk, *(UUID(one) for one in actor.drafts)}
    staying = list(Case.objects.filter(draft__in=visible(actor).filter(pk__in=held).values("pk")).order_by("pk"))
    if request.method != "POST":
        way = actions.way_back(actor, draft) if application.draft.submitted_at is None else None
        context = {"sent": application.draft.submitted_at is not None, "staying": staying, "way": way}
        return render_page(request, "discard", application, "", context)
    forget = request.POST.get("action") == "forget"
    for one in () if forget else held:
        try:
            drafts.discard(actor, one)
        except Http404:  # its day has come, or another window was quicker
            continue
    request.session.flush()
    response = redirect("cases:apply_start", service)
    response["Location"] += f"?geloescht={'geraet' if forget else 'ja'}{f'&bleibt={len(staying)}' if staying else ''}"
    response["Clear-Site-Data"] = '"storage"'  # what apply.js kept while a page could not be sent
    return response
