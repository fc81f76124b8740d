"""Where a case stands, in the words of the one who waits: what is, what happens next, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiepe.base.kernel import clock
from kiepe.cases.models import Case, EvidenceItem, EvidenceState
from kiepe.cases.transitions import State


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the way: `done`, `now` or `open`, with its day where there is one."""

    title: str
    state: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """`headline` says where it stands, `following` what happens next; `until` is a day that counts for it."""

    headline: str
    following: str
    until: date | None
    until_words: str
    late: bool  # the day has passed
    tone: str  # info, warning, success
    stages: tuple[Stage, ...]


def standing(case: Case, items: list[EvidenceItem]) -> Standing:
    """Tell it in plain language."""
    missing = [item for item in items if not item.settled]
    until, until_words = _until(case, missing)
    headline, following, tone = _words(case, sum(not item.answered for item in missing))
    late = until is not None and until < clock.today()
    return Standing(headline, following, until, until_words, late, tone, _stages(case))


def _words(case: Case, missing: int) -> tuple[str, str, str]:
    match State(case.state):
        case State.RECEIVED if not missing:
            return (
                _("Ihr Antrag ist da. Etwas haben Sie nicht, und wir wissen warum."),
                _("Wir sehen es uns an. Wir sagen Ihnen, ob es ohne geht oder was stattdessen geht."),
                "info",
            )
        case State.RECEIVED:
            headline = ngettext(
                "Ihr Antrag ist da. Eine Unterlage fehlt noch.",
                "Ihr Antrag ist da. %(count)d Unterlagen fehlen noch.",
                missing,
            ) % {"count": missing}
            return (
                headline,
                _("Laden Sie hoch, was unten steht. Ein Foto genügt. Danach prüfen wir Ihren Antrag."),
                "warning",
            )
        case State.WAITING:
            following = _("Laden Sie hoch, was unten steht. Danach geht es mit Ihrem Antrag weiter.")
            return _("Wir brauchen noch etwas von Ihnen."), following, "warning"
        case State.READY:
            return (
                _("Ihr Antrag ist vollständig. Wir prüfen ihn."),
                _("Eine Mitarbeiterin oder ein Mitarbeiter entscheidet. Sie müssen jetzt nichts tun."),
                "info",
            )
        case State.DECIDED:
            return (
                _("Über Ihren Antrag ist entschieden."),
                _("Der Bescheid wird gerade erstellt. Wir schreiben Ihnen eine Mail, sobald er da ist."),
                "info",
            )
        case State.ISSUED:
            return (
                _("Ihr Bescheid ist da."),
                _("Lesen Sie ihn in Ruhe. Stimmt etwas nicht, rufen Sie uns an. Mehr steht am Ende des Bescheids."),
                "success",
            )
        case State.WITHDRAWN:
            return (
                _("Sie haben diesen Antrag zurückgenommen."),
                _("Es passiert nichts weiter. Sie können jederzeit einen neuen Antrag stellen."),
                "info",
            )


def _until(case: Case, missing: list[EvidenceItem]) -> tuple[date | None, str]:
    if case.state == State.WAITING:
        days = [item.due_on for item in missing if item.due_on is not None]
        if not days:
            return None, ""
        late = min(days) < clock.today()
        return min(days), _("Das sollte da sein bis zum") if late else _("Bitte bis zum")
    if case.state == State.READY and case.due_on is not None:
        return case.due_on, _("Wir wollen entscheiden bis zum")
    return None, ""


def _stages(case: Case) -> tuple[Stage, ...]:
    decided = case.decided_at.date() if case.decided_at is not None else None
    if case.state == State.WITHDRAWN:
        return (
            Stage(_("Antrag eingegangen"), "done", case.received_on),
            Stage(_("Antrag zurückgenommen"), "done", case.closed_on),
        )
    papers = (Stage(_("Unterlagen vollständig"), "done" if case.complete else "now", case.complete_on),)
    return (
        Stage(_("Antrag eingegangen"), "done", case.received_on),
        *(papers if case.complete or decided is None else ()),  # decided without them: nobody says they were complete
        Stage(_("Prüfung und Entscheidung"), "done" if decided else "now" if case.complete else "open", decided),
        Stage(_("Bescheid"), _notice_stage(case), case.closed_on if case.state == State.ISSUED else None),
    )


def _notice_stage(case: Case) -> str:
    return {State.ISSUED: "done", State.DECIDED: "now"}.get(State(case.state), "open")


def item_words(item: EvidenceItem) -> str:
    """How one document stands, for the applicant."""
    return {
        EvidenceState.MISSING: _("fehlt noch"),
        EvidenceState.LACKING: _("haben Sie nicht; wir melden uns"),
        EvidenceState.REQUESTED: _("bitte nachreichen"),
        EvidenceState.RECEIVED: _("angekommen"),
        EvidenceState.ACCEPTED: _("geprüft, in Ordnung"),
        EvidenceState.RETURNED: _("bitte noch einmal"),
        EvidenceState.WAIVED: _("nicht nötig"),
    }[EvidenceState(item.state)]
