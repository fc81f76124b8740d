"""A message about a case, either way, with files. The applicant hears of one by a mail without content."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.documents.models import StoredFile
from kiepe.base.kernel import clock, limits
from kiepe.base.kernel.actor import Actor, Role
from kiepe.base.kernel.refusal import Refused
from kiepe.cases import mail, record, words
from kiepe.cases.actions.mark_read import read_until
from kiepe.cases.actions.opening import opened
from kiepe.cases.contact import message_digest
from kiepe.cases.models import Case, Direction, Message, MessageFile, Party, PartyRole
from kiepe.cases.queries import visible
from kiepe.cases.transitions import Verb

PURPOSE = "message"
AN_HOUR, MOST = 3600, 20  # messages of one side about one case


def send_message(
    actor: Actor,
    case_id: int,
    text: str,
    uploads: Iterable[UploadedFile[bytes]] = (),
    *,
    once: uuid.UUID | None = None,
    answers: int = 0,
) -> Message:
    """Keep a message of a citizen to the office, or of the office to the applicant.

    `once` is the form's mark: the same form sent twice is one message. `answers`: staff reply to everything up to the
    message with this id, which counts as read then; what came in later stays new. Raises Refused: 422 without text
    and files, for a text that is too long, for a file that cannot be used; 429 after twenty messages in an hour.
    """
    may_write(actor, case_id)
    said, mark = words.typed(text), once or uuid.uuid4()
    before = Message.objects.filter(once=mark, case=case_id).first()
    if before is not None:
        return before
    sent = list(uploads)
    _check(said, sent)
    limits.hit("case-message", f"{case_id} {actor.is_staff}", limit=MOST, seconds=AN_HOUR)
    with transaction.atomic():  # the files' rows go with it; the case is locked only when they are converted
        files = words.take_all(sent, purpose=PURPOSE, why=_not_sent())
        with opened(actor, case_id, Verb.MESSAGE_SENT) as case:
            not_erased(case)
            message, made = _keep(actor, case, said, mark)
            if not made:  # the same form once more, a moment ago
                words.drop(files)
                return message
            return _record(actor, case, message, files, answers)


def _record(actor: Actor, case: Case, message: Message, files: list[StoredFile], answers: int) -> Message:
    MessageFile.objects.bulk_create(MessageFile(message=message, stored_file=file) for file in files)
    if actor.is_staff:
        read_until(case, Direction.IN, answers)
    else:
        case.unread += 1
    content = {
        "message": message.pk,
        "direction": message.direction,
        "message_says": message_digest(message),
        "count": len(files),
        "files": {str(file.pk): file.sha256 for file in files},
    }
    event = record.append(case, Verb.MESSAGE_SENT, actor, content)
    if actor.is_staff:
        mail.news(case, event)
    return message


def may_write(actor: Actor, case_id: int) -> None:
    """Http404 for everybody who may not write in this case, before anything is looked at."""
    if actor.is_staff and not actor.has(Role.CASEWORKER, Role.LEAD):
        raise Http404
    if not visible(actor).filter(pk=case_id).exists():
        raise Http404


def not_erased(case: Case) -> None:
    """Raise Refused for a case whose contents are gone: nothing is added to it any more."""
    if case.erased_at is not None:
        raise Refused(_("Die Inhalte dieses Vorgangs sind gelöscht."), _("Hier kommt nichts mehr dazu."))


def _not_sent() -> str:
    return _("Ihre Nachricht wurde noch nicht abgeschickt.")


def _check(said: str, sent: list[UploadedFile[bytes]]) -> None:
    if not said and not sent:
        sentence = _("Schreiben Sie Ihre Nachricht oder wählen Sie eine Datei aus.")
        raise Refused(_not_sent(), sentence, fields={"text": sentence}, status=422)
    words.not_too_long(said, why=_not_sent())


def _keep(actor: Actor, case: Case, said: str, once: uuid.UUID) -> tuple[Message, bool]:
    party = Party.objects.filter(case=case, role=PartyRole.APPLICANT).first()
    own = actor.label or (party.name if party is not None and not actor.is_staff else "")
    return Message.objects.get_or_create(
        once=once,
        defaults={
            "case": case,
            "direction": Direction.OUT if actor.is_staff else Direction.IN,
            "author_id": actor.account,
            "author_name": own[:300],
            "party": party,
            "text": said,
            "sent_at": clock.now(),
        },
    )
