"""The code of a member's own part: opening it, and coming back with what was typed when the session had ended.

Nothing here tells a part that never was from one whose code is wrong.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kiepe.base.accounts.middleware import PARTS, acting, hold
from kiepe.base.forms import parts
from kiepe.base.forms.models import OwnPart
from kiepe.base.kernel import limits
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.base.kernel.origin import our_own_page
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.languages import own_link, switching
from kiepe.cases.applying import procedure_of
from kiepe.cases.applying_part import PartApplication
from kiepe.cases.views import carrying
from kiepe.cases.views.carrying import Typed

HOUR = 3600
PER_ORIGIN, PER_PART = 30, 10  # wrong attempts in an hour
REOPENED = frozenset(  # safe to show again
    {"part_page", "part_documents", "part_check", "part_finish", "part_discard", "part_pause", "part_code"}
)
View = Callable[..., HttpResponse]
log = logging.getLogger(__name__)


def member(view: View) -> View:
    """For every page of an own part: who did not open it is asked for its code, whether there is such a part or not."""

    @wraps(view)
    def guarded(request: HttpRequest, service: str, part: UUID, **kwargs: str) -> HttpResponse:
        try:
            return carrying.for_script(request, view(request, service, part, **kwargs))
        except Http404:
            actor = acting(request)
            if actor.is_staff or str(part) in actor.parts:
                raise
            procedure_of(service)
            typed = carrying.typed_on(request) if request.method == "POST" else None
            return _ask(request, service, part, path=request.path, typed=typed, status=404)

    return guarded


@csrf_exempt  # who comes from another device has no session yet; our_own_page stands in for the token
@require_http_methods(["GET", "HEAD", "POST"])
def open_part(request: HttpRequest, service: str, part: UUID) -> HttpResponse:
    """Open the part by code. The first time the member sees a code of their own, which the applicant never does."""
    procedure_of(service)
    if request.method != "POST":
        return _ask(request, service, part)
    our_own_page(request)
    typed, path = carrying.carried(request) if "sent" in request.POST else None, request.POST.get("path", "")
    if switching(request):
        return _ask(request, service, part, path=path, typed=typed)
    origin = limits.origin(request)
    limits.hit("part-code-origin", origin, limit=PER_ORIGIN, seconds=HOUR)
    limits.hit("part-code-part", str(part), limit=PER_PART, seconds=HOUR)
    try:
        opened = parts.open_by_code(part, request.POST.get("code", ""))
    except Refused as refusal:
        log.info("a code of an own part did not fit")
        return _ask(request, service, part, path=path, typed=typed, refusal=refusal, status=422)
    limits.forgive("part-code-origin", origin, seconds=HOUR)
    limits.forgive("part-code-part", str(part), seconds=HOUR)
    hold(request, PARTS, opened.pk, by_code=True)
    return redirect(_back_to(request, service, opened, path, typed))


def _back_to(request: HttpRequest, service: str, part: OwnPart, path: str, typed: Typed | None) -> str:
    """Where the member goes on: what was typed is stored, and the flow leads on from there."""
    path = own_link(path)
    match = _page_of(path)
    if match is None or match.kwargs["part"] != part.pk or match.url_name not in REOPENED or part.draft.submitted_at:
        return reverse("cases:part_code", args=[service, part.pk])
    if typed is None:
        return reverse("cases:part_check", args=[service, part.pk]) if match.url_name == "part_finish" else path
    actor = Actor(ActorKind.CITIZEN, account=acting(request).account, parts=frozenset({str(part.pk)}))
    application = PartApplication(actor, service, part.pk)
    if match.url_name == "part_finish":  # the member says once more that it is finished, with what was typed there
        application.note(parts.FINISH, {name: typed[name] for name in ("shared", "email") if name in typed})
        return application.url(parts.FINISH)
    return carrying.store(application, match, path, typed)


def _page_of(path: str) -> ResolverMatch | None:
    return carrying.page_of(path, "part_", "part")


def _ask(
    request: HttpRequest,
    service: str,
    part: UUID,
    *,
    path: str = "",
    typed: Typed | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page that asks for the code; the same one whether there is such a part or not."""
    context = {
        "action": reverse("cases:part_open", args=[service, part]),
        "path": path if _page_of(path) is not None else "",
        "typed": carrying.pairs(typed),
        "shown": carrying.shown(_page_of(path), typed or {}),
        "lost_files": bool(request.FILES),
        "ended": typed is not None,
        "refusal": refusal,
        "code": request.POST.get("code", "")[:40] if switching(request) else "",
        "language_form": "teil",
        "language_path": reverse("cases:part_open", args=[service, part]),
    }
    return carrying.unlisted(render(request, "cases/part/open.html", context, status=status))


def csrf_failure(request: HttpRequest) -> HttpResponse | None:
    """A page of an own part whose session had ended: what was typed is still there. None for every other page."""
    match = _page_of(request.path)
    if match is None:
        return None
    if str(match.kwargs["part"]) in acting(request).parts:
        return carrying.once_more(request, match)
    service, part = match.kwargs["service"], match.kwargs["part"]
    return _ask(request, service, part, path=request.path, typed=carrying.typed_on(request), status=403)
