"""Every write to a draft: under the draft's row lock, page by page, so that two tabs do not undo each other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Max, Q, Sum
from django.http import Http404
from django.utils.translation import gettext as _

from kiepe.base.documents import actions as documents
from kiepe.base.forms import windows
from kiepe.base.forms.doubts import CONFIRMED
from kiepe.base.forms.flow import Flow, PageAt, Parsed
from kiepe.base.forms.models import Draft, DraftFile, DraftLack, LackReason, OwnPart, deletion_day
from kiepe.base.forms.queries import draft_for, reaches
from kiepe.base.kernel import clock
from kiepe.base.kernel.actor import Actor
from kiepe.base.kernel.refusal import Refused

MAX_OF_DOCUMENT = 30  # files
MAX_FILES = 300  # of one draft
MAX_WORDS = 1000  # characters of a reason
MAX_BYTES = 500_000_000  # of one draft, as stored


def begin(actor: Actor, flow: Flow) -> Draft:
    """A new empty draft, its id for the browser's session. Refused for staff, whose account is the office's."""
    if actor.is_staff:
        raise Refused(
            _("Sie sind gerade als Mitarbeiterin oder Mitarbeiter angemeldet"),
            _("Melden Sie sich am Arbeitsplatz ab. Dann können Sie für sich selbst einen Antrag stellen."),
        )
    answers: dict[str, object] = {}
    flow.ensure_first(answers)
    return Draft.objects.create(
        form=flow.form.form, form_version=flow.form.version, answers=answers, account_id=actor.account
    )


@contextmanager
def _locked(actor: Actor, draft_id: UUID) -> Iterator[Draft]:
    """The actor's draft under its row lock; what was changed on it is stored at the end. Refused once it was sent."""
    with transaction.atomic():
        draft_for(actor, draft_id)
        draft = Draft.objects.select_for_update(no_key=True).filter(pk=draft_id).first()
        if draft is None:
            raise Http404
        if draft.submitted_at is not None:
            raise Refused(
                _("Dieser Antrag ist schon abgeschickt"),
                _("Hier kann nichts mehr geändert werden. Rufen Sie uns an, wenn eine Angabe nicht stimmt."),
            )
        yield draft
        draft.changed_at = clock.now()
        draft.delete_on = deletion_day(filed=draft.filed_at is not None)
        draft.save()


def save(actor: Actor, draft_id: UUID, flow: Flow, at: PageAt, parsed: Parsed, *, window: str = "") -> Draft:
    """Store one page. What could be read is stored; with errors everything typed is kept too, and the page is open.

    `window` is the mark of the page that was sent (windows.py). Where another window stored something else meanwhile,
    that stays, what was typed is kept beside it, and the page is open: its owner is shown both.
    """
    good = {key: value for key, value in parsed.values.items() if key not in parsed.errors}
    with _locked(actor, draft_id) as draft:
        if windows.clash(window, draft.windows.get(at.address, ""), flow.walk(draft.answers), at, good):
            _mark(draft, at.address, done=False, raw=parsed.raw)
            return draft
        draft.windows = {**draft.windows, at.address: windows.rendering(window)}
        try:
            draft.answers = flow.store(at, draft.answers, good)
        except KeyError:  # another tab removed the item
            raise Http404 from None
        _mark(draft, at.address, done=parsed.good, raw=None if parsed.good else parsed.raw)
    return draft


def confirm(actor: Actor, draft_id: UUID, said: Callable[[Draft], list[dict[str, Any]]]) -> Draft:
    """Keep what was said to kind questions; `said` makes it from the locked draft."""
    with _locked(actor, draft_id) as draft:
        draft.answers = {**draft.answers, CONFIRMED: said(draft)}
    return draft


def _mark(draft: Draft, address: str, *, done: bool, raw: dict[str, list[str]] | None = None) -> None:
    draft.raw = {key: value for key, value in draft.raw.items() if key != address}
    draft.done = [one for one in draft.done if one != address]
    if raw is not None:
        draft.raw[address] = raw
    if done:
        draft.done.append(address)


def note(actor: Actor, draft_id: UUID, address: str, raw: dict[str, list[str]]) -> Draft:
    """Keep texts of a page that is no page of questions, such as why files were refused; empty ones go."""
    with _locked(actor, draft_id) as draft:
        draft.raw = {key: value for key, value in draft.raw.items() if key != address}
        if raw:
            draft.raw[address] = raw
    return draft


