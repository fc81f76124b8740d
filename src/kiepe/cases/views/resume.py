"""Coming back to an application: link and code on another device, and what was typed when a session had ended.

Nothing here tells a link that never was from one whose code is wrong. What was typed travels inside the page, not in
the address, and is stored as soon as it is clear whose it is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kiepe.base.accounts.middleware import DRAFTS, acting, hold
from kiepe.base.accounts.views import ONWARD
from kiepe.base.forms import actions as drafts
from kiepe.base.forms import windows
from kiepe.base.forms.models import Draft
from kiepe.base.forms.queries import visible
from kiepe.base.kernel import limits
from kiepe.base.kernel.actor import Actor, ActorKind
from kiepe.base.kernel.origin import is_our_own, our_own_page
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui import views as ui
from kiepe.base.ui.languages import own_link, switching
from kiepe.cases import access, actions, types
from kiepe.cases.applying import Application, procedure_of
from kiepe.cases.views import carrying, part_code, words_kept
from kiepe.cases.views.carrying import Typed

HOUR = 3600
PER_ORIGIN, PER_LINK = 30, 10  # wrong attempts in an hour
REOPENED = frozenset(
    {"apply_page", "apply_documents", "apply_check", "apply_pause", "apply_keep"}
)  # safe to show again
# what only acts is not done by coming back: the page is shown on which it can be asked for again
LEADS_TO = {
    "apply_submit": "cases:apply_check",
    "apply_mail_link": "cases:apply_pause",
    "apply_renew": "cases:apply_pause",
}
KEPT = "kept"  # session key: what was typed, while somebody signs in
View = Callable[..., HttpResponse]
log = logging.getLogger(__name__)


def holder(view: View) -> View:
    """For every page of a draft: who does not hold it is asked for its code, whether there is such a draft or not."""

    @wraps(view)
    def guarded(request: HttpRequest, service: str, draft: UUID, **kwargs: str) -> HttpResponse:
        try:
            if request.method == "GET" and request.COOKIES and KEPT in request.session:
                stored = _stored_after_sign_in(request, draft)
                if stored is not None:
                    return stored
            return carrying.for_script(request, view(request, service, draft, **kwargs))
        except Http404:
            actor, posted = acting(request), request.method == "POST"
            if actor.is_staff or visible(actor).filter(pk=draft).exists():
                raise
            return _ask(
                request,
                handle=str(draft),
                path=request.path,
                typed=carrying.typed_on(request) if posted else None,
                status=404,
            )

    return guarded


@csrf_exempt  # whoever comes from another device has no session yet; our_own_page stands in for the token
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, token: str = "") -> HttpResponse:
    """The code to a link. POST opens the draft in this browser, and stores what was typed when the session ended."""
    if request.method != "POST":
        return _ask(request, handle=token)
    our_own_page(request)
    if acting(request).is_staff:
        raise Refused(
            _("Sie sind am Arbeitsplatz angemeldet."), _("Melden Sie sich dort ab, dann geht es hier weiter.")
        )
    handle, path = request.POST.get("link", token).strip(), request.POST.get("path", "")
    typed = carrying.carried(request) if "sent" in request.POST else None
    if switching(request):
        return _ask(request, handle=handle, path=path, typed=typed)
    if request.POST.get("action") == "sign_in":
        return _sign_in(request, path, typed)
    if request.POST.get("action") == "anew":
        return _anew(request, path, typed)
    handle = _token_of(handle)
    try:
        draft = _opened(request, handle, request.POST.get("code", ""))
    except Refused as refusal:
        if refusal.status != 422:
            raise
        return _ask(request, handle=handle, path=path, typed=typed, refusal=refusal)
    hold(request, DRAFTS, draft.pk, by_code=True)
    return _back_to(request, draft, path, typed)


def _token_of(text: str) -> str:
    """What was typed for a link: the whole address, or its last part."""
    return text.rstrip("/").rpartition("/")[2][:60]


def _opened(request: HttpRequest, handle: str, code: str) -> Draft:
    origin, link = limits.origin(request), access.plain(handle)
    limits.hit("resume-origin", origin, limit=PER_ORIGIN, seconds=HOUR)
    limits.hit("resume-link", link, limit=PER_LINK, seconds=HOUR)
    try:
        draft = actions.resume(handle, code)
    except Refused:
        log.info("a link and a code did not fit")
        raise
    limits.forgive("resume-origin", origin, seconds=HOUR)
    limits.forgive("resume-link", link, seconds=HOUR)
    log.info("draft %s: opened again by its code", draft.pk)
    return draft


def _back_to(request: HttpRequest, draft: Draft, path: str, typed: Typed | None) -> HttpResponse:
    """Where somebody who is known again goes on: what was typed is stored, and the flow leads on from there."""
    path = own_link(path)
    if draft.submitted_at is not None:
        return redirect("cases:apply_sent", draft.form, draft.pk)
    match = _page_of(path)
    if match is not None and match.kwargs["draft"] == draft.pk and match.url_name in LEADS_TO:
        return redirect(LEADS_TO[match.url_name], draft.form, draft.pk)
    if match is None or match.kwargs["draft"] != draft.pk or match.url_name not in REOPENED:
        return redirect("cases:apply_back", draft.form, draft.pk)
    return redirect(path if typed is None else _store(_who_holds(request, draft), match, path, typed))


def _store(actor: Actor, match: ResolverMatch, path: str, typed: Typed) -> str:
    application = Application(actor, match.kwargs["service"], match.kwargs["draft"])
    return carrying.store(application, match, path, typed)


def _page_of(path: str) -> ResolverMatch | None:
    return carrying.page_of(path, "apply_", "draft")


def _who_holds(request: HttpRequest, draft: Draft) -> Actor:
    """Who has just shown that the draft is theirs."""
    return Actor(ActorKind.CITIZEN, account=acting(request).account, drafts=frozenset({str(draft.pk)}))


def _sign_in(request: HttpRequest, path: str, typed: Typed | None) -> HttpResponse:
    """To the sign-in; what was typed waits in the new session."""
    if _page_of(path) is not None:
        request.session[KEPT] = {"path": path, "typed": typed}
        request.session[ONWARD] = path
    return redirect("accounts:sign_in")


def _stored_after_sign_in(request: HttpRequest, draft: UUID) -> HttpResponse | None:
    """What waited while somebody signed in is stored, if the draft is theirs."""
    kept = request.session[KEPT]
    match = _page_of(str(kept["path"]))
    actor = acting(request)
    if match is None or match.kwargs["draft"] != draft or not visible(actor).filter(pk=draft).exists():
        return None
    del request.session[KEPT]
    if not carrying.has_words(match) or kept["typed"] is None:
        return None
    return redirect(_store(actor, match, own_link(str(kept["path"])), kept["typed"]))


def _anew(request: HttpRequest, path: str, typed: Typed | None) -> HttpResponse:
    """A new draft with what was typed on this page: for somebody who has no code. It is never a dead end."""
    match = _page_of(path)
    if match is None:
        raise Http404
    case_type, _entry, _procedure = procedure_of(match.kwargs["service"])
    draft = drafts.begin(acting(request), types.form(case_type.key))
    hold(request, DRAFTS, draft.pk, by_code=True)
    match.kwargs["draft"] = draft.pk
    if typed and match.url_name == "apply_page":
        of_old = {name: said for name, said in typed.items() if name != windows.FIELD}
        _store(_who_holds(request, draft), match, "", of_old)
    return redirect("cases:apply_resume", match.kwargs["service"], draft.pk)


def _ask(
    request: HttpRequest,
    *,
    handle: str,
    path: str = "",
    typed: Typed | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page that asks for the code; the same one whether there is such a draft or not."""
    match = _page_of(path)
    context = {
        "handle": handle,
        "linked": bool(request.resolver_match and request.resolver_match.kwargs.get("token")) or match is not None,
        "path": path if match is not None else "",
        "typed": carrying.pairs(typed),
        "shown": carrying.shown(match, typed or {}),
        "lost_files": bool(request.FILES),
        "ended": typed is not None,
        "refusal": refusal,
        "may_begin_anew": match is not None,
        "taken_along": match is not None and match.url_name == "apply_page",
        "code": request.POST.get("code", "")[:40] if switching(request) else "",
        "language_form": "weitermachen",
        "language_path": request.path if _is_this_page(request) else reverse("cases:resume"),
    }
    page = render(request, "cases/apply/resume.html", context, status=refusal.status if refusal else status)
    return carrying.unlisted(page)


def _is_this_page(request: HttpRequest) -> bool:
    """Whether the page with the code stands at its own address, and not in place of a page of a draft."""
    return request.resolver_match is not None and request.resolver_match.url_name in {"resume", "resume_link"}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page whose session had ended, or changed in another tab: what was typed on it is still there."""
    match = _page_of(request.path)
    if match is None and (kept := words_kept.after_session(request)) is not None:
        return kept
    if not is_our_own(request):
        return ui.csrf_failure(request, reason)
    if match is None:
        return part_code.csrf_failure(request) or ui.csrf_failure(request, reason)
    if visible(acting(request)).filter(pk=match.kwargs["draft"]).exists():
        return carrying.once_more(request, match)
    handle, typed = str(match.kwargs["draft"]), carrying.typed_on(request)
    return _ask(request, handle=handle, path=request.path, typed=typed, status=403)
