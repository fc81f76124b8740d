"""The outgoing post: print what waits, note the day on which it was posted; and the arrival of one notice."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kiepe.base.accounts.gates import staff_only
from kiepe.base.accounts.middleware import acting
from kiepe.base.kernel import clock
from kiepe.base.kernel.refusal import Refused
from kiepe.base.ui.templatetags.ui import day as shown
from kiepe.cases import actions, post_room, queries
from kiepe.cases.desk_forms import day_typed
from kiepe.cases.models import Case
from kiepe.cases.told_delivery import told
from kiepe.cases.views.desk_shared import DECIDERS, case_page, frame, seen, version_of


@staff_only(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def outgoing(request: HttpRequest) -> HttpResponse:
    """The list; by `step` the PDF of the ticked letters, or the note that they were posted."""
    if request.method != "POST":
        return _page(request)
    ids = {int(one) for one in request.POST.getlist("letters") if one.isdecimal() and len(one) < 16}
    try:
        if request.POST.get("step") == "print":
            return _pdf(post_room.printed(acting(request), ids))
        return _mark(request, ids)
    except Refused as refusal:
        return _page(request, refusal, ids)


def _pdf(data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="Postausgang {clock.today():%Y-%m-%d}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _mark(request: HttpRequest, ids: set[int]) -> HttpResponse:
    actor = acting(request)
    letters = post_room.chosen(actor, ids)  # first: where none waits, the page has no field for the day
    day = day_typed(request.POST.get("day", ""), "day")
    if day is None:
        sentence = _("Geben Sie den Tag an, an dem die Briefe zur Post gegangen sind.")
        raise Refused(_("Es fehlt der Tag."), fields={"day": sentence}, status=422)
    for one in letters:
        actions.mark_posted(actor, one.case_id, one.pk, day)
    return redirect(f"{reverse('cases:post')}?vermerkt={len(letters)}")


def _page(request: HttpRequest, refusal: Refused | None = None, ids: set[int] | None = None) -> HttpResponse:
    actor = acting(request)
    count = request.GET.get("vermerkt", "")
    marked = int(count) if count.isdecimal() and len(count) < 4 else 0
    done = ngettext(
        "%(count)d Brief ist als aufgegeben vermerkt.", "%(count)d Briefe sind als aufgegeben vermerkt.", marked
    )
    waiting = post_room.waiting(actor)
    context = {
        **frame(request, "post"),
        "waiting": waiting,
        "total": post_room.count(actor),
        "lately": post_room.lately(actor),
        "ticked": {one.delivery.pk for one in waiting} if ids is None else ids,
        "day": request.POST.get("day", shown(clock.today())),
        "day_label": _("Tag der Aufgabe zur Post"),
        "day_hint": _(
            "Der Tag, an dem die Briefe wirklich zur Post gehen. Von ihm an zählen die vier Tage (§ 37 SGB X)."
        ),
        "refusal": refusal,
        "done": done % {"count": marked} if marked and refusal is None else "",
    }
    return render(request, "cases/desk/post.html", context, status=refusal.status if refusal else 200)


@staff_only(*DECIDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, number: str, delivery_id: int) -> HttpResponse:
    """One delivery: it came later or never, or its day of posting was noted wrongly (`step` posted)."""
    case = seen(request, number, "arrival")
    if request.method != "POST":
        return _arrival_page(request, case, delivery_id)
    try:
        if request.POST.get("step") == "posted":
            _correct_day(request, case, delivery_id)
        else:
            _note_arrival(request, case, delivery_id)
    except Refused as refusal:
        return _arrival_page(request, seen(request, number, "arrival"), delivery_id, refusal)
    done = "aufgegeben" if request.POST.get("step") == "posted" else "zugang"
    return redirect(f"{reverse('cases:desk_notice', args=[number])}?getan={done}")


def _correct_day(request: HttpRequest, case: Case, delivery_id: int) -> None:
    day = day_typed(request.POST.get("day", ""), "day")
    if day is None:
        raise Refused(_("Es fehlt der Tag."), fields={"day": _("Geben Sie einen Tag ein.")}, status=422)
    actions.mark_posted(acting(request), case.pk, delivery_id, day, reason=request.POST.get("reason", ""))


def _note_arrival(request: HttpRequest, case: Case, delivery_id: int) -> None:
    never = bool(request.POST.get("never"))
    arrived = None if never else day_typed(request.POST.get("arrived", ""), "arrived")
    if arrived is None and not never:
        sentence = _("Geben Sie den Tag ein, oder setzen Sie den Haken bei „nie angekommen“.")
        raise Refused(_("Es fehlt der Tag."), fields={"arrived": sentence}, status=422)
    reason = request.POST.get("reason", "")
    actions.note_arrival(
        acting(request), case.pk, delivery_id, arrived=arrived, reason=reason, version=version_of(request)
    )


def _arrival_page(request: HttpRequest, case: Case, delivery_id: int, refusal: Refused | None = None) -> HttpResponse:
    sent = told(queries.deliveries(acting(request), case))
    found = next((one for one in sent.sent if one.delivery.pk == delivery_id), None) if sent is not None else None
    if found is None or found.left_on is None or found.delivery.not_arrived:
        raise Http404
    typed = {name: request.POST.get(name, "") for name in ("day", "arrived", "reason", "never")}
    step = request.POST.get("step", "")
    return case_page(request, case, "arrival", refusal=refusal, filled=typed, sent=found, step=step)
