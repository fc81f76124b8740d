"""What a member of the household takes home of a case: their own part as data and as a paper, nothing of the others.

Keys are documented in docs/reference/my-data.md.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from kiepe.base.catalogue.pack import city
from kiepe.base.documents.models import Scan, StoredFile
from kiepe.base.forms.models import OwnPart
from kiepe.base.forms.queries import laid_in
from kiepe.base.forms.values import said, show
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.ui.templatetags.ui import day, moment
from kiepe.cases import canonical, facts, handed_out, members, retention, types
from kiepe.cases.applying_part import OwnWalk
from kiepe.cases.casefile import answered, documents, happened, passed, title_of
from kiepe.cases.handed_out import Paths
from kiepe.cases.members import Asked
from kiepe.cases.models import Case, EvidenceItem, EvidenceState, Party
from kiepe.cases.papers import Group, Note, Paper, Section
from kiepe.cases.wording import office


def purpose(case: Case) -> str:
    """What the member's data are for, and by which norms, in one sentence."""
    return _(
        "Wir brauchen Ihre Angaben, um über den Antrag „%(title)s“ für Ihren Haushalt zu entscheiden "
        "(§§ 67a und 67b Sozialgesetzbuch X)."
    ) % {"title": said(types.case_type(case.case_type).title)}


def seen_by(party: Party) -> str:
    """Who gets to know what the member said."""
    if party.own_part:
        return _(
            "Nur Sie und die Behörde sehen Ihren Teil. Im Bescheid steht die Rechnung für den Haushalt. Darin steht "
            "auch, welches Einkommen von Ihnen gezählt hat. Den Bescheid bekommt, wer den Antrag gestellt hat."
        )
    return _(
        "Sie und die Behörde sehen Ihren Teil. Sie haben erlaubt, dass ihn auch liest, wer den Antrag gestellt hat: "
        "Ihre Angaben, Ihre Unterlagen und was Sie der Behörde schreiben."
    )


def kept(case: Case) -> str:
    """Until when the part is kept and why nobody deletes it before, in plain words."""
    until, years = retention.last_day(case), types.case_type(case.case_type).retention_years
    if until is not None:
        return _("Ihr Teil gehört zur Akte, und die muss vollständig bleiben. Wir löschen ihn nach dem %(day)s.") % {
            "day": day(until)
        }
    return _(
        "Ihr Teil gehört zur Akte, und die muss vollständig bleiben. Solange der Antrag läuft, brauchen wir ihn. "
        "Danach bleibt er %(years)d Jahre, gerechnet vom Ende des Jahres, in dem der Vorgang endet. Dann löschen wir "
        "ihn."
    ) % {"years": years}


def files(actor: Actor, party: Party, folder: str) -> list[tuple[StoredFile, str]]:
    """The member's papers and the files of their messages, each with its place in the archive.

    A file in which a virus was found is locked for everybody and left out; its document says so.
    """
    found = [one.stored_file for item in members.evidence(actor, party) for one in item.files.all()]
    found += [one.stored_file for message in members.messages(actor, party) for one in message.files.all()]
    usable = [file for file in found if file.scan != Scan.FOUND]
    return [(file, f"{folder}/dateien/{number:03d}-{file.name}") for number, file in enumerate(usable, 1)]


def data(actor: Actor, party: Party, paths: Paths) -> object:
    """Everything that is kept of this member in this case, as plain data; `paths` as in handed_out.said."""
    case, access = party.case, party.access
    decided = members.decided(case)
    return canonical.plain(
        {
            "number": case.number,
            "service": case.service,
            **handed_out.own_row(party),
            "own_access_since": access.granted_at,
            "news_to": access.email,
            "language": access.language,
            "shared": not party.own_part,
            "answers": [
                {
                    "version": one.version,
                    "form": one.form,
                    "form_version": one.form_version,
                    "answers": one.answers,
                    "asked_back": [
                        {"question": asked["question"], "stands": asked["stands"], "reason": asked["reason"]}
                        for asked in one.doubts
                    ],
                }
                for one in members.said(actor, party)
            ],
            "documents": [_document(item, paths) for item in members.evidence(actor, party)],
            "requests": [_request(one) for one in members.requests(actor, party)],
            "messages": [handed_out.told(one, paths) for one in members.messages(actor, party)],
            "history": [
                {"at": entry.at, "who": entry.who, "sentence": entry.sentence, "note": entry.note}
                for entry in reversed(members.events(actor, party))
            ],
            "decided_at": case.decided_at if decided else None,
            "corrections": [handed_out.correction(row) for row in members.corrections(actor, party)],
            "read_by_staff": members.reads(actor, party),
            "purpose": purpose(case),
            "seen_by": seen_by(party),
            "kept_until": retention.last_day(case),
            "kept_by": retention.norm(case),
        }
    )


