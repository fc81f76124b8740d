"""The history of a case in sentences that a person understands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiepe.base.kernel.actor import ActorKind
from kiepe.base.ui.languages import German
from kiepe.cases import evidence
from kiepe.cases.models import Because, CaseEvent, ChangeKind, EventContent, Party, PartyRole, Way
from kiepe.cases.models.evidence import because
from kiepe.cases.transitions import State, Verb
from kiepe.cases.types import case_type

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history. `note` holds reasons and words; `became` the state that the case reached by it."""

    seq: int
    verb: Verb
    at: datetime
    who: str
    sentence: str
    note: str
    became: str
    icon: str

    @property
    def foreign(self) -> bool:
        """Whether the note is a caseworker's, and so German in every language."""
        return isinstance(self.note, German)


# What an applicant reads: not how the office works on it, and nothing of a decision before its notice is there.
FOR_APPLICANTS = (
    Verb.SUBMITTED,
    Verb.BEGUN,
    Verb.COMPLETED,
    Verb.TAKEN_IN,
    Verb.ANSWERS_ASKED,
    Verb.ATTACHED,
    Verb.LACK_EXPLAINED,
    Verb.FILE_BLOCKED,
    Verb.SENT_FILE_BLOCKED,
    Verb.REQUESTED,
    Verb.RETURNED,
    Verb.WAIVED,
    Verb.ISSUED,
    Verb.WITHDRAWN,
    Verb.MESSAGE_SENT,
    Verb.CHANGE_REPORTED,
    Verb.CHANGE_HANDLED,
    Verb.ANSWERS_CORRECTED,
    Verb.ACCOUNT_LEFT,
    Verb.ERASED,
    Verb.ACCESS_GRANTED,
    Verb.ACCESS_REVOKED,
    Verb.CONSENTED,
    Verb.CONSENT_REVOKED,
    Verb.POSTED,
    Verb.NOTIFIED,
    Verb.REMINDED,
    Verb.RETRIEVED,
    Verb.LETTER_QUEUED,
    Verb.ARRIVAL_NOTED,
)
# What a member of the household reads, of their own papers and messages only.
FOR_MEMBERS = (
    Verb.ATTACHED,
    Verb.LACK_EXPLAINED,
    Verb.FILE_BLOCKED,
    Verb.SENT_FILE_BLOCKED,
    Verb.ACCEPTED,
    Verb.RETURNED,
    Verb.WAIVED,
    Verb.MESSAGE_SENT,
)
ICONS = {
    Verb.SUBMITTED: "inbox",
    Verb.BEGUN: "inbox",
    Verb.COMPLETED: "task_alt",
    Verb.TAKEN_IN: "account_circle",
    Verb.ANSWERS_ASKED: "mail",
    Verb.ATTACHED: "upload_file",
    Verb.LACK_EXPLAINED: "chat",
    Verb.FILE_BLOCKED: "warning",
    Verb.SENT_FILE_BLOCKED: "warning",
    Verb.REQUESTED: "mail",
    Verb.ACCEPTED: "check_circle",
    Verb.RETURNED: "reply",
    Verb.WAIVED: "task_alt",
    Verb.CORRECTED: "calculate",
    Verb.CORRECTION_DROPPED: "calculate",
    Verb.PERIOD_SET: "event",
    Verb.CLAIMED: "account_circle",
    Verb.DECIDED: "draw",
    Verb.ISSUED: "description",
    Verb.WITHDRAWN: "reply",
    Verb.MESSAGE_SENT: "chat",
    Verb.CHANGE_REPORTED: "moving",
    Verb.CHANGE_HANDLED: "task_alt",
    Verb.ANSWERS_CORRECTED: "draw",
    Verb.ACCOUNT_LEFT: "account_circle",
    Verb.ERASED: "info",
    Verb.ACCESS_GRANTED: "account_circle",
    Verb.ACCESS_REVOKED: "account_circle",
    Verb.CONSENTED: "check_circle",
    Verb.CONSENT_REVOKED: "close",
    Verb.POSTED: "mail",
    Verb.NOTIFIED: "mail",
    Verb.REMINDED: "schedule",
    Verb.RETRIEVED: "description",
    Verb.LETTER_QUEUED: "print",
    Verb.ARRIVAL_NOTED: "event",
}


