"""The states of a case, and the one table of what leads from which to which."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiepe.base.kernel.refusal import Refused


class State(models.TextChoices):
    """Where a case stands, with the words that staff read."""

    RECEIVED = "received", gettext_lazy("Eingegangen")  # documents are missing and nobody asked for them yet
    WAITING = "waiting", gettext_lazy("Wartet auf Unterlagen")  # asked for, or sent back
    READY = "ready", gettext_lazy("Entscheidungsreif")  # all documents are there or waived
    DECIDED = "decided", gettext_lazy("Entschieden")  # decided; the notice is being made
    ISSUED = "issued", gettext_lazy("Bescheid erteilt")
    WITHDRAWN = "withdrawn", gettext_lazy("Zurückgenommen")


class Verb(models.TextChoices):
    """What can happen to a case. One verb, one event."""

    SUBMITTED = "submitted", gettext_lazy("Antrag eingegangen")
    ATTACHED = "attached", gettext_lazy("Unterlage eingereicht")
    LACK_EXPLAINED = "lack_explained", gettext_lazy("Unterlage liegt nicht vor")
    FILE_BLOCKED = "file_blocked", gettext_lazy("Datei gesperrt")
    REQUESTED = "requested", gettext_lazy("Unterlagen nachgefordert")
    ACCEPTED = "accepted", gettext_lazy("Nachweis anerkannt")
    RETURNED = "returned", gettext_lazy("Nachweis zurückgegeben")
    WAIVED = "waived", gettext_lazy("Auf Nachweis verzichtet")
    CORRECTED = "corrected", gettext_lazy("Angabe berichtigt")
    CORRECTION_DROPPED = "correction_dropped", gettext_lazy("Berichtigung zurückgenommen")
    PERIOD_SET = "period_set", gettext_lazy("Zeitraum festgelegt")
    CLAIMED = "claimed", gettext_lazy("Vorgang übernommen")
    DECIDED = "decided", gettext_lazy("Entschieden")
    ISSUED = "issued", gettext_lazy("Bescheid erteilt")
    WITHDRAWN = "withdrawn", gettext_lazy("Antrag zurückgenommen")
    ERASED = "erased", gettext_lazy("Inhalte gelöscht")
    # how the notice reaches the person; none of them moves the state
    CONSENTED = "consented", gettext_lazy("In Abruf im Serviceportal eingewilligt")
    CONSENT_REVOKED = "consent_revoked", gettext_lazy("Einwilligung widerrufen")
    POSTED = "posted", gettext_lazy("Brief zur Post gegeben")
    NOTIFIED = "notified", gettext_lazy("Benachrichtigung abgesendet")
    REMINDED = "reminded", gettext_lazy("An den Abruf erinnert")
    RETRIEVED = "retrieved", gettext_lazy("Bescheid abgerufen")
    LETTER_QUEUED = "letter_queued", gettext_lazy("Brief in den Postausgang gelegt")
    ARRIVAL_NOTED = "arrival_noted", gettext_lazy("Zugang festgestellt")


OPEN = frozenset({State.RECEIVED, State.WAITING, State.READY, State.DECIDED})
UNDECIDED = frozenset({State.RECEIVED, State.WAITING, State.READY})
CLOSED = frozenset({State.ISSUED, State.WITHDRAWN})

# verb -> the states it may start from. What it leads to is in `after`; documents decide between three of them.
FROM: dict[Verb, frozenset[State]] = {
    Verb.ATTACHED: UNDECIDED,
    Verb.LACK_EXPLAINED: UNDECIDED,
    Verb.FILE_BLOCKED: frozenset(State),
    Verb.REQUESTED: UNDECIDED,
    Verb.ACCEPTED: UNDECIDED,
    Verb.RETURNED: UNDECIDED,
    Verb.WAIVED: UNDECIDED,
    Verb.CORRECTED: UNDECIDED,
    Verb.CORRECTION_DROPPED: UNDECIDED,
    Verb.PERIOD_SET: UNDECIDED,
    Verb.CLAIMED: UNDECIDED,
    Verb.DECIDED: UNDECIDED,
    Verb.ISSUED: frozenset({State.DECIDED}),
    Verb.WITHDRAWN: UNDECIDED,
    Verb.ERASED: CLOSED,
    Verb.CONSENTED: UNDECIDED | {State.DECIDED},
    Verb.CONSENT_REVOKED: UNDECIDED | {State.DECIDED, State.ISSUED},
    **dict.fromkeys(
        (Verb.POSTED, Verb.NOTIFIED, Verb.REMINDED, Verb.RETRIEVED, Verb.LETTER_QUEUED, Verb.ARRIVAL_NOTED),
        frozenset({State.ISSUED}),
    ),
}
TO: dict[Verb, State] = {
    Verb.REQUESTED: State.WAITING,
    Verb.RETURNED: State.WAITING,
    Verb.DECIDED: State.DECIDED,
    Verb.ISSUED: State.ISSUED,
    Verb.WITHDRAWN: State.WITHDRAWN,
}


def after(state: State, verb: Verb, *, complete: bool, answered: bool = False) -> State:
    """The state that `verb` leads to from `state`. `complete`: every needed document is there or waived.

    `answered`: of every document the applicant sent it or said why it is not there; then the case waits no longer.
    Raises Refused (409) where the table does not know the way.
    """
    if state not in FROM[verb]:
        raise Refused(why_not(state), _("Laden Sie die Seite neu: Sie zeigt, wie der Vorgang jetzt steht."))
    if verb in TO:
        return TO[verb]
    if state not in UNDECIDED:
        return state
    if complete:
        return State.READY
    if verb == Verb.FILE_BLOCKED:  # the document goes back to the applicant
        return State.WAITING
    if answered:
        return State.RECEIVED
    return State.RECEIVED if state == State.READY else state


def why_not(state: State) -> str:
    """Why a verb is not possible any more, in one sentence."""
    return {
        State.DECIDED: _("Über diesen Vorgang wurde inzwischen entschieden."),
        State.ISSUED: _("Über diesen Vorgang wurde schon entschieden; der Bescheid ist erteilt."),
        State.WITHDRAWN: _("Dieser Antrag wurde zurückgenommen."),
    }.get(state, _("In diesem Stand des Vorgangs ist das nicht möglich."))
