"""Pages to sign in and out."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kiepe.base.accounts import actions
from kiepe.base.accounts.forms import CodeForm, EmailForm, StaffForm
from kiepe.base.accounts.models import Account, AccountKind
from kiepe.base.kernel import limits
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui import languages
from kiepe.base.ui.languages import switching

EMAIL = "sign_in_email"  # session key between the two pages
ONWARD = "sign_in_onward"  # session key: the page of ours from which somebody was sent here


def _onward(request: HttpRequest, fallback: str) -> HttpResponse:
    """To where the person wanted to go, if that is a page of ours."""
    wanted = request.POST.get("weiter", "") or str(request.session.pop(ONWARD, ""))
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return redirect(languages.own_link(wanted))
    return redirect(fallback)


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the mail address and send a code."""
    form = EmailForm(request.POST or None)
    if switching(request):
        form = EmailForm(initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        actions.send_code(email, origin=limits.origin(request))
        request.session[EMAIL] = email
        return redirect("accounts:enter_code")
    context = {"form": form, "demo_people": demo_people("citizen"), "language_form": "anmelden"}
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


def enter_code(request: HttpRequest) -> HttpResponse:
    """Take the code from the mail."""
    email = request.session.get(EMAIL)
    if not email:
        return redirect("accounts:sign_in")
    form, refusal = CodeForm(request.POST or None), None
    if switching(request):
        form = CodeForm(initial=request.POST.dict())
    elif request.method == "POST" and form.is_valid():
        try:
            actions.sign_in_with_code(request, email, form.cleaned_data["code"])
        except Refused as no:
            refusal = no
        else:
            return _onward(request, "cases:mine")
    status = 422 if refusal or form.errors else 200
    context = {"form": form, "email": email, "refusal": refusal, "language_form": "code"}
    return render(request, "accounts/enter_code.html", context, status=status)


def staff_sign_in(request: HttpRequest) -> HttpResponse:
    """Staff: mail address and password."""
    form, refusal = StaffForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.sign_in_staff(request, form.cleaned_data["email"], form.cleaned_data["password"])
        except Refused as no:
            refusal = no
        else:
            return _onward(request, "desk:queue")
    onward = request.POST.get("weiter") or request.GET.get("weiter", "")
    context = {"form": form, "refusal": refusal, "onward": onward, "demo_people": demo_people("staff")}
    return render(request, "accounts/staff_sign_in.html", context, status=422 if refusal or form.errors else 200)


@require_POST
def demo_sign_in(request: HttpRequest, account: int) -> HttpResponse:
    """One click in a demo on loopback."""
    if not (settings.DEMO and settings.LOOPBACK):
        raise Http404
    person = actions.demo_sign_in(request, account)
    return _onward(request, "desk:queue" if person.kind == AccountKind.STAFF else "cases:mine")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    actions.sign_out(request)
    return redirect("portal:start")


def demo_people(kind: str) -> list[Account]:
    """The invented people one may sign in as; empty outside of a demo on loopback."""
    if not (settings.DEMO and settings.LOOPBACK):
        return []
    return list(Account.objects.filter(is_demo=True, is_active=True, kind=kind).order_by("pk"))
