"""What a member of the household fills in for themselves in another's application, opened here by the own code.

Until the application is sent it is the member's alone: handed out, and deleted whenever they say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as _

from kiepe.base.documents.models import Scan
from kiepe.base.forms import parts
from kiepe.base.forms.models import OwnPart
from kiepe.base.forms.part_answers import own_answers
from kiepe.base.forms.queries import laid_in, own_files, own_lacks, own_parts
from kiepe.base.forms.values import said
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.privacy import Attachment, Holding, Share
from kiepe.base.ui.templatetags.ui import day
from kiepe.cases import member_file, papers, types
from kiepe.cases.models import Case, PartyRole
from kiepe.cases.privacy import reader


class OwnParts:
    """Each part is one holding of the member; what was sent has become a case's (privacy_members)."""

    name = "own_parts"

    def export(self, person: Actor) -> Share:
        data, attached = [], []
        for part in own_parts(person):
            folder = f"eigener-teil/{part.pk}"
            sent = [one for one in own_files(part) if one.stored_file.scan != Scan.FOUND]
            paths = [f"{folder}/{number:03d}-{one.stored_file.name}" for number, one in enumerate(sent, 1)]
            attached += [Attachment(path, reader(one.stored_file)) for path, one in zip(paths, sent, strict=True)]
            attached.append(Attachment(f"{folder}/angaben.pdf", partial(_paper, part)))
            papers_sent = [
                {"key": one.evidence_key, "item": one.item, "file": path} for one, path in zip(sent, paths, strict=True)
            ]
            data.append({**_said(part), "documents": papers_sent})
        return Share(data, tuple(attached))

    def holdings(self, person: Actor) -> Sequence[Holding]:
        waiting = [Holding(str(part.pk), *_told(part), now=True) for part in own_parts(person)]
        return [*waiting, *(found for part in own_parts(person, sent=True) for found in _in_case(person, part))]

    def erase(self, person: Actor, keys: frozenset[str]) -> None:
        """What the member said and sent goes; the way in stays, so that the part can be filled in again."""
        for part in own_parts(person):
            if str(part.pk) in keys:
                parts.forget(person, part.pk, types.form(part.draft.form))


def _said(part: OwnPart) -> dict[str, object]:
    """The part as data; without what only the applicant says of the person."""
    draft = part.draft
    whole = laid_in(draft.answers, {part.item_id: part.answers})
    return {
        "form": draft.form,
        "form_version": draft.form_version,
        "answers": own_answers(types.form(draft.form), whole, part.item_id),
        "typed": part.raw,
        # what a kind question was about may be another person's answer too: only the member's own words
        "asked_back": [{"question": one["name"], "reason": one["reason"]} for one in part.confirmed],
        "invited_at": part.invited_at.isoformat(),
        "opened_at": part.opened_at.isoformat() if part.opened_at is not None else None,
        "done_at": part.done_at.isoformat() if part.done_at is not None else None,
        "shared": part.shared,
        "news_to": part.email,
        "language": part.language,
        "delete_on": draft.delete_on.isoformat(),
        "not_there": [
            {"key": one.evidence_key, "item": one.item, "because": one.why, "why": one.words} for one in own_lacks(part)
        ],
    }


def _told(part: OwnPart) -> tuple[str, str]:
    """What is kept, and until when."""
    title = _("Ihr eigener Teil, noch nicht abgeschickt: %(title)s")
    words = _("Ihre Angaben und hochgeladenen Dateien. Ohne Ihr Zutun löschen wir das am %(day)s.")
    name = said(types.case_type(part.draft.form).title)
    return title % {"title": name}, words % {"day": day(part.draft.delete_on)}


def _in_case(person: Actor, part: OwnPart) -> list[Holding]:
    """That a part was sent, and how to open it; nothing where it is open already or the case is erased."""
    case = Case.objects.filter(draft=part.draft_id, erased_at__isnull=True).first()
    if case is None:
        return []
    party = case.parties.filter(role=PartyRole.MEMBER, item_id=part.item_id, access__revoked_at=None).first()
    if party is None or party.pk in person.parties:
        return []
    title = _("Ihr eigener Teil im Vorgang %(number)s") % {"number": case.number}
    words = _(
        "Der Antrag ist abgeschickt. Öffnen Sie Ihren Teil mit der Nummer und Ihrem eigenen Code. Dann steht hier mehr."
    )
    return [Holding(f"{case.number}-{part.item_id}", title, words, now=False)]


def _paper(part: OwnPart) -> bytes:
    return papers.pdf(member_file.begun(part))


ROOM = OwnParts()
