"""My day and the queue. What is filtered stands in the address, but for words: a name stays in the session."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kiepe.base.accounts.gates import staff_only
from kiepe.base.accounts.middleware import acting
from kiepe.base.kernel import clock
from kiepe.cases import queue as cases
from kiepe.cases.queue import Tally, Wanted
from kiepe.cases.views.desk_shared import frame

WORDS = "desk_words"  # session key
# The words of an address and what they mean; the first of each is the default and is left out of the address.
VIEWS = {
    "offen": "open",
    "reif": "ready",
    "frist": "due",
    "warten": "waiting",
    "neu": "received",
    "angaben": "begun",
    "fertig": "closed",
    "alle": "all",
}
WHO = {"team": "team", "ich": "mine", "niemand": "nobody"}
DUE = ("sort", "frist")  # the default
SORTS = {"frist": "due", "eingang": "received", "name": "name"}


@dataclass(frozen=True, slots=True)
class Select:
    """One list of the filter."""

    name: str
    label: str
    chosen: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chip:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Column:
    """A head of the table; `sorted` is '', ascending or descending."""

    title: str
    url: str = ""
    sorted: str = ""


@staff_only()
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Greeting, counters, filter and one page of cases."""
    wanted, actor = _wanted(request), acting(request)
    found = cases.lines(actor, wanted)
    shell = frame(request, wanted.view if wanted.who == "team" else "")
    views = dict(_views())
    context = {
        **shell,
        "greeting": _("%(greeting)s, %(name)s") % {"greeting": _greeting(), "name": actor.label},
        "today_words": _today(cases.tally(actor)),
        "heading": views[_key(VIEWS, wanted.view)],
        "words": wanted.words,
        "lines": found.lines,
        "total": found.total,
        "choices": _selects(wanted),
        "chips": _chips(wanted),
        "columns": _columns(wanted),
        "previous": found.before and _address(wanted, vor=found.before),
        "next": found.after and _address(wanted, nach=found.after),
        "nothing": _nothing(wanted),
    }
    return render(request, "desk/queue.html", context)


@staff_only()
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Keep the words in the session and show the queue; a whole number leads straight to its case."""
    words = " ".join(request.POST.get("q", "").split())[:100]
    found = cases.exact(acting(request), words) if words else None
    if found is not None:
        return redirect("cases:desk_case", found.number)
    if words or WORDS in request.session:
        request.session[WORDS] = words
    chosen = {"stand": request.POST.get("stand", "alle" if words else "offen"), "wer": request.POST.get("wer", "team")}
    wanted = Wanted(view=VIEWS.get(chosen["stand"], "open"), who=WHO.get(chosen["wer"], "team"), words=words)
    return redirect(_address(_sorted(wanted, request.POST.get("sort", ""))))


def _wanted(request: HttpRequest) -> Wanted:
    get = request.GET
    wanted = Wanted(
        view=VIEWS.get(get.get("stand", ""), "open"),
        who=WHO.get(get.get("wer", ""), "team"),
        words=str(request.session.get(WORDS, "")) if "suche" in get else "",
        after=get.get("nach", "")[:24],
        before=get.get("vor", "")[:24],
    )
    return _sorted(wanted, get.get("sort", ""))


def _sorted(wanted: Wanted, text: str) -> Wanted:
    return replace(wanted, sort=SORTS.get(text.removeprefix("-"), "due"), descending=text.startswith("-"))


def _key(words: dict[str, str], meaning: str) -> str:
    return next(word for word, one in words.items() if one == meaning)


def _address(wanted: Wanted, **edge: str) -> str:
    """The address of a queue, without the words that somebody searched for."""
    order = ("-" if wanted.descending else "") + _key(SORTS, wanted.sort)
    parts = {"stand": _key(VIEWS, wanted.view), "wer": _key(WHO, wanted.who), "sort": order, **edge}
    if wanted.words:
        parts["suche"] = "1"  # that there are words, not which
    kept = {name: value for name, value in parts.items() if value not in {"offen", "team"} and (name, value) != DUE}
    return f"{reverse('desk:queue')}{'?' if kept else ''}{urlencode(kept)}"


def _greeting() -> str:
    hour = timezone.localtime(clock.now()).hour
    return _("Guten Morgen") if hour < 11 else _("Guten Tag") if hour < 18 else _("Guten Abend")


def _today(tally: Tally) -> str:
    if not tally.open:
        return _("Zurzeit ist nichts zu bearbeiten.")
    if not tally.ready:
        return _("Zurzeit ist kein Vorgang entscheidungsreif.")
    words = ngettext(
        "Einen Vorgang können Sie heute abschließen.", "%(count)s Vorgänge können Sie heute abschließen.", tally.ready
    )
    return words % {"count": tally.ready}


def _views() -> tuple[tuple[str, str], ...]:
    return (
        ("offen", _("Offen")),
        ("reif", _("Entscheidungsreif")),
        ("frist", _("Frist heute oder überschritten")),
        ("warten", _("Wartet auf Unterlagen")),
        ("neu", _("Unterlagen fehlen noch")),
        ("angaben", _("Angaben folgen")),
        ("fertig", _("Entschieden und beendet")),
        ("alle", _("Alle")),
    )


def _whose() -> tuple[tuple[str, str], ...]:
    return (("team", _("Mein Team")), ("ich", _("Ich")), ("niemand", _("Noch niemand")))


def _sortings() -> tuple[tuple[str, str], ...]:
    return (
        ("frist", _("Frist, dringende zuerst")),
        ("eingang", _("Eingang, älteste zuerst")),
        ("-eingang", _("Eingang, neueste zuerst")),
        ("name", _("Familienname")),
    )


def _selects(wanted: Wanted) -> list[Select]:
    order = ("-" if wanted.descending else "") + _key(SORTS, wanted.sort)
    return [
        Select("stand", _("Stand"), _key(VIEWS, wanted.view), _views()),
        Select("wer", _("Zuständig"), _key(WHO, wanted.who), _whose()),
        Select("sort", _("Reihenfolge"), order, _sortings()),
    ]


def _chips(wanted: Wanted) -> list[Chip]:
    """What is filtered, each with the address without it."""
    chips = []
    if wanted.view != "open":
        title = _("Stand: %(view)s") % {"view": dict(_views())[_key(VIEWS, wanted.view)]}
        chips.append(Chip(title, _address(replace(wanted, view="open"))))
    if wanted.who != "team":
        title = _("Zuständig: %(who)s") % {"who": dict(_whose())[_key(WHO, wanted.who)]}
        chips.append(Chip(title, _address(replace(wanted, who="team"))))
    return chips


def _columns(wanted: Wanted) -> list[Column]:
    def sortable(title: str, sort: str) -> Column:
        now = wanted.sort == sort
        url = _address(replace(wanted, sort=sort, descending=now and not wanted.descending))
        return Column(title, url, ("descending" if wanted.descending else "ascending") if now else "")

    return [
        sortable(_("Antrag von"), "name"),
        Column(_("Stand")),
        Column(_("Vollständig")),
        sortable(_("Eingang"), "received"),
        sortable(_("Frist"), "due"),
        Column(_("Nächster Schritt")),
    ]


def _nothing(wanted: Wanted) -> str:
    if wanted.words:
        return _("Dazu gibt es in dieser Ansicht keinen Vorgang. Suchen Sie mit weniger Buchstaben oder unter „Alle“.")
    return _("In dieser Ansicht liegt zurzeit kein Vorgang.")
