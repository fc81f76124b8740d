"""A message about a case, either way, with files. Who it is for hears of one by a mail without content.

Two threads never meet: the applicant's, and that of a member of the household who spoke for themselves (§ 67a Abs. 2
Satz 1, § 35 SGB I). What staff write goes to the one whose thread they were shown.
"""

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
from kiepe.cases.members import as_member, reachable
from kiepe.cases.models import Case, Direction, Message, MessageFile, Party, PartyRole
from kiepe.cases.queries import acting_party, visible
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
    member: Party | None = None,
) -> Message:
    """Keep a message of a citizen to the office, or of the office to the applicant; with `member`, of or to them.

    `once` is the form's mark: the same form sent twice is one message. `answers`: staff reply to everything up to the
    message with this id, which counts as read then; what came in later stays new. Raises Refused: 422 without text
    and files, for a text that is too long, for a file that cannot be used; 429 after twenty messages in an hour.
    Http404 for a member without an own way in, who would never read it.
    """
    may_write(actor, case_id, member)
    said, mark, whose = words.typed(text), once or uuid.uuid4(), member.item_id if member is not None else ""
    before = Message.objects.filter(once=mark, case=case_id, of_member=whose).first()
    if before is not None:
        return before
    sent = list(uploads)
    _check(said, sent)
    limits.hit("case-message", f"{case_id} {actor.is_staff} {whose}".strip(), limit=MOST, seconds=AN_HOUR)
    with transaction.atomic():  # the files' rows go with it; the case is locked only when they are converted
        files = words.take_all(sent, purpose=PURPOSE, why=_not_sent())
        with opened(actor, case_id, Verb.MESSAGE_SENT, member=None if actor.is_staff else member) as case:
            not_erased(case)
            message, made = _keep(actor, case, said, mark, member)
            if not made:  # the same form once more, a moment ago
                words.drop(files)
                return message
            return _record(actor, case, message, files, answers, member)


def _record(
    actor: Actor, case: Case, message: Message, files: list[StoredFile], answers: int, member: Party | None
) -> Message:
    MessageFile.objects.bulk_create(MessageFile(message=message, stored_file=file) for file in files)
    if actor.is_staff:
        read_until(case, Direction.IN, answers, message.of_member)
    else:
        case.unread += 1
    content: dict[str, object] = {
        "message": message.pk,
        "direction": message.direction,
        "message_says": message_digest(message),
        "count": len(files),
        "files": {str(file.pk): file.sha256 for file in files},
    }
    if member is not None:
        content |= {"of_member": member.item_id, **({"to": member.name} if actor.is_staff else {})}
    event = record.append(case, Verb.MESSAGE_SENT, actor, content, member=member)
    if actor.is_staff and member is not None:
        mail.news_of_part(case, event, member.item_id)
    elif actor.is_staff:
        mail.news(case, event)
    return message


def may_write(actor: Actor, case_id: int, member: Party | None = None) -> None:
    """Http404 for everybody who may not write in this case (as this member, or to them), before anything is done."""
    if actor.is_staff and not actor.has(Role.CASEWORKER, Role.LEAD):
        raise Http404
    mine = visible(actor) if member is None or actor.is_staff else as_member(actor, member)
    if not mine.filter(pk=case_id).exists():
        raise Http404
    if member is not None and (member.case_id != case_id or not reachable(member)):
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


def _keep(actor: Actor, case: Case, said: str, once: uuid.UUID, member: Party | None) -> tuple[Message, bool]:
    party = member or acting_party(actor, case)
    named = party.name if party is not None and not actor.is_staff else ""
    applies = party is not None and party.role == PartyRole.APPLICANT
    own = (actor.label or named) if actor.is_staff or applies else named
    by_code = member is not None and not actor.is_staff  # whoever is signed in here: a member comes by the own code
    return Message.objects.get_or_create(
        once=once,
        defaults={
            "case": case,
            "direction": Direction.OUT if actor.is_staff else Direction.IN,
            "author_id": None if by_code else actor.account,
            "author_name": own[:300],
            "party": party,
            "of_member": member.item_id if member is not None else "",
            "text": said,
            "sent_at": clock.now(),
        },
    )
