"""One case as data for its applicant to take home. Keys are documented in docs/reference/my-data.md."""

from __future__ import annotations

from kiepe.base.documents.models import Scan, StoredFile
from kiepe.base.kernel.actor import Actor
from kiepe.cases import canonical, facts, queries, retention
from kiepe.cases.models import (
    AccessEntry,
    Answers,
    Case,
    ChangeReport,
    CorrectedValue,
    Delivery,
    EvidenceItem,
    Message,
    Party,
    PortalConsent,
)

Paths = dict[object, str]


def files(person: Actor, case: Case, folder: str) -> list[tuple[StoredFile, str]]:
    """Every file of the case with its place in the archive: photographs in their order.

    A file in which a virus was found is locked for everybody and left out; its document says so.
    """
    found = [one.stored_file for item in queries.evidence(person, case) for one in item.files.all()]
    found += [one.stored_file for message in queries.messages(person, case) for one in message.files.all()]
    found += [one.stored_file for change in queries.changes(person, case) for one in change.files.all()]
    if case.receipt is not None:
        found.append(case.receipt)
    decision = queries.decision(person, case)
    if decision is not None and decision.notice.pdf is not None:
        found.append(decision.notice.pdf)
        found += [one.sealed for one in queries.deliveries(person, case) if one.sealed is not None]
    usable = [file for file in found if file.scan != Scan.FOUND]
    return [(file, f"{folder}/dateien/{number:03d}-{file.name}") for number, file in enumerate(usable, 1)]


def said(person: Actor, case: Case, paths: Paths) -> object:
    """One case as plain data; `paths` says where in the archive a file lies."""
    decision = queries.decision(person, case)
    return canonical.plain(
        {
            "number": case.number,
            "service": case.service,
            "state": case.state,
            "received_on": case.received_on,
            "channel": case.channel,
            "language": case.language,
            "answers_complete": case.whole,
            "answers_asked_until": case.answers_due_on,
            "decided_at": case.decided_at if decision is not None else None,
            "closed_on": case.closed_on,
            "answers": [_answers(case, row) for row in Answers.objects.filter(case=case).order_by("version")],
            "parties": [_party(party) for party in queries.parties(person, case)],
            "documents": [document(item, paths) for item in queries.evidence(person, case)],
            "requests": [
                {
                    "at": one.created_at,
                    "due_on": one.due_on,
                    "words": one.words,
                    "titles": [item.title for item in one.items.all()],
                }
                for one in queries.requests(person, case)
            ],
            "messages": [told(one, paths) for one in queries.messages(person, case)],
            "changes": [_change(one, paths) for one in queries.changes(person, case)],
            "history": [
                {"at": entry.at, "who": entry.who, "sentence": entry.sentence, "note": entry.note}
                for entry in reversed(queries.events(person, case))
            ],
            "corrections": _corrections(case) if decision is not None else [],
            "notice": decision.notice.notice if decision is not None else None,
            "deliveries": [_delivery(one, paths) for one in queries.deliveries(person, case)],
            "consents": [_consent(one) for one in queries.consents(person, case)],
            "read_by_staff": AccessEntry.objects.filter(case=case).count(),
            "kept_until": retention.last_day(case),
            "kept_by": retention.norm(case),
        }
    )


def _there(held: list[StoredFile], paths: Paths) -> list[str]:
    return [paths[file.pk] for file in held if file.pk in paths]


def _answers(case: Case, row: Answers) -> dict[str, object]:
    said = facts.for_applicant(case, row.json)
    return {"version": row.version, "form": row.form, "form_version": row.form_version, "answers": said}


def _party(party: Party) -> dict[str, object]:
    """What is kept of one who takes part; of a member who spoke for themselves only the name."""
    access = getattr(party, "access", None)
    said = {"role": party.role, "name": party.name} if party.own_part else own_row(party)
    return {**said, "own_access_since": access.granted_at if access is not None else None}


def own_row(party: Party) -> dict[str, object]:
    """Everything that the row of one who takes part says."""
    return {
        "role": party.role,
        "name": party.name,
        "birth_date": party.birth_date,
        "address": party.address,
        "email": party.email,
        "phone": party.phone,
        "iban": party.iban,
        "scope": party.scope,
        "consent": party.consent,
        "represented_by": party.represented_by,
        "legal_form": party.legal_form,
        "register_entry": party.register_entry,
    }


def document(item: EvidenceItem, paths: Paths) -> dict[str, object]:
    """One document with its files."""
    held = [one.stored_file for one in item.files.all()]
    return {
        "title": item.title,
        "norm": item.norm,
        "state": item.state,
        "not_there": item.lack_sentence,
        "why": item.lack_words,
        "files": _there(held, paths),
        "locked": [file.name for file in held if file.scan == Scan.FOUND],
    }


def told(message: Message, paths: Paths) -> dict[str, object]:
    """One message. `with`: the member of the household in whose thread it stands, where it is not the applicant's."""
    return {
        "direction": message.direction,
        "with": "" if not message.of_member or message.party is None else message.party.name,
        "text": message.text,
        "sent_at": message.sent_at,
        "read_at": message.read_at,
        "files": _there([one.stored_file for one in message.files.all()], paths),
    }


def _change(change: ChangeReport, paths: Paths) -> dict[str, object]:
    return {
        "kind": change.kind,
        "since": change.since,
        "text": change.text,
        "reported_at": change.reported_at,
        "answer": change.answer,
        "handled_at": change.handled_at,
        "files": _there([one.stored_file for one in change.files.all()], paths),
    }


def _corrections(case: Case) -> list[dict[str, object]]:
    """A caseworker's values; they prepare a decision and are told with it (§ 25 Abs. 1 Satz 2 SGB X).

    Those beside the answers of members who spoke for themselves are told to them.
    """
    private, given = queries.private_items(case), facts.answers(case)
    return [correction(row) for row in facts.corrections(case) if facts.whose(given, row.answer) not in private]


def correction(row: CorrectedValue) -> dict[str, object]:
    """One value that a caseworker put beside an answer."""
    return {"answer": row.answer, "value": row.value, "reason": row.reason, "valid_from": row.valid_from}


def _delivery(sent: Delivery, paths: Paths) -> dict[str, object]:
    return {
        "way": sent.way,
        "because": sent.because,
        "created_at": sent.created_at,
        "posted_on": sent.posted_on,
        "notified_at": sent.notified_at,
        "reminded_at": sent.reminded_at,
        "retrieved_at": sent.retrieved_at,
        "arrived_on": sent.arrived_on,
        "not_arrived": sent.not_arrived,
        "seal": sent.seal,
        "files": _there([sent.sealed] if sent.sealed is not None else [], paths),
    }


def _consent(given: PortalConsent) -> dict[str, object]:
    return {"version": given.version, "given_at": given.given_at, "revoked_at": given.revoked_at}
