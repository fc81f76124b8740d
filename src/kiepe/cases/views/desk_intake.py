"""Staff take an application in for a person: the day, the questions, number and code; and they ask for the rest."""

from __future__ import annotations

import uuid
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiepe.base.accounts.gates import staff_only
from kiepe.base.accounts.middleware import acting
from kiepe.base.catalogue.pack import city
from kiepe.base.documents.views import serve_pdf
from kiepe.base.forms import taking_in
from kiepe.base.forms.models import Draft
from kiepe.base.forms.queries import draft_for, in_unit, intake_of
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.templatetags.ui import day as shown_day
from kiepe.cases import access, actions, handouts, queries, types
from kiepe.cases.actions.record_wish import made_by
from kiepe.cases.applying import Application
from kiepe.cases.desk_forms import day_typed
from kiepe.cases.models import Case
from kiepe.cases.views.desk import overview_page
from kiepe.cases.views.desk_shared import DECIDERS, frame, seen, version_of
from kiepe.cases.wish import Address, Channel, PersonName
from kiepe.cases.wording import office

FIELDS = (
    "day", "first_name", "last_name", "birth_date", "street", "postcode", "town", "phone", "email", "note", "paper",
)  # fmt: skip
CHANNELS = (Channel.PHONE, Channel.COUNTER, Channel.PAPER, Channel.FORWARDED)
QUESTIONS = "questions"  # the button that goes on with the questions at once


