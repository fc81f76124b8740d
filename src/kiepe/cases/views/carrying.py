"""What was typed when a session had ended travels inside the next page, not in the address, until it is stored."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch
from django.utils.translation import gettext as _

from kiepe.base.forms import checking, values
from kiepe.base.forms.form import Type
from kiepe.base.forms.questions import post_of
from kiepe.base.ui.languages import resolved
from kiepe.cases import types
from kiepe.cases.applying import Application, procedure_of

CARRIED = "t-"  # before the names of what the page with the code carries along
TOO_MUCH = 100_000  # signs of one page; no page of ours asks for as much
ASKED_BY_SCRIPT = "X-Kiepe-Send"  # apply.js sends pages itself, to notice when there is no connection
Typed = dict[str, list[str]]


def for_script(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Where a page leads, as apply.js reads it; a browser without it follows the redirect."""
    if response.status_code == 302 and request.headers.get(ASKED_BY_SCRIPT):
        return HttpResponse(
            status=204, headers={"X-Kiepe-Next": response.headers["Location"], "Cache-Control": "no-store"}
        )
    return response


def typed_on(request: HttpRequest) -> Typed:
    """What a page sent, without the token."""
    found = {name: [str(one) for one in request.POST.getlist(name)] for name in request.POST}
    found.pop("csrfmiddlewaretoken", None)
    return found if sum(len(one) for all_of in found.values() for one in all_of) <= TOO_MUCH else {}


def carried(request: HttpRequest) -> Typed:
    """What the page with the question for the code carried along."""
    return {name.removeprefix(CARRIED): said for name, said in typed_on(request).items() if name.startswith(CARRIED)}


def pairs(typed: Typed | None) -> list[tuple[str, str]]:
    """Name and value of each hidden field that carries it on."""
    return [(name, value) for name, all_of in (typed or {}).items() for value in all_of]


def page_of(path: str, prefix: str, whose: str) -> ResolverMatch | None:
    """What an address names, if it is one of the pages `prefix`… below a `whose` ('draft', 'part'); else None."""
    try:
        match = resolved(path)
    except Resolver404:
        return None
    ours = match.app_names == ["cases"] and (match.url_name or "").startswith(prefix) and whose in match.kwargs
    return match if ours else None


def store(application: Application, match: ResolverMatch, path: str, typed: Typed) -> str:
    """Store what was carried along from one of its pages; where that leads.

    A page that is not asked now keeps it for later. Adding to a list and removing from it wait for another click, and
    what was chosen of files is gone with the request: what was said of them is not.
    """
    post = post_of(typed)
    if _is(match, "documents"):
        application.keep_lacks(post)
    if not _is(match, "page"):
        return path
    at = application.at(match.kwargs["page"], match.kwargs.get("item", ""), match.kwargs.get("inner", ""))
    back = post.get("weiter") == "pruefen"
    if not at.page.is_list:
        if application.walk.reachable(at):
            return application.take(at, post, back=back)
        application.note(at.address, typed)
        return application.here()
    waits = not application.walk.reachable(at) or {"remove", "action"} & typed.keys()
    if waits or len(application.walk.items(at)) < at.page.min:
        return path
    return application.pass_list(at, post, back=back)


def _is(match: ResolverMatch, page: str) -> bool:
    return (match.url_name or "").partition("_")[2] == page


def has_words(match: ResolverMatch) -> bool:
    """Whether something is typed on this page."""
    return any(_is(match, page) for page in ("page", "documents", "finish"))


def shown(match: ResolverMatch | None, typed: Typed) -> list[tuple[str, str]]:
    """What is carried along, as a person reads it."""
    if match is None or not has_words(match):
        return []
    if _is(match, "documents"):
        return _words_on_documents(typed)
    if _is(match, "finish"):
        return [(_("Mailadresse"), one) for one in typed.get("email", []) if one.strip()]
    return _told(match.kwargs["service"], match.kwargs["page"], typed)


def once_more(request: HttpRequest, match: ResolverMatch) -> HttpResponse:
    """The page's session had changed meanwhile: what was typed on it, to be sent once more."""
    typed, asks = typed_on(request), has_words(match)
    context = {
        "path": request.path,
        "typed": pairs(typed),
        "shown": shown(match, typed),
        "lost_files": bool(request.FILES),
        "language_form": "noch-einmal" if asks else "",
        "language_path": request.path if asks else "",
    }
    return render(request, "cases/apply/again.html", context, status=403)


def unlisted(response: HttpResponse) -> HttpResponse:
    """A page that asks for a code: kept by no browser, found by no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _words_on_documents(typed: Typed) -> list[tuple[str, str]]:
    """What was written on the page of the documents."""
    texts = [text for name, all_of in typed.items() if name.startswith("worte-") for text in all_of]
    return [(_("Ihre Worte zu einer Unterlage"), text) for text in texts if text.strip()]


def _told(service: str, page_key: str, typed: Typed) -> list[tuple[str, str]]:
    """What was typed, under the names of its questions, so that a person sees that it is still there."""
    try:
        case_type, _entry, _procedure = procedure_of(service)
        page = types.form(case_type.key).by_key[page_key]
    except (Http404, KeyError):
        return []
    rows = []
    for field in page.fields:
        said = [value for value in typed.get(field.key, []) if value.strip()]
        labels = {option.value: values.said(option.label) for option in field.options}
        if field.type is Type.YESNO:
            labels = {"yes": _("Ja"), "no": _("Nein")}
        if said:
            words = ", ".join(labels.get(one, one) for one in said)
            rows.append((checking.PLACEHOLDER.sub("…", values.said(field.name)), words))
    return rows