def told(event: CaseEvent, *, for_staff: bool) -> Entry:
    """Tell one event. After lawful deletion of its content only the kind of event can be told."""
    verb = Verb(event.verb)
    try:
        content: Content = {**event.content.json, "case_type": event.case.case_type}
    except EventContent.DoesNotExist:
        sentence, note, became = _("%(verb)s (Inhalt gelöscht)") % {"verb": verb.label}, "", ""
        return Entry(
            event.seq, verb, event.at, _who(event, {}, for_staff=for_staff), sentence, note, became, ICONS[verb]
        )
    return Entry(
        seq=event.seq,
        verb=verb,
        at=event.at,
        who=_who(event, content, for_staff=for_staff),
        sentence=_SENTENCES[verb](content),
        note=_note(content, verb, for_staff=for_staff),
        became=str(State(content["state"]).label) if content.get("became") else "",
        icon=ICONS[verb],
    )


def told_member(event: CaseEvent, party: Party) -> Entry:
    """Tell one event about a member's own papers or messages to that member: with reasons, and "Sie" for themselves."""
    entry, content = told(event, for_staff=False), event.content.json
    if entry.verb == Verb.MESSAGE_SENT:  # to whom goes without saying
        entry = replace(entry, sentence=_message({**content, "to": ""}))
    note = "" if entry.verb == Verb.WAIVED else _note(content, entry.verb, for_staff=True)
    if event.actor_kind != ActorKind.CITIZEN:
        return replace(entry, note=note, became="")
    who = _("Sie") if content.get("by_member") == party.item_id else _("Antragstellende Person")
    return replace(entry, note=note, who=who, became="")


def _who(event: CaseEvent, content: Content, *, for_staff: bool) -> str:
    name = str(content.get("actor", ""))
    if event.actor_kind == ActorKind.SYSTEM:
        return _("System")
    if event.actor_kind == ActorKind.STAFF:
        return name or _("Sachbearbeitung") if for_staff else _("Sachbearbeitung")
    if content.get("party"):  # somebody who acts for the applicant, by name
        return str(content["party"])
    return name or _("Antragstellende Person") if for_staff else _("Sie")


def _note(content: Content, verb: Verb, *, for_staff: bool) -> str:
    if verb in {Verb.WAIVED, Verb.BEGUN, Verb.TAKEN_IN} and not for_staff:  # a note among colleagues
        return ""
    if content.get("private") and not for_staff:  # about a member's own paper
        return ""
    lacks = content.get("lacks")
    if verb == Verb.LACK_EXPLAINED and isinstance(lacks, dict):
        return " ".join(part for lack, words in lacks.values() for part in (because(lack), words) if part)
    return kept_said(str(content.get("reason") or content.get("words") or ""))


def kept_said(words: str) -> str:
    """Words that a case keeps: a sentence of ours in the reader's language, a caseworker's as written (`German`)."""
    said = _(words) if words else ""
    return German(words) if said == words else said


def _titles(content: Content) -> str:
    return ", ".join(_said(content, title) for title in content.get("titles", []))


def _said(content: Content, title: object) -> str:
    """The title of a document in the reader's language; the record keeps it in German."""
    return evidence.retold(case_type(str(content["case_type"])), str(title)) if content.get("case_type") else str(title)


def _day(value: object) -> str:
    return f"{date.fromisoformat(str(value)):%d.%m.%Y}" if value else "–"


def _begun(content: Content) -> str:
    said = {"day": _day(content.get("received_on"))}
    return {
        "online": _("Antrag eingegangen am %(day)s, Angaben folgen"),
        "phone": _("Antrag am Telefon gestellt am %(day)s, Angaben folgen"),
        "paper": _("Antrag auf Papier eingegangen am %(day)s, Angaben folgen"),
        "counter": _("Antrag vor Ort gestellt am %(day)s, Angaben folgen"),
        "forwarded": _("Antrag bei einer anderen Stelle gestellt am %(day)s, Angaben folgen"),
    }[str(content.get("channel", "online"))] % said