def pass_list(actor: Actor, draft_id: UUID, at: PageAt) -> Draft:
    """'Weiter' on a list page: it is done."""
    with _locked(actor, draft_id) as draft:
        _mark(draft, at.address, done=True)
    return draft


def add_item(actor: Actor, draft_id: UUID, flow: Flow, at: PageAt) -> tuple[Draft, str]:
    """One more item in a list; its id. A double click adds one."""
    with _locked(actor, draft_id) as draft:
        count = len(flow.walk(draft.answers).items(at))
        try:
            draft.answers, item_id = flow.new_item(at, draft.answers)
        except KeyError:
            raise Http404 from None
        if len(flow.walk(draft.answers).items(at)) > max(at.page.max, count):
            raise Refused(
                _("Mehr als %(max)d Einträge passen nicht in dieses Formular") % {"max": at.page.max},
                _("Rufen Sie uns bitte an. Wir nehmen die weiteren Angaben auf."),
                status=422,
            )
    return draft, item_id


def remove_item(actor: Actor, draft_id: UUID, flow: Flow, at: PageAt, item_id: str) -> Draft:
    """Take an item out of a list with everything that was said of it. Removing it twice is harmless."""
    with _locked(actor, draft_id) as draft:
        try:
            draft.answers = flow.remove_item(at, draft.answers, item_id)
        except KeyError:
            return draft
        if not at.page.each:  # an invitation is to this person; the id may be another's later
            _forget_part(draft, item_id)
        gone = [f"{page.key}/{'/'.join((*at.item_ids, item_id))}" for page in flow.own_pages(at.page)]
        own = tuple(f"{prefix}/" for prefix in gone)
        draft.done = [one for one in draft.done if one not in gone and not one.startswith(own)]
        draft.raw = {key: raw for key, raw in draft.raw.items() if key not in gone and not key.startswith(own)}
        draft.windows = {key: one for key, one in draft.windows.items() if key not in gone and not key.startswith(own)}
    return draft


def _forget_part(draft: Draft, item_id: str) -> None:
    """The person is out of the household: the own part goes, and what the member sent for it."""
    part = OwnPart.objects.filter(draft=draft, item_id=item_id).first()
    if part is not None:
        drop_papers(draft, item_id)
        part.delete()


def drop_papers(draft: Draft, item_id: str) -> None:
    """Remove what lies in a locked draft for one person: files, and why others are not there."""
    of_person = Q(item=item_id) | Q(item__startswith=f"{item_id}.")
    for one in draft.files.filter(of_person).select_related("stored_file"):
        one.delete()
        documents.remove(one.stored_file)
    draft.lacks.filter(of_person).delete()


def attach(actor: Actor, draft_id: UUID, evidence_key: str, item: str, upload: UploadedFile[bytes]) -> DraftFile:
    """Take in one file for one document, as its last; raises Refused with a sentence where it cannot be used."""
    draft = draft_for(actor, draft_id)
    if not reaches(actor, draft, item):
        raise Http404
    documents.fits(upload)
    of_document = {"evidence_key": evidence_key, "item": item}
    same = draft.files.filter(**of_document, sent_sha256=(digest := sent_digest(upload))).first()
    if same is not None:  # a double click, or chosen once more
        return same
    _room(draft, of_document)
    stored = documents.take(upload, purpose="draft")
    try:
        with _locked(actor, draft_id) as locked:
            _room(locked, of_document)
            last = locked.files.filter(**of_document).aggregate(last=Max("position"))["last"]
            kept, made = DraftFile.objects.get_or_create(
                draft=locked,
                **of_document,
                sent_sha256=digest,
                defaults={"stored_file": stored, "position": 0 if last is None else last + 1},
            )
            locked.lacks.filter(**of_document).delete()  # there it is
    except Exception:  # discarded or sent meanwhile, or full: what was stored for it goes too
        documents.remove(stored)
        raise
    if not made:
        documents.remove(stored)
    return kept


def _room(draft: Draft, of_document: dict[str, str]) -> None:
    """Refused (422) where a document or the whole draft is full."""
    whole = draft.files.aggregate(count=Count("pk"), size=Sum("stored_file__size"))
    if draft.files.filter(**of_document).count() >= MAX_OF_DOCUMENT:
        raise Refused(
            _("Zu diesem Dokument sind schon %(max)d Dateien da. Mehr nehmen wir nicht an.") % {"max": MAX_OF_DOCUMENT},
            _("Löschen Sie eine davon, oder machen Sie aus mehreren Seiten eine PDF-Datei."),
            status=422,
        )
    if whole["count"] >= MAX_FILES or (whole["size"] or 0) > MAX_BYTES:
        raise Refused(
            _("In diesem Antrag sind schon sehr viele Dateien. Mehr nehmen wir auf einmal nicht an."),
            _("Sie können den Rest nach dem Absenden nachreichen."),
            status=422,
        )


