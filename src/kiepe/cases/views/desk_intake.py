"""Writing down that somebody wishes to apply, and asking for the rest: what keeps a person's day at the desk."""

from __future__ import annotations

import uuid
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiepe.base.accounts.gates import staff_only
from kiepe.base.accounts.middleware import acting
from kiepe.base.kernel import clock
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.templatetags.ui import day as shown_day
from kiepe.cases import access, actions, queries
from kiepe.cases.actions.record_wish import made_by
from kiepe.cases.desk_forms import day_typed
from kiepe.cases.views.desk import overview_page
from kiepe.cases.views.desk_shared import DECIDERS, frame, seen, version_of
from kiepe.cases.wish import Address, Channel, PersonName
from kiepe.cases.wording import office

FIELDS = ("day", "first_name", "last_name", "birth_date", "street", "postcode", "town", "phone", "email", "note")
CHANNELS = (Channel.PHONE, Channel.COUNTER, Channel.PAPER, Channel.FORWARDED)


@staff_only(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """The form; POST makes the case and leads to number and code. A second click makes no second case."""
    if request.method != "POST":
        return _form(
            request, {"day": shown_day(clock.today()), "channel": Channel.PHONE.value, "once": str(uuid.uuid4())}
        )
    typed = {name: request.POST.get(name, "").strip() for name in (*FIELDS, "channel", "once")}
    try:
        once = _once(typed["once"])
        actions.record_wish(
            acting(request),
            PersonName(typed["first_name"], typed["last_name"]),
            Address(typed["street"], typed["postcode"], typed["town"]),
            _day(typed["day"]),
            _channel(typed["channel"]),
            typed["note"],
            phone=typed["phone"],
            email=typed["email"],
            birth_date=day_typed(typed["birth_date"], "birth_date"),
            once=once,
        )
    except Refused as refusal:
        return _form(request, typed, refusal)
    return redirect("cases:desk_taken_in", once)


def _once(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Refused(_("Diese Seite ist nicht vollständig angekommen."), _("Laden Sie sie bitte neu.")) from None


def _day(text: str) -> date:
    found = day_typed(text, "day")
    if found is None:
        sentence = _("Tragen Sie den Tag ein, an dem die Person sich zuerst gemeldet hat.")
        raise Refused(_("Der Antrag ist noch nicht aufgenommen."), fields={"day": sentence}, status=422)
    return found


def _channel(text: str) -> Channel:
    if text not in CHANNELS:
        sentence = _("Wählen Sie aus, wie die Person sich gemeldet hat.")
        raise Refused(_("Der Antrag ist noch nicht aufgenommen."), fields={"channel": sentence}, status=422)
    return Channel(text)


def _form(request: HttpRequest, typed: dict[str, str], refusal: Refused | None = None) -> HttpResponse:
    context = {
        **frame(request),
        "typed": typed,
        "channels": [(one.value, one.label, one.value == typed.get("channel")) for one in CHANNELS],
        "labels": _labels(),
        "refusal": refusal,
        "intake": True,
    }
    return render(request, "cases/desk/take_in.html", context, status=refusal.status if refusal else 200)


def _labels() -> dict[str, str]:
    return {
        "day": _("Tag, an dem die Person sich zuerst gemeldet hat"),
        "day_hint": _(
            "Zum Beispiel 20.11.2026. Bei Weiterleitung: der Eingang bei der anderen Stelle (§ 16 Abs. 2 SGB I)."
        ),
        "first_name": _("Vorname"),
        "last_name": _("Familienname"),
        "birth_date": _("Geburtsdatum (freiwillig)"),
        "street": _("Straße und Hausnummer"),
        "postcode": _("Postleitzahl"),
        "town": _("Ort"),
        "phone": _("Telefon (freiwillig)"),
        "email": _("E-Mail (freiwillig)"),
        "note": _("Notiz für die Akte (freiwillig)"),
        "note_hint": _("Zum Beispiel, wer angerufen hat. Die Person liest sie nicht."),
    }


@staff_only(*DECIDERS)
@require_GET
def taken_in(request: HttpRequest, once: uuid.UUID) -> HttpResponse:
    """Number and code for the person, to read out, to hand over or to print; for who took it in, on that day."""
    actor = acting(request)
    case = made_by(actor, once)
    queries.note_read(actor, case, "intake")
    same_day = case.created_at.date() == clock.now().date()
    context = {
        **frame(request),
        "case": case,
        "code": access.shown(access.code_of(once)) if same_day else "",
        "office": office(case),
        "address": request.build_absolute_uri(reverse("cases:open")),
        "mine": case.unit == actor.unit,
        "intake": True,
    }
    return render(request, "cases/desk/taken_in.html", context)


@staff_only(*DECIDERS)
@require_POST
def ask_answers(request: HttpRequest, number: str) -> HttpResponse:
    """Name a new day for the rest of the answers."""
    case = seen(request, number, "ask answers")
    try:
        due = day_typed(request.POST.get("due", ""), "due") or clock.today()
        actions.ask_answers(
            acting(request), case.pk, due, words=request.POST.get("words", ""), version=version_of(request)
        )
    except Refused as refusal:
        typed = {"due": request.POST.get("due", ""), "words": request.POST.get("words", "")}
        return overview_page(request, seen(request, number, "overview"), refusal, typed=typed)
    return redirect(f"{reverse('cases:desk_case', args=[number])}?getan=angaben")
