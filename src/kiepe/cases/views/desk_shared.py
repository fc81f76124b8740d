"""What every page of the desk carries: the rail with its counts, and head and tabs of a case."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiepe.base.accounts.middleware import acting
from kiepe.base.catalogue.pack import city
from kiepe.base.kernel.actor import Actor, Role
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import post_room, queries, queue, types
from kiepe.cases.models import Case, PartyRole
from kiepe.cases.transitions import UNDECIDED

HOUSEHOLD = (PartyRole.APPLICANT, PartyRole.MEMBER)
DECIDERS = (Role.CASEWORKER, Role.LEAD)
# What has just been done, named in the address by a word and told in a sentence.
DONE = {
    "uebernommen": gettext_lazy("Sie sind jetzt für diesen Vorgang zuständig."),
    "anerkannt": gettext_lazy("Der Nachweis ist anerkannt."),
    "zurueckgegeben": gettext_lazy("Der Nachweis ist zurückgegeben. Die Person wird benachrichtigt."),
    "verzichtet": gettext_lazy("Auf diesen Nachweis ist verzichtet."),
    "angaben": gettext_lazy("Die Person ist um ihre Angaben gebeten."),
    "nachgefordert": gettext_lazy("Die Nachforderung ist abgeschickt."),
    "berichtigt": gettext_lazy("Die Angabe ist berichtigt und neu berechnet."),
    "zurueckgenommen": gettext_lazy("Die Berichtigung ist zurückgenommen und neu berechnet."),
    "zeitraum": gettext_lazy("Der Zeitraum ist übernommen und neu berechnet."),
    "geantwortet": gettext_lazy("Die Nachricht ist abgeschickt. Die Person wird benachrichtigt."),
    "gelegt": gettext_lazy(
        "Die Nachricht ist abgeschickt. Eine Mailadresse hat die Person nicht angegeben: Sie liest sie, wenn sie ihren "
        "Teil öffnet."
    ),
    "gelesen": gettext_lazy("Die Nachrichten gelten als gelesen."),
    "bearbeitet": gettext_lazy("Die Mitteilung ist bearbeitet. Die Person wird benachrichtigt."),
    "entschieden": gettext_lazy("Entschieden. Der Bescheid wird jetzt erstellt und bekannt gegeben."),
    "aufgegeben": gettext_lazy("Der Tag der Aufgabe zur Post ist berichtigt."),
    "zugang": gettext_lazy("Der Zugang ist vermerkt. Die Frist ist neu berechnet."),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the rail."""

    title: str
    icon: str
    query: str
    count: int
    now: bool


@dataclass(frozen=True, slots=True)
class Tab:
    title: str
    url: str
    now: bool


def may_act(actor: Actor, case: Case) -> bool:
    """Whether the actor may change something here: the case is undecided, and the actor decides in its unit."""
    return case.state in UNDECIDED and actor.has(*DECIDERS) and actor.unit == case.unit


def may_write(actor: Actor, case: Case) -> bool:
    """Whether the actor may write to the applicant and answer a report: also after the decision."""
    return case.erased_at is None and actor.has(*DECIDERS) and actor.unit == case.unit


def frame(request: HttpRequest, view: str = "", tally: queue.Tally | None = None) -> dict[str, object]:
    """The rail and who is signed in; `view` names the entry that is open."""
    actor = acting(request)
    tally = tally or queue.tally(actor)
    entries = [
        ("open", _("Eingang"), "inbox", "", tally.open),
        ("ready", _("Entscheidungsreif"), "fact_check", "?stand=reif", tally.ready),
        ("due", _("Fristen"), "schedule", "?stand=frist", tally.due),
        ("waiting", _("Wartet auf Unterlagen"), "hourglass_top", "?stand=warten", tally.waiting),
        ("messages", _("Nachrichten"), "chat", "?stand=nachrichten", tally.messages),
        ("changes", _("Mitgeteilte Änderungen"), "moving", "?stand=aenderungen", tally.changes),
    ]
    rail = [Link(title, icon, query, count, key == view) for key, title, icon, query, count in entries]
    units = {unit.key: unit.name for unit in city().units}
    post = post_room.count(actor) if actor.has(*DECIDERS) else None
    return {
        "may_take_in": actor.has(*DECIDERS),
        "rail": rail,
        "post": post,
        "post_now": view == "post",
        "intake": view == "intake",
        "tally": tally,
        "unit_name": units.get(actor.unit, ""),
    }


