"""How a case looks on the desk: its state, its due day, how complete it is and what comes next, in words and icons."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiepe.base.kernel import clock
from kiepe.base.ui.templatetags.ui import day, icon
from kiepe.cases.models import EvidenceState
from kiepe.cases.transitions import UNDECIDED, State

register = template.Library()
SOON_DAYS = 4  # from here on a due day is shown in amber

# state -> (colour of the badge, icon)
STATES = {
    State.RECEIVED: ("info", "inbox"),
    State.WAITING: ("warning", "hourglass_top"),
    State.READY: ("success", "task_alt"),
    State.DECIDED: ("info", "draw"),
    State.ISSUED: ("neutral", "check"),
    State.WITHDRAWN: ("neutral", "remove"),
}
# state of a piece of evidence -> (mood, icon)
EVIDENCE = {
    EvidenceState.MISSING: ("plain", "remove"),
    EvidenceState.LACKING: ("warn", "chat"),
    EvidenceState.REQUESTED: ("warn", "hourglass_top"),
    EvidenceState.RECEIVED: ("warn", "upload_file"),
    EvidenceState.ACCEPTED: ("ok", "check_circle"),
    EvidenceState.RETURNED: ("warn", "reply"),
    EvidenceState.WAIVED: ("ok", "check"),
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
    """Whether the case is undecided and its day is over."""
    return bool(case.state in UNDECIDED and case.due_on and case.due_on < clock.today())


@register.simple_tag
def state_badge(case: Shown, late: bool = True) -> SafeString:
    """The state as a badge; an undecided case past its day says so instead where `late`."""
    if late and is_late(case):
        waits = case.state == State.WAITING
        return _badge("danger", "error", _("Antwort überfällig") if waits else _("Frist überschritten"))
    state = State(case.state)
    return _badge(*STATES[state], str(state.label))


@register.simple_tag
def evidence_state(state: str) -> SafeString:
    """The state of a piece of evidence with its icon."""
    known = EvidenceState(state)
    mood, symbol = EVIDENCE[known]
    return format_html(
        '<span class="ms-state ms-state--{}">{}<span>{}</span></span>', mood, icon(symbol, "s"), known.label
    )


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
    waits = case.state == State.WAITING
    if case.due_on is None or case.state not in UNDECIDED:
        return format_html('<span class="ms-muted">{}</span>', "" if sentence else "–")
    days = (case.due_on - clock.today()).days
    colour, symbol = ("", "")
    if days <= 0:
        colour, symbol = " ms-due--red", icon("error", "xs")
    elif days <= SOON_DAYS:
        colour, symbol = " ms-due--amber", icon("schedule", "xs")
    off = days_off(case.due_on)
    if sentence:
        off = (_("Antwort erbeten: %(off)s, %(day)s") if waits else _("Frist: %(off)s, %(day)s")) % {
            "off": off,
            "day": day(case.due_on),
        }
    small = "" if sentence else format_html(" <small>{}</small>", f"{case.due_on:%d.%m.}")
    return format_html('<span class="ms-due{}{}">{}{}</span>{}', colour, " ms-xs" * sentence, symbol, off, small)


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
    if case.state == State.WAITING:
        return _("Erinnern oder entscheiden") if is_late(case) else _("Antwort abwarten")
    return {
        State.RECEIVED: _("Unterlagen nachfordern"),
        State.READY: _("Entscheidung prüfen"),
        State.DECIDED: _("Bescheid wird erstellt"),
        State.ISSUED: _("Erledigt"),
        State.WITHDRAWN: _("Erledigt"),
    }[State(case.state)]
