"""Pages on which somebody applies: start, questions, documents, check, sent. German addresses below /antrag/."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiepe.base.accounts.middleware import CASES, DRAFTS, acting, hold
from kiepe.base.forms import actions as drafts
from kiepe.base.forms import values, windows
from kiepe.base.forms.doubts import Asked, by_field, unsent
from kiepe.base.forms.flow import PageAt, Parsed
from kiepe.base.forms.models import KEPT_DAYS
from kiepe.base.forms.queries import open_draft
from kiepe.base.forms.questions import Problem, post_of, problems, questions
from kiepe.base.kernel import clock
from kiepe.base.kernel.origin import our_own_page
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.languages import switching
from kiepe.cases import actions, completeness, types
from kiepe.cases.applying import CHECK, DOCUMENTS, QUIET, Application, procedure_of
from kiepe.cases.queries import corrections_begun
from kiepe.cases.views.carrying import ASKED_BY_SCRIPT
from kiepe.cases.views.resume import holder


@csrf_exempt  # the page is read without a cookie, so there is no token; _our_own_page stands in for it
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, service: str) -> HttpResponse:
    """What it takes and what happens with the data. POST begins a draft, and with it the session."""
    case_type, entry, procedure = procedure_of(service)
    flow = types.form(case_type.key)
    if request.method == "POST":
        our_own_page(request)
        draft = drafts.begin(acting(request), flow)
        hold(request, DRAFTS, draft.pk)
        return redirect("cases:apply_resume", service, draft.pk)
    context = {
        "service": service,
        "entry": entry,
        "procedure": procedure,
        "form": flow.form,
        "text": entry.text() if entry is not None else None,
        "draft": open_draft(acting(request), case_type.key, but=corrections_begun()),
        "erased": request.GET.get("geloescht", ""),
        "remaining": request.GET.get("bleibt", ""),
        "kept_days": KEPT_DAYS,
        "at_stake": case_type.at_stake({}, clock.today()) if case_type.at_stake is not None else "",
    }
    return render(request, "cases/apply/start.html", context)


@holder
@require_GET
def resume(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """Go on where it was left."""
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is not None:
        return redirect("cases:apply_sent", service, draft)
    return redirect(application.here())


@holder
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, service: str, draft: UUID, page: str, item: str = "", inner: str = "") -> HttpResponse:
    """One page of questions, or a list."""
    application = Application(acting(request), service, draft)
    at = application.at(page, item, inner)
    if application.draft.submitted_at is not None:
        return redirect("cases:apply_sent", service, draft)
    return page_of(request, application, at)


def page_of(request: HttpRequest, application: Application, at: PageAt) -> HttpResponse:
    """A page of questions or a list, of an application or of a member's own part."""
    if not application.walk.reachable(at):
        return _not_asked(request, application)
    if at.page.is_list:
        return _list(request, application, at)
    if request.method == "POST":
        return _save(request, application, at)
    return _show(request, application, at)


def _not_asked(request: HttpRequest, application: Application) -> HttpResponse:
    """The answers no longer call for this page, perhaps since another window changed them."""
    if request.method == "POST":
        raise Refused(
            _("Diese Frage stellt sich nicht mehr"),
            _("Vielleicht haben Sie in einem anderen Fenster etwas geändert. Gehen Sie zurück und laden Sie neu."),
        )
    return redirect(application.here())


def _back(request: HttpRequest) -> bool:
    return (request.POST.get("weiter") or request.GET.get("weiter")) == "pruefen"


def _again(request: HttpRequest, application: Application, at: PageAt) -> str:
    return f"{application.page_url(at)}{'?weiter=pruefen' if _back(request) else ''}"


def _save(request: HttpRequest, application: Application, at: PageAt) -> HttpResponse:
    """Store the page and go on; 422 and the page again, with everything typed, where something could not be read."""
    if request.POST.get("action") == "told":
        return _told(request, application, at)
    leads_to = redirect(application.take(at, request.POST, back=_back(request)))
    unread = at.address in application.raw and request.POST.get("action") != "pause" and not switching(request)
    if unread and not request.headers.get(ASKED_BY_SCRIPT):  # apply.js follows addresses
        return _show(request, application, at, status=422)
    return leads_to


