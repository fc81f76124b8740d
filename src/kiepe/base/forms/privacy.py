"""What was filled in and not sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from kiepe.base.documents import queries as documents
from kiepe.base.documents.models import Scan, StoredFile
from kiepe.base.forms.actions import erase as erase_draft
from kiepe.base.forms.models import Draft
from kiepe.base.forms.queries import files, reaches, visible
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.privacy import ACCOUNT, Attachment, Holding, Share
from kiepe.base.ui.templatetags.ui import day, moment


class Drafts:
    """Each draft is one holding; what was sent has become a case and is not here any more."""

    name = "drafts"

    def export(self, person: Actor) -> Share:
        data, attached = [], []
        for draft in _open(person):
            held = [one for one in files(draft) if reaches(person, draft, one.item)]  # a member's own are the member's
            sent = [one for one in held if one.stored_file.scan != Scan.FOUND]
            names = [one.stored_file.name for one in sent]
            paths = [f"entwuerfe/{draft.pk}/{number:03d}-{name}" for number, name in enumerate(names, 1)]
            attached += [Attachment(path, _reader(one.stored_file)) for path, one in zip(paths, sent, strict=True)]
            data.append(
                {
                    "id": str(draft.pk),
                    "form": draft.form,
                    "form_version": draft.form_version,
                    "answers": draft.answers,
                    "typed": draft.raw,
                    "created_at": draft.created_at.isoformat(),
                    "changed_at": draft.changed_at.isoformat(),
                    "delete_on": draft.delete_on.isoformat(),
                    "filed_at": draft.filed_at.isoformat() if draft.filed_at is not None else None,
                    "documents": [
                        {"key": one.evidence_key, "item": one.item, "file": path}
                        for one, path in zip(sent, paths, strict=True)
                    ],
                    "not_there": [
                        {"key": one.evidence_key, "item": one.item, "because": one.why, "why": one.words}
                        for one in draft.lacks.order_by("pk")
                        if reaches(person, draft, one.item)
                    ],
                }
            )
        return Share(data, tuple(attached))

    def holdings(self, person: Actor) -> Sequence[Holding]:
        return [Holding(str(draft.pk), *_told(draft), now=True) for draft in _open(person)]

    def erase(self, person: Actor, keys: frozenset[str]) -> None:
        """With the account all its drafts go; of one that was sent, whose case stays, only the tie to the account."""
        leaves = ACCOUNT in keys and person.account is not None
        with transaction.atomic():
            for draft in Draft.objects.select_for_update().filter(pk__in=[one.pk for one in _open(person)]):
                if str(draft.pk) in keys or (leaves and draft.account_id == person.account):
                    erase_draft(draft)
            if leaves:
                Draft.objects.filter(account=person.account).update(account=None)


def _open(person: Actor) -> list[Draft]:
    if not person.drafts and person.account is None:
        return []
    return list(visible(person).filter(submitted_at=None).order_by("created_at"))


def _told(draft: Draft) -> tuple[str, str]:
    """What is kept, and until when."""
    goes = _("Ohne Ihr Zutun löschen wir das am %(day)s.") % {"day": day(draft.delete_on)}
    what = _("Angaben und hochgeladene Dateien.")
    if draft.filed_at is None:
        begun = _("Begonnen am %(when)s, nicht abgeschickt") % {"when": moment(draft.created_at)}
        return begun, f"{what} {goes}"
    rest = _("Der Rest zu Ihrem Antrag vom %(when)s, nicht abgeschickt") % {"when": moment(draft.filed_at)}
    stays = _("Der Antrag selbst bleibt, und der Tag zählt weiter.")
    return rest, f"{what} {goes} {stays}"


def _reader(file: StoredFile) -> Callable[[], bytes]:
    return lambda: documents.as_shown(file)


ROOM = Drafts()