def case_page(
    request: HttpRequest, case: Case, template: str, tab: str = "", *, refusal: Refused | None = None, **more: object
) -> HttpResponse:
    """A page of one case. With `refusal` it says why not, and carries the refusal's status."""
    actor = acting(request)
    context = {
        **frame(request),
        "case": case,
        "line": queue.line(case),
        "people": sum(party.role in HOUSEHOLD for party in queries.parties(actor, case)),
        "type_title": types.case_type(case.case_type).title,
        "tabs": _tabs(actor, case, tab),
        "may_act": may_act(actor, case),
        "may_write": may_write(actor, case),
        "may_claim": may_act(actor, case) and case.claimed_by_id != actor.account,
        "refusal": refusal,
        "done": DONE.get(request.GET.get("getan", ""), ""),
        "typed": {},
        "labels": labels(),
        **more,
    }
    return render(request, f"cases/desk/{template}.html", context, status=refusal.status if refusal else 200)


def _tabs(actor: Actor, case: Case, now: str) -> list[Tab]:
    messages, changes = queries.contact_counts(actor, case)
    documents = _("Unterlagen (%(needed)s)") % {"needed": case.docs_needed}
    names = [
        ("desk_case", _("Überblick")),
        ("desk_application", _("Antrag")),
        ("desk_documents", documents),
        ("desk_people", _("Beteiligte")),
        ("desk_messages", _messages_words(case, messages)),
        ("desk_history", _("Verlauf")),
    ]
    if changes:
        names.insert(-1, ("desk_changes", _("Änderungen (%(count)s)") % {"count": changes}))
    return [Tab(title, reverse(f"cases:{name}", args=[case.number]), name == now) for name, title in names]


def _messages_words(case: Case, count: int) -> str:
    if case.unread:
        return _("Nachrichten (%(count)s, %(new)s neu)") % {"count": count, "new": case.unread}
    return _("Nachrichten (%(count)s)") % {"count": count}


def labels() -> dict[str, str]:
    """Labels and hints of the desk's own fields."""
    return {
        "value": _("Richtig ist"),
        "reason": _("Begründung"),
        "reason_hint": _("Ein Satz, woran Sie es sehen. Er steht im Verlauf."),
        "valid_from": _("Gilt ab (freiwillig)"),
        "valid_from_hint": _("Leer: für den ganzen Zeitraum. Mit einem Tag, zum Beispiel 01.03.2026: erst von da an."),
        "start": _("Erster Tag"),
        "end": _("Letzter Tag"),
        "day_hint": _("Zum Beispiel 01.03.2026"),
        "words": _("Ihre Worte dazu (freiwillig)"),
        "words_hint": _("Stehen in der Nachricht vor der Liste."),
        "extra": _("Weitere Unterlage (freiwillig)"),
        "extra_hint": _("Wenn etwas fehlt, das nicht in der Liste steht."),
        "because": _("Warum"),
        "reasons": _("Begründung"),
        "due": _("Antwort erbeten bis"),
        "message": _("Ihre Nachricht"),
        "message_hint": _("Die Person liest sie im Serviceportal; per Mail erfährt sie nur, dass es Neues gibt."),
        "message_unheard": _(
            "Die Person liest sie, wenn sie ihren Teil im Serviceportal öffnet. Eine Mailadresse hat sie nicht "
            "angegeben."
        ),
        "files": _("Dateien (freiwillig)"),
        "files_hint": _("PDF oder Foto, bis 30 MB je Datei, höchstens zehn."),
        "answer": _("Was daraus folgt"),
        "answer_hint": _("Ein oder zwei Sätze. Die Person liest sie beim Vorgang."),
        "judge_reason": _("Begründung"),
        "arrived": _("Angekommen am"),
        "arrived_hint": _("Nur, wenn es später war als der vierte Tag."),
        "arrival_reason": _("Woran sehen Sie es?"),
        "posted": _("Zur Post gegeben am"),
        "judge_hint": _("Beim Zurückgeben liest die Person diesen Satz."),
    }


def version_of(request: HttpRequest) -> int:
    """The version of the case that the page showed; -1, which no case has, where the field is unusable."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def seen(request: HttpRequest, number: str, page: str) -> Case:
    """The case of a page, with the read in the access log."""
    return queries.case_for(acting(request), number, page=page)