def _document(item: EvidenceItem, paths: Paths) -> dict[str, object]:
    """A document with what the office decided about it."""
    reason = item.reason if item.state == EvidenceState.RETURNED else ""
    return {**handed_out.document(item, paths), "reason": reason, "due_on": item.due_on, "changed_at": item.changed_at}


def _request(one: Asked) -> dict[str, object]:
    return {
        "at": one.request.created_at,
        "due_on": one.request.due_on,
        "words": one.words,
        "titles": [item.title for item in one.items],
    }


def paper(actor: Actor, party: Party) -> Paper:
    """The member's own part, to read."""
    case, unit = party.case, office(party.case)
    flow, given = types.form(case.case_type), facts.answers(case)
    sections = [
        *answered(OwnWalk(flow, party.item_id, given).summary()),
        documents(case, members.evidence(actor, party)),
        _requests(case, members.requests(actor, party)),
        passed(members.messages(actor, party)),
        _decisions(actor, party),
        happened(members.events(actor, party)),
        _keeping(party),
    ]
    return Paper(
        title=_("Ihr Teil im Vorgang %(number)s") % {"number": case.number},
        office=unit["name"],
        phone=unit["phone"],
        lead=(_("So steht Ihr Teil am %(now)s.") % {"now": moment(clock.now())},),
        facts=(
            (_("Antrag"), said(types.case_type(case.case_type).title)),
            (_("Nummer"), case.number),
            (_("Name"), party.name),
            (_("Eigener Zugang seit"), day(party.access.granted_at)),
        ),
        sections=[section for section in sections if section is not None],
    )


def begun(part: OwnPart) -> Paper:
    """What the member filled in of their part and nobody sent yet, to read."""
    draft = part.draft
    flow = types.form(draft.form)
    whole = laid_in(draft.answers, {part.item_id: part.answers})
    return Paper(
        title=_("Ihr eigener Teil, noch nicht abgeschickt: %(title)s") % {"title": said(flow.form.title)},
        office=_("Serviceportal"),
        phone=city().contact.phone,
        lead=(
            _("Das haben Sie bis jetzt eingetragen."),
            _("Ohne Ihr Zutun löschen wir es am %(day)s.") % {"day": day(draft.delete_on)},
        ),
        sections=answered(OwnWalk(flow, part.item_id, whole).summary()),
    )


def _requests(case: Case, requests: list[Asked]) -> Section | None:
    notes = tuple(
        Note(
            _("Nachgefordert am %(when)s bis zum %(due)s")
            % {"when": moment(one.request.created_at), "due": day(one.request.due_on)},
            one.words,
            tuple(title_of(case, item) for item in one.items),
        )
        for one in requests
    )
    return Section(_("Was wir nachgefordert haben"), notes=notes) if notes else None


def _decisions(actor: Actor, party: Party) -> Section | None:
    """That it was decided, and which of the member's answers the office corrected for it."""
    case = party.case
    if not members.decided(case) or case.decided_at is None:
        return None
    flow = types.form(case.case_type)
    rows = []
    for row in members.corrections(actor, party):
        since = _("ab %(day)s") % {"day": day(row.valid_from)} if row.valid_from else ""
        asked = flow.field(row.answer)
        rows.append((asked.label, f"{show(asked.field, row.value)} {since}".strip(), row.reason))
    groups = (Group(_("Ihre Angaben, berichtigt"), (_("Frage"), _("jetzt"), _("Begründung")), tuple(rows)),)
    return Section(
        _("Entscheidung"),
        (_("Über den Antrag wurde am %(day)s entschieden.") % {"day": day(case.decided_at)},),
        groups=groups if rows else (),
    )


def _keeping(party: Party) -> Section:
    city_name, case = city().full_name, party.case
    lines = [
        _("Verantwortlich: %(name)s") % {"name": city_name},
        _("Grundlage: %(norm)s") % {"norm": retention.norm(case)},
        _("Per Mail hören Sie von Neuem unter: %(address)s") % {"address": party.access.email or "–"},
    ]
    return Section(_("Was mit Ihren Daten geschieht"), (purpose(case), seen_by(party), kept(case)), items=tuple(lines))