def _attached(content: Content) -> str:
    count = int(content.get("count", 1))
    text = ngettext("%(title)s: eine Datei eingereicht", "%(title)s: %(count)d Dateien eingereicht", count)
    return text % {"title": _said(content, content.get("title", "")), "count": count}


def _corrected(content: Content) -> str:
    said = {"label": content.get("label", ""), "value": content.get("shown", "")}
    if content.get("valid_from"):
        return _("Angabe „%(label)s“ ab %(day)s berichtigt: %(value)s") % {**said, "day": _day(content["valid_from"])}
    return _("Angabe „%(label)s“ berichtigt: %(value)s") % said


def _period(content: Content) -> str:
    if not content.get("start") and not content.get("end"):
        return _("Zeitraum wieder wie gesetzlich vorgesehen")
    return _("Zeitraum festgelegt: %(start)s bis %(end)s") % {
        "start": _day(content.get("start")),
        "end": _day(content.get("end")),
    }


def _decided(content: Content) -> str:
    return {
        "grant": _("Entschieden: Bewilligung wie vorgeschlagen"),
        "reject": _("Entschieden: Ablehnung"),
        "other": _("Entschieden: abweichend vom Vorschlag"),
    }[content["kind"]]


def _message(content: Content) -> str:
    """Which way it went and, of a member's, to whom; with how many files. What it says stands with the messages."""
    way = _("Nachricht an die Stadt") if content.get("direction") == "in" else _("Nachricht von der Stadt")
    if content.get("to"):
        way = _("Nachricht von der Stadt an %(name)s") % {"name": content["to"]}
    count = int(content.get("count", 0))
    if not count:
        return way
    return ngettext("%(way)s mit einer Datei", "%(way)s mit %(count)d Dateien", count) % {"way": way, "count": count}


def _change(content: Content) -> str:
    words = str(ChangeKind(content["kind"]).label)
    if content.get("since"):
        return _("Änderung mitgeteilt ab %(day)s: %(words)s") % {"day": _day(content["since"]), "words": words}
    return _("Änderung mitgeteilt: %(words)s") % {"words": words}


def _answers_corrected(content: Content) -> str:
    count = int(content.get("count", 0))
    if not count:  # only answered what we had asked about them
        return _("Angaben bestätigt")
    text = ngettext("Angaben berichtigt: eine Antwort anders", "Angaben berichtigt: %(count)d Antworten anders", count)
    said = text % {"count": count}
    if not content.get("titles"):
        return said
    return _("%(said)s. Dazu gebraucht: %(titles)s") % {"said": said, "titles": _titles(content)}


def _whom(content: Content) -> str:
    """Who has an own way in, with the role."""
    role = content.get("role")
    name = str(content.get("name", ""))
    return f"{name} ({PartyRole(role).label})" if role else name


def _issued(content: Content) -> str:
    way = content.get("delivery", {}).get("way")
    return {
        Way.POST.value: _("Bescheid erteilt; er kommt als Brief"),
        Way.PORTAL.value: _("Bescheid erteilt; er liegt im Serviceportal zum Abruf bereit"),
    }.get(way, _("Bescheid erteilt"))


def _posted(content: Content) -> str:
    said = {"day": _day(content["delivery"]["posted_on"])}
    if content.get("before"):
        return _("Tag der Aufgabe zur Post berichtigt: %(day)s statt %(before)s") % {
            **said,
            "before": _day(content["before"]),
        }
    return _("Brief am %(day)s zur Post gegeben") % said


def _letter_queued(content: Content) -> str:
    why = Because(content["delivery"]["because"]).label
    return _("Brief in den Postausgang gelegt: %(why)s") % {"why": why}


def _arrival(content: Content) -> str:
    found = content["delivery"]
    if found["not_arrived"]:
        return {
            Way.POST.value: _("Festgestellt: Der Brief ist nicht angekommen"),
            Way.PORTAL.value: _("Festgestellt: Die Benachrichtigung ist nicht angekommen"),
        }[found["way"]]
    return _("Festgestellt: Der Bescheid ist erst am %(day)s zugegangen") % {"day": _day(found["arrived_on"])}


