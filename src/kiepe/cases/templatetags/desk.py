"""How a case looks on the desk: its state, its due day, how complete it is and what comes next, in words and icons."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kiepe.base.kernel import clock
from kiepe.base.ui.templatetags.ui import day, icon

register = template.Library()
SOON_DAYS = 4  # from here on a due day is shown in amber

# state -> (colour of the badge, icon, words)
STATES = {
    "received": ("info", "inbox", gettext_lazy("Eingegangen")),
    "waiting": ("warning", "hourglass_top", gettext_lazy("Wartet auf Unterlagen")),
    "ready": ("success", "task_alt", gettext_lazy("Entscheidungsreif")),
    "decided": ("info", "draw", gettext_lazy("Entschieden")),
    "issued": ("neutral", "check", gettext_lazy("Bescheid erlassen")),
    "withdrawn": ("neutral", "remove", gettext_lazy("Zurückgezogen")),
}
# state of a piece of evidence -> (ok/warn/plain, icon, words)
EVIDENCE = {
    "missing": ("plain", "remove", gettext_lazy("fehlt")),
    "requested": ("warn", "hourglass_top", gettext_lazy("angefordert")),
    "received": ("warn", "upload_file", gettext_lazy("eingegangen, zu prüfen")),
    "accepted": ("ok", "check_circle", gettext_lazy("anerkannt")),
    "returned": ("warn", "reply", gettext_lazy("zurückgegeben")),
    "waived": ("ok", "check", gettext_lazy("nicht nötig")),
}
# verb of an event -> icon
VERBS = {
    "submitted": "description",
    "attached": "upload_file",
    "requested": "mail",
    "accepted": "check_circle",
    "returned": "reply",
    "waived": "remove",
    "corrected": "calculate",
    "claimed": "account_circle",
    "decided": "draw",
    "issued": "gavel",
}


class Shown(Protocol):
    """What these tags read of a case or of a line of the queue."""

    @property
    def state(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...


def _badge(colour: str, symbol: str, words: str) -> SafeString:
    style = "ms-badge-neutral" if colour == "neutral" else f"kern-badge--{colour}"
    return format_html(
        '<span class="kern-badge {}">{}<span class="kern-label">{}</span></span>', style, icon(symbol, "xs"), words
    )


def is_late(case: Shown) -> bool:
    """Whether the case is still open and its due day is over."""
    return bool(case.state in OPEN and case.due_on and case.due_on < clock.today())


OPEN = ("received", "waiting", "ready")


@register.simple_tag
def state_badge(case: Shown, late: bool = True) -> SafeString:
    """The state as a badge; an open case past its due day says so instead where `late`."""
    if late and is_late(case):
        return _badge("danger", "error", _("Frist überschritten"))
    colour, symbol, words = STATES[case.state]
    return _badge(colour, symbol, str(words))


@register.filter
def state_words(state: str) -> str:
    """`ready` becomes `Entscheidungsreif`."""
    return str(STATES[state][2])


@register.simple_tag
def evidence_state(state: str) -> SafeString:
    """The state of a piece of evidence with its icon."""
    mood, symbol, words = EVIDENCE[state]
    return format_html('<span class="ms-state ms-state--{}">{}<span>{}</span></span>', mood, icon(symbol, "s"), words)


@register.filter
def days_off(value: date) -> str:
    """`heute`, `morgen`, `in 4 Tagen`, `vor 2 Tagen`."""
    days = (value - clock.today()).days
    if days == 0:
        return _("heute")
    if days == 1:
        return _("morgen")
    if days > 0:
        return ngettext("in %(days)s Tag", "in %(days)s Tagen", days) % {"days": days}
    return ngettext("vor %(days)s Tag", "vor %(days)s Tagen", -days) % {"days": -days}


@register.filter
def days_since(value: date) -> str:
    """`heute`, `1 Tag`, `18 Tage`: calendar days from `value` until today."""
    days = (clock.today() - value).days
    return ngettext("%(days)s Tag", "%(days)s Tage", days) % {"days": days} if days else _("heute")


@register.simple_tag
def due(case: Shown, sentence: bool = False) -> SafeString:
    """The due day of an open case, red from that day on, amber shortly before; with `sentence` as in the head."""
    if case.due_on is None or case.state not in OPEN:
        return format_html('<span class="ms-muted">{}</span>', "" if sentence else "–")
    days = (case.due_on - clock.today()).days
    colour, symbol = ("", "")
    if days <= 0:
        colour, symbol = " ms-due--red", icon("error", "xs")
    elif days <= SOON_DAYS:
        colour, symbol = " ms-due--amber", icon("schedule", "xs")
    off = days_off(case.due_on)
    words = _("Frist %(off)s, %(day)s") % {"off": off, "day": day(case.due_on)} if sentence else off
    small = "" if sentence else format_html(" <small>{}</small>", f"{case.due_on:%d.%m.}")
    return format_html('<span class="ms-due{}{}">{}{}</span>{}', colour, " ms-xs" * sentence, symbol, words, small)


@register.simple_tag
def meter(settled: int, needed: int) -> SafeString:
    """`5 von 6` with a small bar; a case that needs no evidence is complete."""
    width = 100 if not needed else round(100 * settled / needed)
    return format_html(
        '<span class="ms-meter"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><rect width="{}" height="10"/></svg><span class="ms-num">{}</span></span>',
        width,
        _("%(settled)s von %(needed)s") % {"settled": settled, "needed": needed} if needed else _("nichts nötig"),
    )


@register.filter
def next_step(case: Shown) -> str:
    """What the caseworker does next, in words."""
    if case.state == "waiting":
        return _("Erinnern oder entscheiden") if is_late(case) else _("Antwort abwarten")
    return {
        "received": _("Unterlagen prüfen"),
        "ready": _("Entscheidung prüfen"),
        "decided": _("Bescheid wird erstellt"),
        "issued": _("Nichts mehr zu tun"),
        "withdrawn": _("Nichts mehr zu tun"),
    }[case.state]


@register.filter
def verb_icon(verb: str) -> str:
    """The icon of an event in the history."""
    return VERBS.get(verb, "history")
