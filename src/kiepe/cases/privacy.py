"""A person's data in the cases: handed out (Art. 15, 20 GDPR); what the law keeps, until when, by which norm."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from kiepe.base.documents import queries as documents
from kiepe.base.documents.models import StoredFile
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.privacy import ACCOUNT, Attachment, Holding, Share
from kiepe.cases import canonical, casefile, facts, papers, queries, retention
from kiepe.cases.actions.erase import erase as erase_case
from kiepe.cases.actions.leave_account import leave_account
from kiepe.cases.models import AccessEntry, Answers, Case, ChangeReport, Message, Party
from kiepe.cases.types import case_type


class Cases:
    """Every case that the person has by account or opened in this browser."""

    name = "cases"

    def export(self, person: Actor) -> Share:
        data: list[object] = []
        attached: list[Attachment] = []
        for case in _own(person):
            folder = f"vorgaenge/{case.number}"
            paths = _paths(person, case, folder)
            data.append(_said(person, case, {file.pk: path for file, path in paths}))
            attached += [Attachment(path, _reader(file)) for file, path in paths]
            attached.append(Attachment(f"{folder}/alles.pdf", _paper(person, case)))
        return Share(data, tuple(attached))

    def holdings(self, person: Actor) -> Sequence[Holding]:
        return [_holding(case) for case in _own(person)]

    def erase(self, person: Actor, keys: frozenset[str]) -> None:
        """Contents whose time is over go. Where the account goes, the cases are untied from it, each with an event."""
        for case in _own(person):
            if case.number in keys and _over(case):
                erase_case(case.pk, norm=retention.norm(case))
        if person.account is not None and ACCOUNT in keys:
            leave_account(person)


def _own(person: Actor) -> list[Case]:
    if person.is_staff or (person.account is None and not person.cases):
        return []
    return list(queries.visible(person).filter(erased_at__isnull=True).order_by("pk"))


def _over(case: Case) -> bool:
    last = retention.last_day(case)
    return last is not None and last < clock.today()


def _holding(case: Case) -> Holding:
    title = f"{case_type(case.case_type).title} {case.number}"
    until, norm = retention.last_day(case), retention.norm(case)
    if _over(case):
        return Holding(case.number, title, _("Die Frist ist vorbei. Wir löschen die Inhalte."), now=True, norm=norm)
    years = case_type(case.case_type).retention_years
    words = _("Antrag, Unterlagen, Nachrichten und Bescheid gehören zur Akte. Sie muss vollständig bleiben.")
    if until is None:
        words += " " + _(
            "Solange der Vorgang läuft, brauchen wir sie. Danach bleibt sie %(years)d Jahre, gerechnet vom Ende des "
            "Jahres, in dem er endet."
        ) % {"years": years}
    return Holding(case.number, title, words, now=False, until=until, norm=norm)


def _paths(person: Actor, case: Case, folder: str) -> list[tuple[StoredFile, str]]:
    """Every file of the case with its place in the archive."""
    found = [one.stored_file for item in queries.evidence(person, case) for one in item.files.all()]
    found += [one.stored_file for message in queries.messages(person, case) for one in message.files.all()]
    found += [one.stored_file for change in queries.changes(person, case) for one in change.files.all()]
    decision = queries.decision(person, case)
    if case.receipt is not None:
        found.append(case.receipt)
    if decision is not None and decision.notice.pdf is not None:
        found.append(decision.notice.pdf)
    return [(file, f"{folder}/dateien/{number:03d}-{file.name}") for number, file in enumerate(found, 1)]


def _reader(file: StoredFile) -> Callable[[], bytes]:
    return lambda: documents.content(file)


def _paper(person: Actor, case: Case) -> Callable[[], bytes]:
    return lambda: papers.pdf(casefile.paper(person, case))


def _said(person: Actor, case: Case, paths: dict[object, str]) -> object:
    """One case as plain data. Keys are documented in docs/reference/my-data.md."""
    decision = queries.decision(person, case)
    return canonical.plain(
        {
            "number": case.number,
            "service": case.service,
            "state": case.state,
            "received_on": case.received_on,
            "decided_at": case.decided_at if decision is not None else None,
            "closed_on": case.closed_on,
            "answers": [
                {"version": row.version, "form": row.form, "form_version": row.form_version, "answers": row.json}
                for row in Answers.objects.filter(case=case).order_by("version")
            ],
            "parties": [_party(party) for party in queries.parties(person, case)],
            "documents": [
                {
                    "title": item.title,
                    "norm": item.norm,
                    "state": item.state,
                    "files": [paths[file.stored_file_id] for file in item.files.all()],
                }
                for item in queries.evidence(person, case)
            ],
            "requests": [
                {"at": one.created_at, "due_on": one.due_on, "words": one.words,
                 "titles": [item.title for item in one.items.all()]}
                for one in queries.requests(person, case)
            ],
            "messages": [_message(one, paths) for one in queries.messages(person, case)],
            "changes": [_change(one, paths) for one in queries.changes(person, case)],
            "history": [
                {"at": entry.at, "who": entry.who, "sentence": entry.sentence, "note": entry.note}
                for entry in reversed(queries.events(person, case))
            ],
            "corrections": _corrections(case) if decision is not None else [],
            "notice": decision.notice.notice if decision is not None else None,
            "read_by_staff": AccessEntry.objects.filter(case=case).count(),
            "kept_until": retention.last_day(case),
            "kept_by": retention.norm(case),
        }
    )  # fmt: skip


def _party(party: Party) -> dict[str, object]:
    return {
        "role": party.role,
        "name": party.name,
        "birth_date": party.birth_date,
        "address": party.address,
        "email": party.email,
        "phone": party.phone,
        "iban": party.iban,
    }


def _message(message: Message, paths: dict[object, str]) -> dict[str, object]:
    return {
        "direction": message.direction,
        "text": message.text,
        "sent_at": message.sent_at,
        "read_at": message.read_at,
        "files": [paths[file.stored_file_id] for file in message.files.all()],
    }


def _change(change: ChangeReport, paths: dict[object, str]) -> dict[str, object]:
    return {
        "kind": change.kind,
        "since": change.since,
        "text": change.text,
        "reported_at": change.reported_at,
        "answer": change.answer,
        "handled_at": change.handled_at,
        "files": [paths[file.stored_file_id] for file in change.files.all()],
    }


def _corrections(case: Case) -> list[dict[str, object]]:
    """A caseworker's values; they prepare a decision and are told with it (§ 25 Abs. 1 Satz 2 SGB X)."""
    return [
        {"answer": row.answer, "value": row.value, "reason": row.reason, "valid_from": row.valid_from}
        for row in facts.corrections(case)
    ]


ROOM = Cases()
