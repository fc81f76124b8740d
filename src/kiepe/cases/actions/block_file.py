"""A virus was found in a file that had been taken unchecked: the file is kept back, and the document is wanted anew."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_noop

from kiepe.base.kernel.actor import SYSTEM
from kiepe.cases import completeness, mail, queries, record
from kiepe.cases.actions.opening import opened
from kiepe.cases.models import ChangeFile, EvidenceFile, EvidenceState, MessageFile
from kiepe.cases.transitions import UNDECIDED, Verb

# Kept in German and said in the reader's language (history.kept_said).
FOUND = gettext_noop("In einer Datei wurde ein Virus gefunden. Sie ist gesperrt. Bitte schicken Sie das Papier neu.")
FOUND_ALONG = gettext_noop("In einer Datei wurde ein Virus gefunden. Sie ist gesperrt. Bitte schicken Sie sie neu.")
OF_MESSAGE = gettext_noop("Datei zu einer Nachricht")
OF_CHANGE = gettext_noop("Datei zu einer mitgeteilten Änderung")


def block_file(file_id: UUID) -> None:
    """Tell the case that holds this file, if one does; while it is undecided, the document is asked for once more."""
    held = EvidenceFile.objects.select_related("item").filter(stored_file=file_id).first()
    if held is None:  # with a message or a report; still in a draft, whose page shows it; or gone
        _block_sent_along(file_id)
        return
    with opened(SYSTEM, held.item.case_id, Verb.FILE_BLOCKED) as case:
        item = completeness.item_of(case, held.item_id)
        undecided = case.state in UNDECIDED
        if undecided:
            completeness.move(item, EvidenceState.RETURNED, reason=FOUND)
            completeness.settle(case)
        content = {
            "evidence": item.pk,
            "title": item.title,
            "file": str(file_id),
            "reason": FOUND if undecided else "",
            "private": queries.is_private(item, queries.private_items(case)),
        }
        event = record.append(case, Verb.FILE_BLOCKED, SYSTEM, content)
        if undecided:
            mail.news(case, event)
            mail.news_of_part(case, event, item.item_id)


def _block_sent_along(file_id: UUID) -> None:
    """A file that came with a message or a reported change: who sent it reads it in the history, and where it stood."""
    message = MessageFile.objects.select_related("message").filter(stored_file=file_id).first()
    report = ChangeFile.objects.select_related("change").filter(stored_file=file_id).first()
    if message is not None:
        case_id, title, whose = message.message.case_id, OF_MESSAGE, message.message.of_member
    elif report is not None:
        case_id, title, whose = report.change.case_id, OF_CHANGE, ""
    else:
        return
    with opened(SYSTEM, case_id, Verb.SENT_FILE_BLOCKED) as case:
        content = {"title": title, "file": str(file_id), "reason": FOUND_ALONG}
        if whose:  # a member's thread: nobody else hears of it
            event = record.append(case, Verb.SENT_FILE_BLOCKED, SYSTEM, content | {"of_member": whose})
            mail.news_of_part(case, event, whose)
            return
        event = record.append(case, Verb.SENT_FILE_BLOCKED, SYSTEM, content)
        mail.news(case, event)