def _told(request: HttpRequest, application: Application, at: PageAt) -> HttpResponse:
    """What we understand of what stands in the form now, and the kind questions about it; nothing is stored.

    Asked by the page's script (forms/typed.js), which puts each question beside its field as it comes from here; what
    was confirmed comes with its tick.
    """
    parsed = application.flow.parse(at, application.answers, request.POST)
    told = {field.key: values.told(field, parsed.values.get(field.key)) for field in at.page.fields}
    placed = by_field(application.doubts_typed(at, parsed), at)
    ask = [_box(request, field, one) for field, found in placed.items() for one in found]
    return JsonResponse({"told": told, "ask": ask})


def _box(request: HttpRequest, field: str, one: Asked) -> dict[str, object]:
    html = render_to_string("forms/parts/doubt.html", {"doubt": one}, request)
    return {"name": one.name, "field": field, "html": html}


def _show(request: HttpRequest, application: Application, at: PageAt, *, status: int = 200) -> HttpResponse:
    raw = application.raw.get(at.address)
    parsed = Parsed() if raw is None else application.flow.parse(at, application.answers, post_of(raw))
    walk, errors = application.walk, {} if raw is not None and QUIET in raw else parsed.errors
    asked = application.doubts_at(at)
    if raw is not None:
        asked = unsent(post_of(raw), application.doubts_typed(at, parsed))
    context = {
        "title": walk.title(at),
        "window": windows.mark(walk, at),
        "elsewhere": application.elsewhere(at, parsed) if raw is not None and not parsed.errors else [],
        "intros": [walk.word(at, text) for text in at.page.intros],
        "why": walk.word(at, at.page.why),
        "note": walk.word(at, at.page.note),
        "questions": questions(walk, at, raw, errors, by_field(asked, at)),
        "doubts": asked,
        "problems": problems(walk, at, errors),
        "heard": application.heard(at),
        "soft": any(field.required == "soft" for field in at.page.fields),
        "back_to_check": _back(request),
        "previous": application.url(CHECK) if _back(request) else application.before(at),
        "language_form": "antrag",
        **_ways_back(request, application, at),
    }
    return render_page(request, "page", application, at.page.section, context, status=status)


def _ways_back(request: HttpRequest, application: Application, at: PageAt) -> dict[str, Any]:
    """On the very first page the code to come back with; right after name and address the offer to keep the day."""
    draft = application.draft
    fresh = application.way_back and not draft.done and not draft.raw and draft.filed_at is None
    return {
        "way_back": actions.way_back(acting(request), draft.pk) if fresh else None,
        "offer_day": application.may_keep_date and not _back(request) and application.first_after_day(at),
    }


def _list(request: HttpRequest, application: Application, at: PageAt) -> HttpResponse:
    if request.method != "POST":
        return _show_list(request, application, at)
    if switching(request):
        return redirect(application.pass_list(at, request.POST, back=_back(request)))
    if request.POST.get("action") == "pause":
        return redirect(application.url("pause"))
    if "remove" in request.POST:
        application.remove_item(at, request.POST["remove"])
        return redirect(_again(request, application, at))
    if request.POST.get("action") == "add":
        item = application.add_item(at)
        first = application.walk.first_page_of(at, item)
        return redirect(application.page_url(first if first is not None else at))
    if len(application.walk.items(at)) < at.page.min:
        return redirect(f"{application.page_url(at)}?fehlt=ja{'&weiter=pruefen' if _back(request) else ''}")
    return redirect(application.pass_list(at, request.POST, back=_back(request)))


def _show_list(request: HttpRequest, application: Application, at: PageAt) -> HttpResponse:
    walk, corrects = application.walk, application.corrects is not None
    short = "fehlt" in request.GET and len(walk.items(at)) < at.page.min
    items = [
        {
            "id": item["id"],
            "title": walk.item_title(at, item["id"]),
            "link": application.page_url(first) if (first := walk.first_page_of(at, item["id"])) else "",
            "open": walk.item_open(at, item["id"]),
            "stays": item["id"] == at.page.first or (corrects and not at.item_ids and item["id"] in application.parts),
            "empty": set(item) == {"id"},
            "part": application.parts.get(item["id"]) if not at.item_ids else None,
            "may_invite": at.page.invite and item["id"] != at.page.first and set(item) != {"id"} and not corrects,
        }
        for item in walk.items(at)
    ]
    asked = next((item for item in items if item["id"] == request.GET.get("entfernen") and not item["stays"]), None)
    context = {
        "title": walk.title(at),
        "list": at.page,
        "intros": [walk.word(at, text) for text in at.page.intros],
        "why": walk.word(at, at.page.why),
        "note": walk.word(at, at.page.note),
        "items": items,
        "doubts": application.doubts_at(at),
        "removing": asked,
        "here": application.page_url(at),
        "problems": [Problem("f-add", _("Fügen Sie bitte mindestens %d hinzu.") % at.page.min)] if short else [],
        "back_to_check": _back(request),
        "previous": application.url(CHECK) if _back(request) else application.before(at),
        "language_form": "" if asked else "antrag",
        **_ways_back(request, application, at),
    }
    name = "remove" if asked else "list"
    return render_page(request, name, application, at.page.section, context)