def sent_digest(upload: UploadedFile[bytes]) -> str:
    """SHA-256 of the bytes as they were sent, to know the same file again."""
    found = hashlib.sha256()
    for chunk in upload.chunks():
        found.update(chunk)
    upload.seek(0)
    return found.hexdigest()


def detach(actor: Actor, draft_id: UUID, file_id: UUID) -> None:
    """Remove one file of a draft. Removing it twice is harmless."""
    with _locked(actor, draft_id) as draft:
        found = draft.files.select_related("stored_file").filter(stored_file=file_id).first()
        if found is not None and reaches(actor, draft, found.item):
            found.delete()
            documents.remove(found.stored_file)


def move(actor: Actor, draft_id: UUID, file_id: UUID, step: int) -> None:
    """Put a file one place earlier (-1) or later (1) among the files of its document; at the edge nothing happens."""
    with _locked(actor, draft_id) as draft:
        moved = draft.files.filter(stored_file=file_id).first()
        if moved is None or not reaches(actor, draft, moved.item):
            return
        row = list(draft.files.filter(evidence_key=moved.evidence_key, item=moved.item).order_by("position", "pk"))
        at = [one.pk for one in row].index(moved.pk)
        if 0 <= at + step < len(row):
            row.insert(at + step, row.pop(at))
        for position, one in enumerate(row):
            one.position = position
        DraftFile.objects.bulk_update(row, ["position"])


def turn(actor: Actor, draft_id: UUID, file_id: UUID, degrees: int) -> None:
    """Turn a file's pages by quarters, clockwise where positive."""
    with _locked(actor, draft_id) as draft:
        found = draft.files.select_related("stored_file").filter(stored_file=file_id).first()
        if found is not None and reaches(actor, draft, found.item):
            documents.turn(found.stored_file, degrees)


def lack(actor: Actor, draft_id: UUID, evidence_key: str, item: str, why: str, words: str) -> DraftLack:
    """'Ich habe das nicht, weil …': kept as far as it was said."""
    with _locked(actor, draft_id) as draft:
        if not reaches(actor, draft, item):
            raise Http404
        said = {"why": why if why in LackReason.values else "", "words": words.strip()[:MAX_WORDS]}
        kept, _made = DraftLack.objects.update_or_create(
            draft=draft, evidence_key=evidence_key, item=item, defaults=said
        )
    return kept


def unlack(actor: Actor, draft_id: UUID, evidence_key: str, item: str) -> None:
    """'Später schicken' after all."""
    with _locked(actor, draft_id) as draft:
        if reaches(actor, draft, item):
            draft.lacks.filter(evidence_key=evidence_key, item=item).delete()


def prolong(draft: Draft) -> None:
    """Somebody came back to it: its day moves on as after a change. One that was sent stays as it is."""
    if draft.submitted_at is None:
        draft.delete_on = deletion_day(filed=draft.filed_at is not None)
        draft.save(update_fields=["delete_on"])


def file(draft: Draft) -> None:
    """Note on a locked draft that the application is in, and what follows is the rest of it."""
    draft.filed_at = clock.now()
    draft.delete_on = deletion_day(filed=True)
    draft.save(update_fields=["account", "filed_at", "delete_on"])


def attach_to_account(account: int, drafts: Collection[str]) -> int:
    """Give the drafts of a browser session that belong to no account to this one; returns how many.

    One that another account owns stays with it.
    """
    own = Draft.objects.filter(pk__in=drafts, account=None, delete_on__gt=clock.today())
    return own.update(account_id=account)


def discard(actor: Actor, draft_id: UUID) -> None:
    """Delete a draft with its files. Of one that was sent only the draft goes: its case stays."""
    with transaction.atomic():
        draft_for(actor, draft_id)
        draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
        if draft is not None:
            erase(draft)


def erase(draft: Draft) -> None:
    """Remove a locked draft and the files that nobody else holds. A sent draft's files belong to the case."""
    files = [one.stored_file for one in draft.files.select_related("stored_file")]
    draft.files.all().delete()
    if draft.submitted_at is None:
        for file in files:
            documents.remove(file)
    draft.delete()