_SENTENCES: dict[Verb, Callable[[Content], str]] = {
    Verb.SUBMITTED: lambda _content: _("Antrag eingegangen"),
    Verb.BEGUN: _begun,
    Verb.COMPLETED: lambda _content: _("Angaben vollständig"),
    Verb.TAKEN_IN: lambda content: (
        _("Angaben werden für die Person aufgenommen; Tag des Eingangs ist der %(day)s")
        % {"day": _day(content.get("received_on"))}
    ),
    Verb.ANSWERS_ASKED: lambda content: (
        _("Um die weiteren Angaben gebeten bis %(day)s") % {"day": _day(content.get("answers_due_on"))}
    ),
    Verb.ATTACHED: _attached,
    Verb.LACK_EXPLAINED: lambda content: (
        _("Liegt nicht vor: %(title)s") % {"title": _said(content, content.get("title", ""))}
    ),
    Verb.FILE_BLOCKED: lambda content: (
        _("Datei gesperrt, in der ein Virus gefunden wurde: %(title)s")
        % {"title": _said(content, content.get("title", ""))}
    ),
    Verb.SENT_FILE_BLOCKED: lambda content: (
        _("Datei gesperrt, in der ein Virus gefunden wurde: %(title)s")
        % {"title": _said(content, content.get("title", ""))}
    ),
    Verb.REQUESTED: lambda content: (
        _("Unterlagen nachgefordert bis %(day)s: %(titles)s")
        % {"day": _day(content.get("due_on")), "titles": _titles(content)}
    ),
    Verb.ACCEPTED: lambda content: (
        _("Nachweis anerkannt: %(title)s") % {"title": _said(content, content.get("title", ""))}
    ),
    Verb.RETURNED: lambda content: (
        _("Nachweis zurückgegeben: %(title)s") % {"title": _said(content, content.get("title", ""))}
    ),
    Verb.WAIVED: lambda content: (
        _("Auf Nachweis verzichtet: %(title)s") % {"title": _said(content, content.get("title", ""))}
    ),
    Verb.CORRECTED: _corrected,
    Verb.CORRECTION_DROPPED: lambda content: (
        _("Berichtigung zurückgenommen: %(label)s") % {"label": content.get("label", "")}
    ),
    Verb.PERIOD_SET: _period,
    Verb.CLAIMED: lambda _content: _("Vorgang übernommen"),
    Verb.DECIDED: _decided,
    Verb.ISSUED: _issued,
    Verb.WITHDRAWN: lambda _content: _("Antrag zurückgenommen"),
    Verb.MESSAGE_SENT: _message,
    Verb.CHANGE_REPORTED: _change,
    Verb.CHANGE_HANDLED: lambda content: (
        _("Mitgeteilte Änderung bearbeitet: %(words)s") % {"words": ChangeKind(content["kind"]).label}
    ),
    Verb.ANSWERS_CORRECTED: _answers_corrected,
    Verb.ACCOUNT_LEFT: lambda _content: _("Konto gelöscht; der Vorgang bleibt"),
    Verb.ERASED: lambda content: _("Inhalte gelöscht nach %(norm)s") % {"norm": content.get("norm", "")},
    Verb.ACCESS_GRANTED: lambda content: _("Eigener Zugang eingerichtet für %(name)s") % {"name": _whom(content)},
    Verb.ACCESS_REVOKED: lambda content: _("Zugang beendet für %(name)s") % {"name": _whom(content)},
    Verb.CONSENTED: lambda _content: _("In den Abruf des Bescheids im Serviceportal eingewilligt"),
    Verb.CONSENT_REVOKED: lambda _content: _("Einwilligung in den Abruf im Serviceportal widerrufen"),
    Verb.POSTED: _posted,
    Verb.NOTIFIED: lambda _content: _("Benachrichtigung per Mail abgesendet: Der Bescheid liegt zum Abruf bereit"),
    Verb.REMINDED: lambda _content: _("Per Mail an den Abruf erinnert"),
    Verb.RETRIEVED: lambda _content: _("Bescheid im Serviceportal abgerufen"),
    Verb.LETTER_QUEUED: _letter_queued,
    Verb.ARRIVAL_NOTED: _arrival,
}
