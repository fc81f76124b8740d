"""Pages on which somebody applies: start, questions, documents, check, sent. German addresses below /antrag/."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiepe.base.accounts.middleware import CASES, DRAFTS, acting
from kiepe.base.forms import actions as drafts
from kiepe.base.forms.flow import PageAt, Parsed
from kiepe.base.forms.models import KEPT_DAYS
from kiepe.base.forms.queries import open_draft
from kiepe.base.forms.questions import Problem, post_of, problems, questions
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.languages import switching
from kiepe.cases import actions, types
from kiepe.cases.applying import CHECK, DOCUMENTS, Application, procedure_of

NOT_TYPED = frozenset({"action", "weiter", "csrfmiddlewaretoken"})


@csrf_exempt  # the page is read without a cookie, so there is no token; _our_own_page stands in for it
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, service: str) -> HttpResponse:
    """What it takes and what happens with the data. POST begins a draft, and with it the session."""
    case_type, entry, procedure = procedure_of(service)
    flow = types.form(case_type.key)
    if request.method == "POST":
        _our_own_page(request)
        draft = drafts.begin(acting(request), flow)
        request.session[DRAFTS] = [*request.session.get(DRAFTS, []), str(draft.pk)]
        return redirect("cases:apply_resume", service, draft.pk)
    context = {
        "service": service,
        "entry": entry,
        "procedure": procedure,
        "form": flow.form,
        "text": entry.text() if entry is not None else None,
        "draft": open_draft(acting(request), case_type.key),
        "erased": "geloescht" in request.GET,
        "kept_days": KEPT_DAYS,
    }
    return render(request, "cases/apply/start.html", context)


def _our_own_page(request: HttpRequest) -> None:
    """Refuse a POST that another site's page sent (Sec-Fetch-Site; Origin where a browser does not send it)."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin", "null")
    own = f"{request.scheme}://{request.get_host()}"
    if site not in {None, "same-origin", "none"} or (site is None and origin not in {"null", own}):
        raise Refused(
            _("Diese Anfrage kam von einer anderen Seite"),
            _("Öffnen Sie den Antrag bitte von unserer Seite aus."),
            status=403,
        )


@require_GET
def resume(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """Go on where it was left."""
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is not None:
        return redirect("cases:apply_sent", service, draft)
    return redirect(application.here())


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, service: str, draft: UUID, page: str, item: str = "", inner: str = "") -> HttpResponse:
    """One page of questions, or a list."""
    application = Application(acting(request), service, draft)
    at = application.at(page, item, inner)
    if application.draft.submitted_at is not None:
        return redirect("cases:apply_sent", service, draft)
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
    parsed = application.flow.parse(at, application.draft.answers, request.POST)
    changing = switching(request)
    if changing and not any(values != [""] for key, values in request.POST.lists() if key not in NOT_TYPED):
        return redirect(_again(request, application, at))
    application.changed(drafts.save(acting(request), application.draft.pk, application.flow, at, parsed))
    if request.POST.get("action") == "pause":
        return redirect(application.url("pause"))
    if changing or not parsed.good:
        return redirect(_again(request, application, at))
    return redirect(application.after(at, back=_back(request)))


def _show(request: HttpRequest, application: Application, at: PageAt) -> HttpResponse:
    raw = application.draft.raw.get(at.address)
    parsed = Parsed() if raw is None else application.flow.parse(at, application.draft.answers, post_of(raw))
    walk = application.walk
    context = {
        "title": walk.title(at),
        "intros": [walk.word(at, text) for text in at.page.intros],
        "why": walk.word(at, at.page.why),
        "note": walk.word(at, at.page.note),
        "questions": questions(walk, at, raw, parsed.errors),
        "problems": problems(walk, at, parsed.errors),
        "soft": any(field.required == "soft" for field in at.page.fields),
        "back_to_check": _back(request),
        "previous": application.url(CHECK) if _back(request) else application.before(at),
        "language_form": "antrag",
    }
    return render_page(request, "page", application, at.page.section, context)


def _list(request: HttpRequest, application: Application, at: PageAt) -> HttpResponse:
    actor, draft = acting(request), application.draft.pk
    if request.method != "POST":
        return _show_list(request, application, at)
    if request.POST.get("action") == "pause":
        return redirect(application.url("pause"))
    if "remove" in request.POST:
        application.changed(drafts.remove_item(actor, draft, application.flow, at, request.POST["remove"]))
        return redirect(f"{application.page_url(at)}{'?weiter=pruefen' if _back(request) else ''}")
    if request.POST.get("action") == "add":
        stored, item = drafts.add_item(actor, draft, application.flow, at)
        application.changed(stored)
        first = application.walk.first_page_of(at, item)
        return redirect(application.page_url(first if first is not None else at))
    if len(application.walk.items(at)) < at.page.min:
        return redirect(f"{application.page_url(at)}?fehlt=ja{'&weiter=pruefen' if _back(request) else ''}")
    application.changed(drafts.pass_list(actor, draft, at))
    return redirect(application.after(at, back=_back(request)))


