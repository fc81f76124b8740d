"""Members of the household: the invitation, and the pages on which a member fills in the own part."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiepe.base.accounts.middleware import acting
from kiepe.base.documents.views import serve, serve_preview
from kiepe.base.forms import parts
from kiepe.base.forms.models import OwnPart
from kiepe.base.forms.queries import part_file_for, part_for
from kiepe.base.forms.questions import Problem, post_of
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.languages import switching
from kiepe.cases.applying import Application
from kiepe.cases.applying_part import CHECK, DOCUMENTS, PartApplication
from kiepe.cases.models import Case
from kiepe.cases.views import apply
from kiepe.cases.views.apply_documents import documents_of
from kiepe.cases.views.part_code import member


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, service: str, draft: UUID, item: str) -> HttpResponse:
    """Invite the person of a list; link and code to hand on. GET shows them again while nobody opened it."""
    application = Application(acting(request), service, draft)
    listed = next((page for page in application.flow.form.pages if page.invite and not page.each), None)
    if listed is None or item == listed.first or application.corrects is not None:  # the parts were sent
        return redirect(application.here())
    if request.method == "POST":
        if "take_back" in request.POST:
            parts.take_back(acting(request), draft, item)
            return redirect(reverse("cases:apply_page", args=[service, draft, listed.key]))
        parts.invite(acting(request), draft, listed.of, item)
        return redirect("cases:apply_invite", service, draft, item)
    at = application.at(listed.key)
    part = application.parts.get(item)
    context = {
        "who": application.walk.item_title(at, item),
        "item": item,
        "own": part,
        "link": request.build_absolute_uri(reverse("cases:part_open", args=[service, part.pk])) if part else "",
        "code": parts.invitation_code(part) if part and part.opened_at is None else "",
        "previous": application.page_url(at),
    }
    return apply.render_page(request, "invite", application, listed.section, context)


@member
@require_GET
def code(request: HttpRequest, service: str, part: UUID) -> HttpResponse:
    """The member's own code, and who will see what."""
    application = PartApplication(acting(request), service, part)
    context = {"code": parts.own_code(application.part), "here": application.url("resume"), "service": service}
    return render(request, "cases/part/code.html", context)


@member
@require_GET
def resume(request: HttpRequest, service: str, part: UUID) -> HttpResponse:
    """Go on where it was left."""
    application = PartApplication(acting(request), service, part)
    if application.draft.submitted_at is not None or application.part.done_at is not None:
        return redirect(application.url("done"))
    return redirect(application.here())


@member
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, service: str, part: UUID, page: str, item: str, inner: str = "") -> HttpResponse:
    """One page of the member's questions, or a list."""
    application = PartApplication(acting(request), service, part)
    if application.draft.submitted_at is not None:
        return redirect(application.url("done"))
    return apply.page_of(request, application, application.at(page, item, inner))


@member
@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, service: str, part: UUID) -> HttpResponse:
    """The member's documents; each can be sent now, later, or not."""
    application = PartApplication(acting(request), service, part)
    if application.draft.submitted_at is not None:
        return redirect(application.url("done"))
    return documents_of(request, application)


@require_GET
def file(request: HttpRequest, service: str, part: UUID, file: UUID) -> HttpResponse:  # noqa: ARG001 - the address
    """One of the member's own papers."""
    return serve(part_file_for(acting(request), part, file).stored_file, download=False)


@require_GET
def preview(request: HttpRequest, service: str, part: UUID, file: UUID) -> HttpResponse:  # noqa: ARG001 - the address
    """A small picture of its first page."""
    return serve_preview(part_file_for(acting(request), part, file).stored_file)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, service: str, part: UUID) -> HttpResponse:
    """Everything the member said, with a way to change it. POST: only the language."""
    if request.method == "POST" and not switching(request):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    application = PartApplication(acting(request), service, part)
    if application.draft.submitted_at is not None:
        return redirect(application.url("done"))
    return _check(request, application)


def _check(request: HttpRequest, application: PartApplication, refusal: Refused | None = None) -> HttpResponse:
    walk, mine = application.walk, application.part
    typed: Mapping[str, object] = request.POST
    if request.method != "POST":
        kept = mine.raw.get(CHECK)  # from before the session ended
        typed = post_of(kept) if kept is not None else {"shared": mine.shared, "email": mine.email}
    context = {
        "summary": [
            {"title": section.title, "groups": [(group, application.page_url(group.at)) for group in section.groups]}
            for section in walk.summary()
        ],
        "open_pages": [(walk.title(at), application.page_url(at)) for at in walk.pages if walk.is_open(at)],
        "blocks": application.blocks(),
        "previous": application.url(DOCUMENTS) if application.needs else application.last_page(),
        "typed": typed,
        "problems": [Problem("f-email", sentence) for sentence in (refusal.fields.values() if refusal else ())],
        "language_form": "absenden" if not any(walk.is_open(at) for at in walk.pages) else "",
        "language_path": application.url(CHECK),
    }
    status = refusal.status if refusal else 200
    return apply.render_page(request, "part_check", application, CHECK, context, status=status)


@member
@require_POST
def finish(request: HttpRequest, service: str, part: UUID) -> HttpResponse:
    """The member is through; a mail address that is none is asked for again."""
    application = PartApplication(acting(request), service, part)
    if application.draft.submitted_at is None and application.walk.first_open() is not None:
        return redirect(application.url(CHECK))
    post = request.POST
    try:
        parts.finish(acting(request), part, shared=bool(post.get("shared")), email=post.get("email", ""))
    except Refused as refusal:
        if refusal.status != 422:
            raise
        return _check(request, application, refusal)
    return redirect(application.url("done"))


@member
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, service: str, part: UUID) -> HttpResponse:
    """'Meine Angaben löschen', while the application is not sent: what goes and what stays, then it is done."""
    application = PartApplication(acting(request), service, part)
    if application.draft.submitted_at is not None:
        return redirect(application.url("done"))
    if request.method == "POST":
        parts.forget(acting(request), part, application.flow)
        return redirect(f"{application.url('done')}?geloescht=ja")
    context = {"application": application, "service": service, "part": application.part, "draft": application.draft}
    return render(request, "cases/part/discard.html", context)


@member
@require_GET
def done(request: HttpRequest, service: str, part: UUID) -> HttpResponse:
    """Thanks; what happens next. After the application was sent: the number, with which the own code goes on."""
    mine = part_for(acting(request), part)
    case = Case.objects.filter(draft=mine.draft_id).first()
    context = {
        "own": mine,
        "number": case.number if case is not None else "",
        "sent": mine.draft.submitted_at is not None,
        "service": service,
        "code": parts.own_code(mine),
        "title": _done_title(mine, forgotten="geloescht" in request.GET),
        "unfinished": mine.done_at is None and mine.draft.submitted_at is None,
        "forgotten": "geloescht" in request.GET,
    }
    return render(request, "cases/part/done.html", context)


def _done_title(part: OwnPart, *, forgotten: bool) -> str:
    if part.draft.submitted_at is not None:
        return _("Danke, das war Ihr Teil") if part.done_at else _("Der Antrag ist schon abgeschickt")
    if part.done_at is None:
        return _("Ihre Angaben sind gelöscht") if forgotten else _("Ihr Teil ist noch nicht fertig")
    return _("Danke, das war Ihr Teil")