@staff_only(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """The form; POST makes the case, and leads to the questions or to number and code. Twice makes no second case."""
    services = _services()
    if request.method != "POST":
        today = {"day": shown_day(clock.today()), "channel": Channel.PHONE.value, "service": next(iter(services), "")}
        return _form(request, {**today, "once": str(uuid.uuid4())}, services)
    typed = {name: request.POST.get(name, "").strip() for name in (*FIELDS, "channel", "once")}
    typed["service"] = request.POST.get("service", next(iter(services), ""))
    hold = request.POST.get("action") == QUESTIONS
    try:
        case = _recorded(request, typed, services, hold=hold)
    except Refused as refusal:
        return _form(request, typed, services, refusal)
    if hold and not case.whole:
        return redirect("cases:apply_resume", typed["service"], case.draft)
    return redirect("cases:desk_taken_in", case.draft)


def _services() -> dict[str, str]:
    """What can be applied for by a wish alone: address part and title."""
    found = [one for one in city().services if one.online and types.case_type(one.online).first_answers is not None]
    return {service.slug: service.text().title for service in found}


def _recorded(request: HttpRequest, typed: dict[str, str], services: dict[str, str], *, hold: bool) -> Case:
    if typed["service"] not in services:
        sentence = _("Wählen Sie die Leistung aus.")
        raise _not_yet({"service": sentence})
    key = next(one.online for one in city().services if one.slug == typed["service"])
    once, day, channel = _once(typed["once"]), _day(typed["day"]), _channel(typed["channel"])
    if day < clock.today() and channel is not Channel.FORWARDED and not typed["note"]:
        sentence = _("Schreiben Sie, woran Sie den Tag sehen, zum Beispiel am Eingangsstempel auf dem Formular.")
        raise _not_yet({"note": sentence})
    return actions.record_wish(
        acting(request),
        PersonName(typed["first_name"], typed["last_name"]),
        Address(typed["street"], typed["postcode"], typed["town"]),
        day,
        channel,
        typed["note"],
        phone=typed["phone"],
        email=typed["email"],
        birth_date=day_typed(typed["birth_date"], "birth_date"),
        service=key or "",
        once=once,
        paper=taking_in.returned(types.form(key or ""), typed["paper"]) if typed["paper"] else None,
        scans=request.FILES.getlist("scan"),
        hold=hold,
    ).case


def _not_yet(fields: dict[str, str]) -> Refused:
    return Refused(_("Der Antrag ist noch nicht aufgenommen."), fields=fields, status=422)


def _once(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(_("Diese Seite ist nicht vollständig angekommen."), _("Laden Sie sie bitte neu.")) from None


def _day(text: str) -> date:
    found = day_typed(text, "day")
    if found is None:
        raise _not_yet({"day": _("Tragen Sie den Tag ein, an dem die Person sich zuerst gemeldet hat.")})
    return found


def _channel(text: str) -> Channel:
    if text not in CHANNELS:
        raise _not_yet({"channel": _("Wählen Sie aus, wie die Person sich gemeldet hat.")})
    return Channel(text)


def _form(
    request: HttpRequest, typed: dict[str, str], services: dict[str, str], refusal: Refused | None = None
) -> HttpResponse:
    actor = acting(request)
    context = {
        **frame(request, "intake"),
        "typed": typed,
        "services": services,
        "channels": [(one.value, one.label, one.value == typed.get("channel")) for one in CHANNELS],
        "labels": _labels(),
        "responsible": any(procedure.unit == actor.unit for procedure in city().procedures.values()),
        "begun": _begun(actor),
        "refusal": refusal,
    }
    return render(request, "cases/desk/take_in.html", context, status=refusal.status if refusal else 200)


def _begun(actor: Actor) -> list[tuple[Draft, Case, bool]]:
    """What the unit is taking in and has not sent: the draft, its case, and whether it is the actor's."""
    drafts = in_unit(actor).filter(submitted_at=None).select_related("intake__account").order_by("-changed_at")[:50]
    cases = {case.draft: case for case in Case.objects.filter(draft__in=[draft.pk for draft in drafts])}
    return [(one, cases[one.pk], one.intake.account_id == actor.account) for one in drafts if one.pk in cases]


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
        "note": _("Notiz für die Akte"),
        "note_hint": _(
            "Wenn der Tag nicht heute ist: woran Sie ihn sehen, zum Beispiel am Eingangsstempel der Bürgerbüros. "
            "Die Person liest die Notiz nicht."
        ),
        "paper": _("Nummer auf dem Papierformular (freiwillig)"),
        "paper_hint": _(
            "Zehn Ziffern unten auf jeder Seite. War das Formular schon zum Teil ausgefüllt gedruckt, finden Sie diese "
            "Angaben wieder; Name und Adresse brauchen Sie dann nicht."
        ),
        "scan": _("Scan des Papiers (freiwillig)"),
        "scan_hint": _("PDF oder Foto, bis 30 MB je Datei. Geht auch später."),
    }


@staff_only(*DECIDERS)
@require_GET
def taken_in(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Number and code for the person, to read out, to hand over or to print; for who took it in, on that day."""
    actor = acting(request)
    case, intake = _taken(actor, draft)
    queries.note_read(actor, case, "intake")
    context = {
        **frame(request, "intake"),
        "case": case,
        "code": _code(actor, case),
        "office": office(case),
        "address": request.build_absolute_uri(reverse("cases:open")),
        "mine": case.unit == actor.unit,
        "goes_on": intake and not case.whole,
        "service": _slug(case.case_type),
    }
    return render(request, "cases/desk/taken_in.html", context)


def _taken(actor: Actor, draft_id: UUID) -> tuple[Case, bool]:
    """The case, and whether the actor goes through its questions; Http404 for who did not take it in."""
    if in_unit(actor).filter(pk=draft_id, intake__account=actor.account).exists():
        case = Case.objects.filter(draft=draft_id).first()
        if case is not None:
            return case, True
    return made_by(actor, draft_id), False


def _code(actor: Actor, case: Case) -> str:
    """The person's code: on the day it was taken in or sent, for who began it or goes through the questions."""
    today = clock.now().date()
    draft = in_unit(actor).filter(pk=case.draft, intake__account=actor.account).first()
    sent = draft is not None and draft.submitted_at is not None and draft.submitted_at.date() == today
    begun = case.created_at.date() == today and (draft is not None or queries.began(actor, case))
    return access.shown(access.code_of(case.draft)) if sent or begun else ""


@staff_only(*DECIDERS)
@require_GET
def handout(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The sheet with number and access code, to be handed over or posted; as long as the code is shown."""
    actor = acting(request)
    case, _holds = _taken(actor, draft)
    code = _code(actor, case)
    if not code:
        raise Http404
    queries.note_read(actor, case, "intake")
    return serve_pdf(handouts.access_slip(case, code), f"{case.number}.pdf")


@staff_only(*DECIDERS)
@require_POST
def take_over(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Go on with what a colleague began."""
    taken = taking_in.take_over(acting(request), draft)
    return redirect("cases:apply_resume", _slug(taken.form), taken.pk)


def _slug(key: str) -> str:
    """The address part of the Leistung of a case type."""
    return next((one.slug for one in city().services if one.online == key), key)


@staff_only(*DECIDERS)
@require_GET
def read_back(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Everything that was said, to be read out or read, and signed."""
    mine = draft_for(acting(request), draft)
    application = Application(acting(request), _slug(mine.form), draft)
    intake, case = intake_of(mine), application.case
    if intake is None or case is None or mine.submitted_at is not None:
        raise Http404
    return serve_pdf(handouts.read_back(application, intake, case), _("Zum Unterschreiben.pdf"))


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
