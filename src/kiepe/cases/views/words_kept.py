"""What somebody wrote about a case is not lost when their session had ended: it waits until the case is open again.

It travels inside the page that asks for number and code, or in the session while somebody signs in; never in an
address. The page is the same whether there is such a case or not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, reverse
from django.utils.translation import gettext as _

from kiepe.base.accounts.middleware import acting
from kiepe.base.accounts.views import ONWARD
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.origin import is_our_own
from kiepe.base.ui.languages import own_link, resolved, split
from kiepe.cases.forms import OpenForm
from kiepe.cases.members import own_party
from kiepe.cases.models import ChangeKind
from kiepe.cases.queries import visible

KEPT = "kept_words"  # session key
CARRIED = "w-"  # before the names of what the page with the code carries along
LOST = "lost"  # name that says: there were files too
PAGES = {  # the pages on which somebody writes, and their fields
    "messages": ("text", "once"),
    "change": ("kind", "since", "text", "once"),
    "withdraw": ("reason",),
    "own_messages": ("text", "once"),
    "own_news": ("email",),
}
OF_MEMBERS = frozenset({"own_messages", "own_news"})  # those that a member of the household opens with an own code
TOO_MUCH = 100_000  # signs
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed on one of PAGES, by name of its field, at its address."""

    path: str
    number: str
    typed: dict[str, str]
    of_member: bool = False

    @property
    def shown(self) -> list[tuple[str, str]]:
        """Under the names of the questions, so that a person sees that it is still there."""
        names = {
            "kind": _("Was ändert sich?"),
            "since": _("Ab wann?"),
            "text": _("Ihr Text"),
            "reason": _("Ihr Grund"),
            "email": _("Mailadresse"),
        }
        kinds = dict(ChangeKind.choices)
        rows = [(names[key], str(kinds.get(said, said))) for key, said in self.typed.items() if key in names]
        return [(name, said) for name, said in rows if said.strip()]


def writer(view: View) -> View:
    """For PAGES: who may not see the case any more is asked to open it, and what was typed comes along."""

    @wraps(view)
    def guarded(request: HttpRequest, number: str, **kwargs: str) -> HttpResponse:
        try:
            return view(request, number, **kwargs)
        except Http404:
            words = _of(request) if request.method == "POST" and not acting(request).is_staff else None
            if words is None:
                raise
            return ask(request, words, status=404)

    return guarded


def after_session(request: HttpRequest) -> HttpResponse | None:
    """The answer to a form of PAGES whose session had ended, or changed in another tab; None for any other form."""
    actor = acting(request)
    words = _of(request) if is_our_own(request) and not actor.is_staff else None
    if words is None:
        return None
    if _still_theirs(actor, words):
        keep(request, words)
        return redirect(own_link(words.path))
    return ask(request, words, status=403)


def _still_theirs(actor: Actor, words: Words) -> bool:
    """Whether this browser still shows the page on which they were typed."""
    if not words.of_member:
        return visible(actor).filter(number=words.number).exists()
    try:
        own_party(actor, words.number)
    except Http404:
        return False
    return True


def ask(
    request: HttpRequest, words: Words, *, form: OpenForm | None = None, refusal: object = None, status: int
) -> HttpResponse:
    """The page that asks for number and code, with what was typed."""
    context = {
        "form": form or OpenForm(initial={"number": words.number}),
        "refusal": refusal,
        "kept": words,
        "hidden": [(f"{CARRIED}{name}", said) for name, said in words.typed.items()],
        "language_form": "oeffnen",
        "language_path": reverse("cases:open"),
    }
    response = render(request, "cases/open.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def carried(request: HttpRequest) -> Words | None:
    """What the page with the question for the code carried along."""
    typed = {name.removeprefix(CARRIED): said for name, said in request.POST.items() if name.startswith(CARRIED)}
    return _at(request.POST.get("path", ""), {name: str(said) for name, said in typed.items()})


def sign_in(request: HttpRequest, words: Words) -> HttpResponse:
    """To the sign-in; the words wait in the session, and it leads back to their page."""
    keep(request, words)
    request.session[ONWARD] = words.path
    return redirect("accounts:sign_in")


def keep(request: HttpRequest, words: Words) -> None:
    """Until the page is shown on which they were typed."""
    request.session[KEPT] = {"path": words.path, "typed": words.typed}


def taken_up(request: HttpRequest) -> dict[str, str]:
    """What was typed on this page before the session ended; only once."""
    kept = request.session.get(KEPT) if request.COOKIES else None
    if kept is None or split(kept["path"])[1] != split(request.path)[1]:
        return {}
    del request.session[KEPT]
    return dict(kept["typed"])


def _of(request: HttpRequest) -> Words | None:
    typed = {name: str(said) for name, said in request.POST.items()}
    if request.FILES:
        typed[LOST] = "1"
    return _at(request.path, typed)


def _at(path: str, typed: dict[str, str]) -> Words | None:
    try:
        match = resolved(path)
    except Resolver404:
        return None
    if match.app_names != ["cases"] or match.url_name not in PAGES:
        return None
    names = (*PAGES[match.url_name], LOST)
    held = {name: typed[name] for name in names if name in typed}
    if sum(len(said) for said in held.values()) > TOO_MUCH:
        return None
    return Words(path, str(match.kwargs["number"]), held, match.url_name in OF_MEMBERS)