def render_page(
    request: HttpRequest,
    name: str,
    application: Application,
    current: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of an application or of an own part, with stepper, foot and help."""
    steps = application.steps(current)
    now = next((step for step in steps if step.state == "now"), steps[-1])
    shell = {
        "application": application,
        "service": application.service,
        "draft": application.draft,
        "form_title": application.title,
        "steps": steps,
        "now": now,
        "help_phone": True,
        "intake": application.intake if application.actor.is_staff else None,
        "part": getattr(application, "part", None),
        "at_stake": application.at_stake,
        "may_keep_date": application.may_keep_date,
    }
    return render(request, f"cases/apply/{name}.html", shell | context, status=status)


@holder
@require_GET
def check(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """All answers with a way to change each, what is missing, and the declaration."""
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is not None:
        return redirect("cases:apply_sent", service, draft)
    walk = application.walk
    undeclared = "fehlt" in request.GET and walk.first_open() is None  # before that there is nothing to declare
    sentence = _("Bestätigen Sie bitte, dass Ihre Angaben stimmen.")
    if request.GET.get("fehlt") == "aenderung":
        sentence = _("Sie haben noch nichts geändert. Ändern Sie, was nicht stimmt, und senden Sie es dann ab.")
    blocks = application.blocks()
    context = {
        "summary": [
            {"title": section.title, "groups": [(group, application.page_url(group.at)) for group in section.groups]}
            for section in walk.summary()
        ],
        "open_pages": [(walk.title(at), application.page_url(at)) for at in walk.pages if walk.is_open(at)],
        "soft": [(one.label, application.page_url(one.at)) for one in walk.missing() if one.soft],
        "differences": application.differences(),
        "blocks": blocks,
        "doubts": [(one, application.doubt_url(one)) for one in application.doubts],
        "later": [block for block in blocks if not block.files and not block.lacking],
        "declaration": application.flow.form.declaration,
        "problems": [Problem("f-declared", sentence)] if undeclared else [],
        "previous": application.url(DOCUMENTS) if application.needs else application.last_page(),
    }
    return render_page(request, "check", application, CHECK, context)


@holder
@require_POST
def submit(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """Send it, once. What is still open is shown; a second click lands on the same confirmation."""
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is None:
        if application.walk.first_open() is not None:
            return redirect(application.url(CHECK))
        if not request.POST.get("declared"):
            return redirect(f"{application.url(CHECK)}?fehlt=ja")
    if application.corrects is not None:
        return _send_correction(request, application)
    case = actions.submit(acting(request), application.draft).case
    if acting(request).is_staff:
        return redirect("cases:desk_taken_in", draft)
    hold(request, CASES, case.pk)
    return redirect("cases:apply_sent", service, draft)


def _send_correction(request: HttpRequest, application: Application) -> HttpResponse:
    """Send a new version of the answers of a case."""
    try:
        case = actions.correct_answers(acting(request), application.draft).case
    except Refused as refusal:
        if refusal.status != 422:
            raise
        return redirect(f"{application.url(CHECK)}?fehlt=aenderung")
    return redirect(f"{reverse('cases:status', args=[case.number])}?getan=berichtigt")


@holder
@require_GET
def sent(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """The confirmation: number, day of receipt, access code, what happens next."""
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is None:
        return redirect(application.url(CHECK))
    if acting(request).is_staff:
        return redirect("cases:desk_taken_in", draft)
    if application.corrects is not None:
        return redirect("cases:status", application.corrects.number)
    made = actions.submit(acting(request), application.draft)  # a repeated submit reads the case that was made
    context = {
        "case": made.case,
        "code": made.code,
        "service": service,
        "draft": application.draft,
        "form_title": application.title,
        "procedure": application.procedure,
        "missing": completeness.unanswered(made.case),
        "demo": settings.DEMO,
    }
    return render(request, "cases/apply/sent.html", context)