def _show_list(request: HttpRequest, application: Application, at: PageAt) -> HttpResponse:
    walk = application.walk
    short = "fehlt" in request.GET and len(walk.items(at)) < at.page.min
    items = [
        {
            "id": item["id"],
            "title": walk.item_title(at, item["id"]),
            "link": application.page_url(first) if (first := walk.first_page_of(at, item["id"])) else "",
            "open": walk.item_open(at, item["id"]),
            "stays": item["id"] == at.page.first,
            "empty": set(item) == {"id"},
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
        "removing": asked,
        "here": application.page_url(at),
        "problems": [Problem("f-add", _("Fügen Sie bitte mindestens %d hinzu.") % at.page.min)] if short else [],
        "back_to_check": _back(request),
        "previous": application.url(CHECK) if _back(request) else application.before(at),
    }
    name = "remove" if asked else "list"
    return render_page(request, name, application, at.page.section, context)


def render_page(
    request: HttpRequest, name: str, application: Application, current: str, context: dict[str, Any]
) -> HttpResponse:
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
    }
    return render(request, f"cases/apply/{name}.html", shell | context)


@require_GET
def check(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """All answers with a way to change each, what is missing, and the declaration."""
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is not None:
        return redirect("cases:apply_sent", service, draft)
    walk = application.walk
    undeclared = "fehlt" in request.GET and walk.first_open() is None  # before that there is nothing to declare
    sentence = _("Bestätigen Sie bitte, dass Ihre Angaben stimmen.")
    blocks = application.blocks()
    context = {
        "summary": [
            {"title": section.title, "groups": [(group, application.page_url(group.at)) for group in section.groups]}
            for section in walk.summary()
        ],
        "open_pages": [(walk.title(at), application.page_url(at)) for at in walk.pages if walk.is_open(at)],
        "soft": [(one.label, application.page_url(one.at)) for one in walk.missing() if one.soft],
        "blocks": blocks,
        "later": [block for block in blocks if not block.files and not block.lacking],
        "declaration": application.flow.form.declaration,
        "problems": [Problem("f-declared", sentence)] if undeclared else [],
        "previous": application.url(DOCUMENTS) if application.needs else application.last_page(),
    }
    return render_page(request, "check", application, CHECK, context)


@require_POST
def submit(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """Send it, once. What is still open is shown; a second click lands on the same confirmation."""
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is None:
        if application.walk.first_open() is not None:
            return redirect(application.url(CHECK))
        if not request.POST.get("declared"):
            return redirect(f"{application.url(CHECK)}?fehlt=ja")
    case = actions.submit(acting(request), application.draft).case
    opened = request.session.get(CASES, [])
    request.session[CASES] = opened if case.pk in opened else [*opened, case.pk]
    return redirect("cases:apply_sent", service, draft)


@require_GET
def sent(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """The confirmation: number, day of receipt, access code, what happens next."""
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is None:
        return redirect(application.url(CHECK))
    made = actions.submit(acting(request), application.draft)  # a repeated submit reads the case that was made
    context = {
        "case": made.case,
        "code": made.code,
        "service": service,
        "draft": application.draft,
        "form_title": application.title,
        "procedure": application.procedure,
        "missing": made.case.docs_needed - made.case.docs_settled,
        "demo": settings.DEMO,
    }
    return render(request, "cases/apply/sent.html", context)


@require_GET
def pause(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """Saved: where and until when it can be gone on with."""
    application = Application(acting(request), service, draft)
    if application.draft.submitted_at is not None:
        return redirect("cases:apply_sent", service, draft)
    return render_page(request, "pause", application, "", {"here": application.here()})


@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, service: str, draft: UUID) -> HttpResponse:
    """'Fertig, alles löschen': the drafts of this browser and its session go."""
    application = Application(acting(request), service, draft)
    if request.method != "POST":
        return render_page(request, "discard", application, "", {"sent": application.draft.submitted_at is not None})
    actor = acting(request)
    for one in {application.draft.pk, *(UUID(held) for held in actor.drafts)}:
        try:
            drafts.discard(actor, one)
        except Http404:  # its day has come, or another window was quicker
            continue
    request.session.flush()
    response = redirect("cases:apply_start", service)
    response["Location"] += "?geloescht=ja"
    return response
