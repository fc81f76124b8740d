"""Somebody says that something has changed. Nothing is changed by it: a caseworker reads it and deals with it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from kiepe.base.kernel import clock, limits
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import mail, record, words
from kiepe.cases.actions.opening import opened, opened_by_staff, reason_given
from kiepe.cases.actions.send_message import AN_HOUR, MOST, may_write, not_erased
from kiepe.cases.contact import answer_digest, change_digest
from kiepe.cases.models import Case, ChangeFile, ChangeKind, ChangeReport
from kiepe.cases.transitions import UNDECIDED, State, Verb

PURPOSE = "change"


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody reports: one kind, from which day on (None: not known yet), in their own words."""

    kind: str
    since: date | None
    text: str


def report_change(
    actor: Actor,
    case_id: int,
    change: Change,
    uploads: Iterable[UploadedFile[bytes]] = (),
    *,
    once: uuid.UUID | None = None,
) -> ChangeReport:
    """Keep a report of a change of circumstances. Raises Refused (422) with `fields` for what is missing or unusable,
    409 where the application was taken back. `once` as in send_message.
    """
    may_write(actor, case_id)
    said, mark = words.typed(change.text), once or uuid.uuid4()
    before = ChangeReport.objects.filter(once=mark, case=case_id).first()
    if before is not None:
        return before
    _check(change, said)
    limits.hit("case-change", f"{case_id} {actor.is_staff}", limit=MOST, seconds=AN_HOUR)
    with transaction.atomic():
        files = words.take_all(uploads, purpose=PURPOSE, why=_not_sent())
        with opened(actor, case_id, Verb.CHANGE_REPORTED) as case:
            not_erased(case)
            report, made = ChangeReport.objects.get_or_create(
                once=mark,
                defaults={
                    "case": case,
                    "kind": change.kind,
                    "since": change.since,
                    "text": said,
                    "decided": State(case.state) not in UNDECIDED,
                    "reported_at": clock.now(),
                    "reported_by_id": actor.account,
                },
            )
            if not made:  # the same form once more, a moment ago
                words.drop(files)
                return report
            ChangeFile.objects.bulk_create(ChangeFile(change=report, stored_file=file) for file in files)
            case.open_changes += 1
            content = {
                "change": report.pk,
                "kind": report.kind,
                "since": report.since,
                "change_says": change_digest(report),
                "count": len(files),
                "files": {str(file.pk): file.sha256 for file in files},
            }
            record.append(case, Verb.CHANGE_REPORTED, actor, content)
    return report


def handle_change(actor: Actor, case_id: int, change_id: int, answer: str, *, version: int) -> ChangeReport:
    """A caseworker says what comes of a reported change; the applicant reads it and gets a mail."""
    with opened_by_staff(actor, case_id, version, Verb.CHANGE_HANDLED) as case:
        said = reason_given(
            words.typed(answer),
            field="answer",
            why=_("Schreiben Sie der Person, was aus ihrer Mitteilung folgt. Ein Satz genügt."),
        )
        words.not_too_long(said, why=_("Die Antwort wurde noch nicht abgeschickt."))
        report = ChangeReport.objects.filter(case=case, pk=change_id, handled_at__isnull=True).first()
        if report is None:
            raise Refused(_("Diese Mitteilung ist schon bearbeitet."), _("Laden Sie die Seite neu."))
        _settle(actor, case, report, said)
    return report


def _settle(actor: Actor, case: Case, report: ChangeReport, said: str) -> None:
    report.answer, report.handled_at, report.handled_by_id = said, clock.now(), actor.account
    report.save(update_fields=["answer", "handled_at", "handled_by"])
    case.open_changes = ChangeReport.objects.filter(case=case, handled_at__isnull=True).count()
    content = {"change": report.pk, "kind": report.kind, "words": said, "answer_says": answer_digest(report)}
    event = record.append(case, Verb.CHANGE_HANDLED, actor, content)
    mail.news(case, event)


def _not_sent() -> str:
    return _("Ihre Mitteilung wurde noch nicht abgeschickt.")


def _check(change: Change, said: str) -> None:
    """Raises Refused (422) with a sentence for every field that is missing."""
    wrong: dict[str, str] = {}
    if change.kind not in ChangeKind.values:
        wrong["kind"] = _("Wählen Sie aus, was sich geändert hat.")
    if not said:
        wrong["text"] = _("Schreiben Sie kurz, was sich geändert hat.")
    if change.since is not None and not 2000 <= change.since.year <= clock.today().year + 2:
        wrong["since"] = _("Prüfen Sie bitte das Jahr. Wissen Sie den Tag nicht, lassen Sie das Feld leer.")
    if wrong:
        raise Refused(_not_sent(), next(iter(wrong.values())), fields=wrong, status=422)
    words.not_too_long(said, why=_not_sent())
