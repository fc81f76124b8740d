"""What was typed when a session had ended travels inside the next page, not in the address, until it is stored."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kiepe.base.forms import checking, values
from kiepe.base.forms.form import Type
from kiepe.cases import types
from kiepe.cases.applying import procedure_of

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


def words_on_documents(typed: Typed) -> list[tuple[str, str]]:
    """What was written on the page of the documents."""
    texts = [text for name, all_of in typed.items() if name.startswith("worte-") for text in all_of]
    return [(_("Ihre Worte zu einer Unterlage"), text) for text in texts if text.strip()]


def told(service: str, page_key: str, typed: Typed) -> list[tuple[str, str]]:
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
